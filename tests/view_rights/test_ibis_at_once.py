"""Several workers, and people at the desk, at one record or one unknown youngster at once: each thing happens once."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.ibis import a_request, a_youngster
from tests.register_files.conftest import insz
from tests.shell import Shell
from tests.view_rights.processes import at_once, small_register

PREPARE = """
from inzage.adapters.ibis.wording import read
from inzage.inbox.models import Received
from inzage.view_rights import quarantine, receiving, training_requests
apply = training_requests.applying(read)
later = datetime(2026, 3, 5, 11, tzinfo=timezone.utc)
"""
APPLY = "print(receiving.apply_waiting('ibis', apply, clock=lambda: later))"
SLOWLY = """
import time
quarantine_now = receiving._quarantine
def quarantine_slowly(*given):
    time.sleep(1)
    return quarantine_now(*given)
receiving._quarantine = quarantine_slowly
time.sleep(0.5 if sys.argv[1] == "comes later" else 0)
print(receiving.apply_waiting("ibis", apply, clock=lambda: later, most=1))
"""
CORRECT = """
text = sys.argv[1]
try:
    print(quarantine.correct_and_replay(Received.objects.get().pk, text, origin=origin._replace(at=later)).state)
except quarantine.NotHandled as why:
    print("too late")
"""
PIET = {"insz": insz(1)}


@pytest.fixture
def register(shell: Shell, tmp_path: Path) -> Shell:
    """A register with unit OE1 and client K1."""
    small_register(shell, tmp_path / "register")
    shell.environment["INZAGE_LOCK_SECONDS"] = "60"
    return shell


def kept(shell: Shell, records: Iterable[dict[str, Any]]) -> None:
    """Keep records in the inbox, in this order, without carrying them out."""
    lines = [json.dumps(record) for record in records]
    keep = """
from inzage.adapters.ibis.wording import message_of
from inzage.inbox.keeping import keep
keep("ibis", map(message_of, sys.argv[1].split("\\n")), at=origin.at)
"""
    at_once(shell, "", keep, "\n".join(lines))


def test_an_unknown_youngster_gets_one_dossier_whoever_comes_first(register: Shell) -> None:
    kept(register, [a_youngster(f"R{number}", insz_of=40 + number // 4) for number in range(40)])
    settled = at_once(register, PREPARE, APPLY, "1", "2", "3")
    assert sum(map(int, settled)) == 40
    assert register.asked("SELECT count(*) FROM dossiers_client WHERE client_number LIKE 'IBIS-%'") == 10
    assert register.asked("SELECT count(*) FROM dossiers_activity") == 40


def test_revisions_of_one_request_carried_out_at_once_make_one_line_that_says_the_last(
    register: Shell,
) -> None:
    records = [
        a_request(f"R{number}", revision=revision, client=PIET, remark=f"0000{revision}/0012345/OE1")
        for number in range(12)
        for revision in (2, 1, 3)
    ]
    kept(register, records)
    settled = at_once(register, PREPARE, APPLY, "1", "2", "3")
    assert sum(map(int, settled)) == 36
    assert register.asked("SELECT count(*) FROM dossiers_activity") == 12
    assert register.asked("SELECT count(*) FROM dossiers_activity WHERE course_number = '00003'") == 12
    assert (
        register.asked("SELECT count(*) FROM inbox_received WHERE state NOT IN ('applied', 'overtaken')") == 0
    )


def test_a_bad_revision_under_way_while_a_later_one_comes_waits_for_nobody(register: Shell) -> None:
    """The later one waits until the bad one is in quarantine, and takes it out again."""
    kept(register, [a_request(client=PIET, remark="?"), a_request(revision=2, client=PIET)])
    assert at_once(register, PREPARE, SLOWLY, "quarantines", "comes later") == ["1", "1"]
    assert (
        register.asked("SELECT count(*) FROM inbox_received WHERE state NOT IN ('applied', 'overtaken')") == 0
    )


def test_two_at_the_desk_take_turns(register: Shell) -> None:
    kept(register, [a_request(client=PIET, remark="?")])
    at_once(register, PREPARE, APPLY, "1")
    right = json.dumps(a_request(client=PIET))
    assert sorted(at_once(register, PREPARE, CORRECT, right, right)) == ["applied", "too late"]
    assert register.asked("SELECT count(*) FROM dossiers_activity") == 1
    assert register.asked("SELECT count(*) FROM inbox_handling") == 1
