"""A decision on rule books waits for the use cases that have judged already, so that it is carried out for them too."""

from datetime import timedelta
from pathlib import Path

from django.db import connection

from tests.shell import Shell
from tests.view_rights.conftest import TODAY
from tests.view_rights.processes import (
    IN_TRANSACTION,
    go,
    ready,
    said,
    script,
    small_register,
    until_one_waits,
)

CLOSES_AND_WAITS = (
    """
from django.db import transaction
from inzage.dossiers.models import Activity
from inzage.view_rights.registering import Actor, close
with transaction.atomic():
    close(Activity.objects.get(source_id="X1").pk, on=date(2025, 3, 1), actor=Actor(origin))
"""
    + IN_TRANSACTION
)
KEEPS_AND_WAITS = (
    """
from django.db import transaction
from inzage.rule_books.in_force import as_decided
with transaction.atomic():
    as_decided()
"""
    + IN_TRANSACTION
)
LOCKS = """
from django.db import transaction
from inzage.dossiers.models import Dossier
from inzage.view_rights.catching_up import lock
with transaction.atomic():
    lock([Dossier.objects.get().pk])
print("locked")
"""
LOOK = """
from django.conf import settings
from django.db import transaction
from inzage.view_rights.unusual_days import look_ahead
settings.EVENING_LIMITS = {"times": 3, "least": 0, "nights": 20, "floor": 0, "percent": 1}
def look():
    return len(look_ahead(clock=lambda: datetime.now(timezone.utc)))
"""
LOOKS_AHEAD_AND_WAITS = LOOK + "with transaction.atomic():\n    look()\n" + IN_TRANSACTION
LOOKS_AHEAD = LOOK + "print(look())"
DECIDES = """
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, propose_publication
from inzage.view_rights.carrying_out import carry_out_decisions
from tests.oversight.drafts import draft_text
from tests.rules.drafts import without_a_gap
other = origin._replace(by="person:2")
draft = keep_draft(without_a_gap(draft_text("2025-03-10", executor="months = 2")), "korter.toml", origin=origin)
approve(propose_publication(draft, {}, origin=origin), origin=other)
approve(propose_migration(draft, date(2025, 3, 10), {"judged": 1}, origin=origin), origin=other)
print(carry_out_decisions(clock=lambda: origin.at))
"""
PROVES = """
from inzage.oversight.proving import prove
print(prove(today=date(2025, 3, 2), processes=1).differences)
"""
LAST_DAY = "SELECT CAST(last_day AS text) FROM view_rights_viewright"


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
    closing = ready(shell, CLOSES_AND_WAITS)
    deciding = script(shell, DECIDES)
    until_one_waits(shell)
    go(closing)
    said(closing)
    assert said(deciding) == "1"
    assert shell.asked(LAST_DAY) == "2025-05-01"
    assert said(script(shell, PROVES)) == "[]"


def test_a_decision_that_waits_keeps_nobody_waiting(shell: Shell, tmp_path: Path) -> None:
    """Whoever comes after it has no business with the one that it waits for."""
    shell.environment["INZAGE_LOCK_SECONDS"] = "60"
    small_register(
        shell,
        tmp_path / "files",
        consents="C1,K1,OE1,training,form,2025-01-10,,,\n",
    )
    keeping = ready(shell, KEEPS_AND_WAITS)
    deciding = script(shell, DECIDES)
    until_one_waits(shell)
    if connection.vendor == "postgresql":
        shell.environment["INZAGE_LOCK_SECONDS"] = "3"
        assert said(script(shell, LOCKS)) == "locked"
    go(keeping)
    said(keeping)
    said(deciding)


def test_two_that_look_ahead_at_once_take_turns(shell: Shell, tmp_path: Path) -> None:
    shell.environment["INZAGE_LOCK_SECONDS"] = "20"
    ends_soon = TODAY - timedelta(days=170)
    small_register(shell, tmp_path / "files", consents=f"C1,K1,OE1,training,form,{ends_soon},,,\n")
    first = ready(shell, LOOKS_AHEAD_AND_WAITS)
    second = script(shell, LOOKS_AHEAD)
    until_one_waits(shell)
    go(first)
    said(first)
    assert said(second) == "1"
