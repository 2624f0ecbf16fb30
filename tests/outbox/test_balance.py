"""`inzage balance actiris` between processes: one lost and one doubled on purpose are found, and nothing else (S13)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.outbox.processes import delivered, queued, worker
from tests.shell import Shell, until
from tests.simulated import Simulated

MESSAGES = 12
TASKS = "SELECT count(*) FROM tasks_task WHERE kind = 'balance'"


@pytest.fixture
def heard(shell: Shell) -> Shell:
    """Actiris has heard twelve messages today."""
    queued(shell, MESSAGES, 4)
    with worker(shell) as busy:
        until(lambda: delivered(shell) == MESSAGES)
        busy.terminate()
        busy.communicate()
    return shell


def test_one_lost_and_one_doubled_are_found_once_and_nothing_else(heard: Shell, actiris: Simulated) -> None:
    today = timezone.localdate()
    asked = ("balance", "actiris", "--day", str(today))
    assert heard.run(*asked) == (
        0,
        f"actiris, {today}: sent 12, received 12, applied 12, on their way 0; 0 differ, 0 new tasks.\n",
        "",
    )
    lost, doubled = (row["id"] for row in actiris.listed("/messages", day=str(today))[3:5])
    actiris.control("messages", {"lose": [lost], "apply_again": [doubled]})
    code, out, _err = heard.run(*asked)
    assert (code, sorted(out.splitlines()[1:])) == (
        1,
        sorted(
            [
                f"  {lost}: sent, and the receiver does not hold it: have it sent again.",
                f"  {doubled}: applied more than once by the other side: have it looked at there.",
            ]
        ),
    )
    code, out, _err = heard.run(*asked, "--json")
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
    assert heard.asked(TASKS) == 2
    for other in (today - timedelta(days=1), None):
        day = ("--day", str(other)) if other else ()
        code, out, _err = heard.run("balance", "actiris", *day)
        assert (code, out.count("sent 0, received 0, applied 0")) == (0, 1)


def test_the_other_side_away_is_said_and_nothing_is_asked(shell: Shell, actiris: Simulated) -> None:
    actiris.stop()
    code, out, err = shell.run("balance", "actiris")
    assert (code, out) == (3, "")
    assert "the other side gave no list that can be used: ConnectError" in err
    assert "Run the command again later" in err
    assert shell.asked(TASKS) == 0
