"""Through midnight in real processes (libfaketime): never a second too long open, never a second too short (S01, S20).

Ends of months, 29 February and both clock changes; asked by a caller that lives by the same wall clock. No closing
run helps: the decision looks at the last day itself.
"""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection

from benchmarks.asking import (
    EVALUATION,
    EVALUATIONS,
    RESOURCES,
    VIEW,
    Answered,
    Line,
    may_view,
    may_view_each,
    partner_user,
)
from benchmarks.databases import rows
from benchmarks.decision_point import DecisionPoint
from benchmarks.ending_rights import fill_register, number_of, reference_of
from benchmarks.midnights import MIDNIGHTS
from benchmarks.on_record import OnRecord, Said
from benchmarks.overrun import Plan, overrun
from benchmarks.wall_clock import WallClock
from tests.decision_api.away import HELD_WRITES
from tests.shell import Shell

pytestmark = pytest.mark.faketime

RIGHTS = 340
A_SECOND, AN_HOUR = timedelta(seconds=1), timedelta(hours=1)
[OF_23_HOURS] = [midnight for midnight in MIDNIGHTS if midnight.day == date(2024, 3, 31)]
BEFORE, ON, AFTER = range(3)
"""Rights that end the day before, on the day that ends, and the day after."""
RECORDS = "SELECT response FROM access_log_decisionrecord WHERE request_id = '{}' ORDER BY id"


@pytest.fixture
def clock(tmp_path: Path) -> WallClock:
    """The wall clock of the processes of a test."""
    library = os.environ.get("INZAGE_FAKETIME")
    assert library, "INZAGE_FAKETIME is not set: run `tools/test`, or set it to what `tools/faketime` prints"
    return WallClock(library, tmp_path)


def test_no_yes_comes_after_the_last_day_and_no_no_on_it(shell: Shell, clock: WallClock) -> None:
    """Rights that end at that midnight, the day before and the day after; one by one, many at once, and searched."""
    found = overrun(shell.environment, clock, Plan(RIGHTS, seconds=0.4))
    assert found.wrong == {}
    assert found.missed == []
    assert min(found.counted["before"], found.counted["after"]) >= RIGHTS
    assert found.counted["searches"] >= 2 * len(MIDNIGHTS)


@pytest.fixture
def point(shell: Shell, clock: WallClock) -> Iterator[DecisionPoint]:
    """`inzage decide` by that clock, before a register with three rights, which waits for who writes there."""
    fill_register(shell.environment, OF_23_HOURS.days)
    with DecisionPoint({**shell.environment, **clock.environment, "INZAGE_LOCK_SECONDS": "10"}) as point:
        yield point


class Slow:
    """A register in which, each time, no decision can be put on record until midnight is past."""

    def __init__(self, shell: Shell, clock: WallClock, point: DecisionPoint) -> None:
        self._shell, self._clock, self._line = shell, clock, Line(point.port)

    def ask(self, path: str, body: Mapping[str, Any]) -> Answered:
        """The answer to what was judged before midnight; how long it takes to be judged is found by trying."""
        for pause in (0.1, 0.2, 0.4, 0.8, 1.6, 3.2):
            self._clock.set(OF_23_HOURS.moment - AN_HOUR)
            with ThreadPoolExecutor(1) as thread:
                with HELD_WRITES[connection.vendor](self._shell):
                    asked = thread.submit(self._line.ask, path, body)
                    Event().wait(pause)
                    self._clock.set(OF_23_HOURS.moment + A_SECOND)
                answer = asked.result()
            assert answer is not None
            if len(self.records(answer)) == 2:
                return answer
        raise AssertionError("it was never judged before midnight")

    def records(self, answer: Answered) -> list[Any]:
        """What is on record of it, in the order in which it was put there."""
        found = rows(self._shell.address, RECORDS.format(answer.request_id))
        return [json.loads(response) for (response,) in found]

    def judged(self, answer: Answered) -> list[Said]:
        """What was judged, and when."""
        return OnRecord(self._shell.address).judgements(answer.request_id)

    def close(self) -> None:
        """Hang up."""
        self._line.close()


@pytest.fixture
def slow(shell: Shell, clock: WallClock, point: DecisionPoint) -> Iterator[Slow]:
    """The register, so slow."""
    with closing(Slow(shell, clock, point)) as slow:
        yield slow


def test_what_was_judged_before_midnight_and_would_leave_after_it_is_judged_again(slow: Slow) -> None:
    """Both judgements are on record; the answer is the second. A right that ends the day after stays a yes."""
    ended = slow.ask(EVALUATION, may_view(partner_user(), reference_of(ON)))
    assert [said.decisions for said in slow.judged(ended)] == [(True,), (False,)]
    assert ended.decisions == [False]
    assert _moment_of(ended.content) >= OF_23_HOURS.moment

    all_three = may_view_each(partner_user(), [reference_of(number) for number in (BEFORE, ON, AFTER)])
    several = slow.ask(EVALUATIONS, all_three)
    assert [said.decisions for said in slow.judged(several)] == [(False, True, True), (False, False, True)]
    assert several.decisions == [False, False, True]

    sought = {"subject": partner_user(), "action": VIEW, "resource": {"type": "dossier"}}
    searched = slow.ask(RESOURCES, sought)
    assert [_found(record) for record in slow.records(searched)] == [[ON, AFTER], [AFTER]]
    assert _found(searched.content) == [AFTER]


def _moment_of(decision: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(decision["context"]["evaluated_at"])


def _found(answer: Mapping[str, Any]) -> list[int]:
    return [number_of(each["id"]) for each in answer["results"]]
