"""Events of one client carried out by two processes at the same moment: none misses the other, whoever is first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell import Shell, own_database
from tests.view_rights.processes import at_once, script, small_register

CLIENTS = 12
PREPARE = """
import json
from django.utils import timezone
from inzage.adapters.vdab.wire import told_in
from inzage.adapters.vdab.wording import message_of
from inzage.inbox.keeping import keep
from inzage.view_rights.vdab_events import apply_next
from tests.vdab.saying import activity, assigned
def said(what, number):
    whose = {"client_number": f"K{number}"}
    if what == "assignment":
        event = assigned("2025-01-10", assignment_id=f"A{number}", **whose)
    else:
        event = activity(1, started_on="2025-01-15", activity_id=f"L{number}", **whose)
    return event | {"id": f"{what} {number}", "source": "s"}
"""
KEEP = """
for number in range(10, 10 + int(sys.argv[1])):
    for what in ("assignment", "activity"):
        keep("vdab", [message_of(json.dumps(said(what, number)))], at=timezone.now())
"""
ACT = f"""
for number in range(10, 10 + {CLIENTS}):
    apply_next(told_in, at=timezone.now(), message_id=f"s {{sys.argv[1]}} {{number}}")
"""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A database of our own, with two units and a service."""
    for shell in own_database(tmp_path):
        shell.environment["INZAGE_LOCK_SECONDS"] = "20"
        small_register(shell, tmp_path / "register")
        yield shell


def test_an_activity_and_the_assignment_it_needs_at_once_both_come_in(shell: Shell) -> None:
    process = script(shell, PREPARE + KEEP, str(CLIENTS))
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    at_once(shell, PREPARE, ACT, "activity", "assignment")
    applied = "SELECT count(*) FROM inbox_received WHERE state = 'applied'"
    assert shell.asked(applied) == 2 * CLIENTS
    assert shell.asked("SELECT count(*) FROM dossiers_activity") == CLIENTS
    assert shell.run("prove", "--processes", "1")[0] == 0
