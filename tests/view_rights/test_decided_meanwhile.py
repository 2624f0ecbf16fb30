"""A decision on rule books waits for the use cases that have judged already, so that it is carried out for them too."""

import subprocess
from pathlib import Path

from django.db import connection

from tests.shell import Shell, until
from tests.view_rights.processes import WAIT, script, small_register

CLOSES_AND_WAITS = """
from django.db import transaction
from inzage.dossiers.models import Activity
from inzage.view_rights.registering import Actor, close
with transaction.atomic():
    close(Activity.objects.get(source_id="X1").pk, on=date(2025, 3, 1), actor=Actor(origin))
""" + "".join(f"    {line}\n" for line in WAIT.strip().splitlines())
DECIDES = """
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, propose_publication
from inzage.view_rights.carrying_out import carry_out_decisions
from tests.oversight.drafts import draft_text
other = origin._replace(by="person:2")
draft = keep_draft(draft_text("2025-03-10", executor="months = 2"), "korter.toml", origin=origin)
approve(propose_publication(draft, {}, origin=origin), origin=other)
approve(propose_migration(draft, date(2025, 3, 10), {"judged": 1}, origin=origin), origin=other)
print(carry_out_decisions(clock=lambda: origin.at))
"""
PROVES = """
from inzage.oversight.proving import prove
print(prove(today=date(2025, 3, 2), processes=1).differences)
"""
LOCK_WAITED_FOR = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
LAST_DAY = "SELECT CAST(last_day AS text) FROM view_rights_viewright"


def said(process: "subprocess.Popen[str]", given: str = "") -> str:
    out, err = process.communicate(given, timeout=60)
    assert process.returncode == 0, err
    return out.strip()


def test_what_was_judged_before_a_decision_and_stored_after_it_is_judged_again(
    shell: Shell, tmp_path: Path
) -> None:
    shell.environment["INZAGE_LOCK_SECONDS"] = "20"
    small_register(
        shell,
        tmp_path / "files",
        consents="C1,K1,OE1,training,form,2025-01-10,,,\n",
        activities="X1,K1,OE1,training,Lassen,,,,2025-01-15,,\n",
    )
    closing = script(shell, CLOSES_AND_WAITS)
    assert closing.stdout is not None
    assert closing.stdout.readline() == "ready\n"
    deciding = script(shell, DECIDES)
    if connection.vendor == "postgresql":
        until(lambda: shell.asked(LOCK_WAITED_FOR) > 0)
    said(closing, "go\n")
    assert said(deciding) == "1"
    assert shell.asked(LAST_DAY) == "2025-05-01"
    assert said(script(shell, PROVES)) == "[]"
