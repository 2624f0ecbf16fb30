"""While the database is away there is no answer, and so no yes; when it is back, they come again by themselves."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from functools import partial
from itertools import count

import pytest
from django.db import connection

from benchmarks.asking import EVALUATION, Answered, Line, again_and_again, may_view, partner_user
from benchmarks.decision_point import DecisionPoint
from benchmarks.ending_rights import fill_register, reference_of
from benchmarks.on_record import Given, OnRecord
from tests.decision_api.away import INTERRUPTIONS, WAYS
from tests.shell import Shell, own_database, until

RIGHTS = [date(9000, 12, 31)] * 4
LINES = 4
ENOUGH = LINES


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A database of our own that these tests share, each leaving it as it was."""
    for shell in own_database(tmp_path_factory.mktemp("away")):
        del shell.environment["INZAGE_LOCK_SECONDS"]  # as patient as in use
        fill_register(shell.environment, RIGHTS)
        yield shell


@pytest.fixture(scope="module")
def point(shell: Shell) -> Iterator[DecisionPoint]:
    """`inzage decide` before it."""
    with DecisionPoint(shell.environment) as point:
        yield point


class Asker:
    """Asks over several connections without a pause; every right it asks about stands."""

    def __init__(self, point: DecisionPoint) -> None:
        self.answers: list[Answered] = []
        self._lines = [Line(point.port) for _ in range(LINES)]

    @property
    def asks(self) -> list[Callable[[], object]]:
        """What each connection does over and over."""
        return [partial(self._ask, line, count(place)) for place, line in enumerate(self._lines)]

    def _ask(self, line: Line, numbers: "count[int]") -> None:
        reference = reference_of(next(numbers) % len(RIGHTS))
        answer = line.ask(EVALUATION, may_view(partner_user(), reference))
        assert answer is not None, "a question got no answer at all"
        self.answers.append(answer)

    def statuses(self, since: float = 0) -> list[int]:
        """Of the answers to what was asked since then."""
        return [answer.status for answer in self.answers if answer.sent >= since]

    def wait(self, since: float) -> None:
        """Until enough of what was asked since then was answered."""
        until(lambda: len(self.statuses(since)) >= ENOUGH)

    def wait_for_decisions(self, since: float) -> None:
        """Until enough of what was asked since then was answered with yes or no."""
        until(lambda: self.statuses(since).count(200) >= ENOUGH)

    def given(self) -> list[Given]:
        """What was answered with yes or no."""
        return [Given.of(answer) for answer in self.answers if answer.status == 200]

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()


@pytest.fixture
def asker(point: DecisionPoint) -> Iterator[Asker]:
    """Somebody who asks."""
    with closing(Asker(point)) as asker:
        yield asker


@pytest.mark.parametrize("way", WAYS[connection.vendor])
def test_while_the_database_is_away_nothing_is_answered_and_then_it_goes_on(
    shell: Shell, asker: Asker, way: str
) -> None:
    with ExitStack() as asking:
        with WAYS[connection.vendor][way](shell):
            asking.enter_context(again_and_again(asker.asks))
            asker.wait(since=0)
            assert set(asker.statuses()) == {503}
        asker.wait_for_decisions(since=time.monotonic())
    assert set(asker.statuses()) == {200, 503}
    assert all(all(each.said.decisions) for each in asker.given())
    assert OnRecord(shell.address).without(asker.given()) == []


def test_interrupted_again_and_again_it_gives_no_answer_that_is_not_on_record(
    shell: Shell, asker: Asker
) -> None:
    with again_and_again(asker.asks):
        for _ in range(5):
            asker.wait_for_decisions(since=time.monotonic())
            INTERRUPTIONS[connection.vendor](shell)
        asker.wait_for_decisions(since=time.monotonic())
    assert set(asker.statuses()) <= {200, 503}
    assert all(all(each.said.decisions) for each in asker.given())
    assert OnRecord(shell.address).without(asker.given()) == []
