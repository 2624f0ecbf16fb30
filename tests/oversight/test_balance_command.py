"""`inzage balance` between real processes: one lost and one doubled on purpose are found, nothing else (S13)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from inzage.adapters.ibis import wire, wording
from inzage.inbox.keeping import keep, position_of
from inzage.inbox.models import Received
from inzage.project.command import Wrong
from inzage.rules.days import day_of
from inzage.tasks.models import Task
from inzage.view_rights.receiving import apply_waiting
from inzage.view_rights.training_requests import SOURCE, applying
from tests.ibis import a_request
from tests.outbox.processes import delivered, queued, worker
from tests.shell import Shell, own_database
from tests.simulated import SECRET, Simulated, simulated
from tests.vdab.running import until
from tests.world import World

MESSAGES = 12
TASKS = "SELECT count(*) FROM tasks_task WHERE kind = 'balance'"


@pytest.fixture
def actiris(tmp_path: Path) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path) as side:
        yield side


@pytest.fixture
def shell(tmp_path: Path, actiris: Simulated) -> Iterator[Shell]:
    """A database of our own, from which Actiris has heard twelve messages today."""
    for shell in own_database(tmp_path):
        shell.environment |= {"INZAGE_ACTIRIS_URL": actiris.url, "INZAGE_ACTIRIS_SECRET": SECRET}
        queued(shell, MESSAGES, 4)
        with worker(shell) as busy:
            until(lambda: delivered(shell) == MESSAGES)  # noqa: B023 (it is called at once)
            busy.terminate()
            busy.communicate()
        yield shell


def test_one_lost_and_one_doubled_are_found_once_and_nothing_else(shell: Shell, actiris: Simulated) -> None:
    today = timezone.localdate()
    asked = ("balance", "actiris", "--day", str(today))
    assert shell.run(*asked) == (
        0,
        f"actiris, {today}: sent 12, received 12, applied 12, on their way 0; 0 differ, 0 new tasks.\n",
        "",
    )
    lost, doubled = (row["id"] for row in actiris.listed("/messages", day=str(today))[3:5])
    actiris.control("messages", {"lose": [lost], "apply_again": [doubled]})
    code, out, _err = shell.run(*asked)
    assert (code, sorted(out.splitlines()[1:])) == (
        1,
        sorted(
            [
                f"  {lost}: sent, and the receiver does not hold it: have it sent again.",
                f"  {doubled}: applied more than once by the other side: have it looked at there.",
            ]
        ),
    )
    code, out, _err = shell.run(*asked, "--json")
    assert (code, json.loads(out)) == (
        1,
        {
            "institution": "actiris",
            "day": str(today),
            "sent": 12,
            "received": 11,
            "applied": 11,
            "under_way": 0,
            "faults": {lost: "lost", doubled: "doubled"},
            "new_tasks": 0,
        },
    )
    assert shell.asked(TASKS) == 2
    for other in (today - timedelta(days=1), None):
        day = ("--day", str(other)) if other else ()
        code, out, _err = shell.run("balance", "actiris", *day)
        assert (code, out.count("sent 0, received 0, applied 0")) == (0, 1)


def test_the_other_side_away_is_said_and_nothing_is_asked(shell: Shell, actiris: Simulated) -> None:
    actiris.stop()
    code, out, err = shell.run("balance", "actiris")
    assert (code, out) == (3, "")
    assert "the other side gave no list that can be used: ConnectError" in err
    assert "Run the command again later" in err
    assert shell.asked(TASKS) == 0


def drawn_up(name: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the balance."""
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("balance", name, "--json", *arguments, stdout=out)
    return int(left.value.code or 0), json.loads(out.getvalue())


@pytest.fixture
def ibis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulated]:
    """An IBIS of our own, whose address we have."""
    with simulated("ibis", tmp_path) as side:
        monkeypatch.setenv("INZAGE_IBIS_URL", side.url)
        monkeypatch.setenv("INZAGE_IBIS_SECRET", SECRET)
        yield side


def registered(ibis: Simulated, *lines: str) -> None:
    """These are there too."""
    ibis.post("/control/training-requests", "\n".join(lines))


def test_of_ibis_what_is_lost_or_in_quarantine_is_found_and_what_waits_is_not(
    world: World, ibis: Simulated
) -> None:
    registered(
        ibis,
        *(json.dumps(a_request(each)) for each in ("R1", "R2")),
        json.dumps(a_request("R3", remark="A1")),
    )
    registered(ibis, json.dumps(a_request("R1", revision=2, status="corrected")), "{half of it")
    wire.Pulling(wire.line(), timezone.now).act()
    apply_waiting(SOURCE, applying(wording.read), clock=timezone.now)
    _read_and_forgotten(ibis)
    registered(ibis, json.dumps(a_request("R5")))
    unreadable = Received.objects.get(message_id__startswith="?")

    today = day_of(timezone.now())
    code, balance = drawn_up("ibis", "--day", str(today))

    assert code == 1
    assert balance["faults"] == {
        f"{unreadable.message_id}:1": "quarantined",
        "R3:1": "quarantined",
        "R4:1": "lost",
    }
    assert [balance[each] for each in ("sent", "received", "applied", "under_way")] == [7, 5, 3, 1]
    assert "staat in quarantaine" in Task.objects.get(subject="ibis:R3:1:quarantined").detail
    assert drawn_up("ibis", "--day", str(today))[1]["new_tasks"] == 0
    assert drawn_up("ibis")[0] == 0


def _read_and_forgotten(ibis: Simulated) -> None:
    """IBIS served R4, and it never reached our inbox."""
    registered(ibis, json.dumps(a_request("R4")))
    line = wire.line()
    assert line is not None
    page = wire.page_after(line, position_of(SOURCE), most=10, at=timezone.now())
    keep(SOURCE, [], at=timezone.now(), position=page.cursor)


def test_what_can_not_be_drawn_up_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="INZAGE_VDAB_URL is not set"):
        call_command("balance", "vdab")
    tomorrow = day_of(timezone.now()) + timedelta(days=1)
    with pytest.raises(Wrong, match="still to come"):
        call_command("balance", "vdab", "--day", str(tomorrow))
