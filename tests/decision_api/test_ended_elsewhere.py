"""Taken away in another process: no to whatever is asked after the commit, always; and what is near stays a yes (S01).

Asked over connections that are kept, with a token, as a decision and as a search in turn.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from itertools import cycle
from typing import NamedTuple

import pytest

from benchmarks.asking import EVALUATION, RESOURCES, VIEW, Line, again_and_again, may_view, partner_user
from benchmarks.decision_point import DecisionPoint
from benchmarks.peers.issuer import AUDIENCE, issuing
from tests.decision_api.elsewhere import CALLERS, Asked
from tests.shell import own_database, until
from tests.view_rights.processes import script

LISTEN = "from tests.decision_api.elsewhere import listen; listen()"
TAKINGS = (
    *("revoked", "given back", "withdrawn", "deceased"),
    *("account closed", "membership ended", "caller stopped", "caller narrowed"),
)
ENOUGH = 6


class Taking(NamedTuple):
    """What can be taken away: the questions to which the answer is no from then on, and those to which it stays yes."""

    name: str
    ends: list[Asked]
    stays: list[Asked]


class Heard(NamedTuple):
    """An answer: when it was asked for and when it came (seconds of the monotonic clock), and whether it was a yes."""

    sent: float
    received: float
    yes: bool


class Elsewhere:
    """The process in which it is taken away, and `inzage decide` before the same register."""

    def __init__(
        self, process: "subprocess.Popen[str]", point: DecisionPoint, tokens: Mapping[str, str]
    ) -> None:
        self._process, self._point, self._tokens = process, point, tokens
        said = json.loads(self._said())
        self.takings: dict[str, list[Taking]] = {
            name: [
                Taking(f"{name} {place}", *([Asked(*asked) for asked in kind] for kind in kinds))
                for place, kinds in enumerate(some)
            ]
            for name, some in said.items()
        }

    def take(self, taking: Taking) -> tuple[float, float]:
        """Take that away: a moment before it began, and one right after it was committed."""
        begun = time.monotonic()
        assert self._process.stdin is not None
        self._process.stdin.write(f"{taking.name}\n")
        self._process.stdin.flush()
        return begun, float(self._said())

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def line(self, caller: str) -> Line:
        """A connection of a caller."""
        return Line(self._point.port, self._tokens[caller])


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """Shared by these tests: each takes away something of its own."""
    for shell in own_database(tmp_path_factory.mktemp("elsewhere")):
        shell.environment["INZAGE_LOCK_SECONDS"] = "30"
        with issuing(*CALLERS) as issued, script(shell, LISTEN) as process:
            known = {"INZAGE_TOKEN_ISSUER": issued.issuer, "INZAGE_TOKEN_AUDIENCE": AUDIENCE}
            with DecisionPoint({**shell.environment, **known}) as point:
                yield Elsewhere(process, point, issued.tokens)
            process.kill()


class Questions:
    """Questions asked again and again, each over its own connection; as a decision and as a search in turn."""

    def __init__(self, asked: list[Asked], elsewhere: Elsewhere) -> None:
        self.heard: dict[Asked, list[Heard]] = {each: [] for each in asked}
        self._lines = [elsewhere.line(each.caller) for each in self.heard]

    @property
    def asks(self) -> list[Callable[[], object]]:
        """What each connection does over and over."""
        return [
            partial(self._ask, asked, line, cycle((_decided, _found)))
            for asked, line in zip(self.heard, self._lines, strict=True)
        ]

    def _ask(self, asked: Asked, line: Line, ways: "cycle[Callable[[Asked, Line], bool | None]]") -> None:
        sent, yes = time.monotonic(), next(ways)(asked, line)
        if yes is not None:
            self.heard[asked].append(Heard(sent, time.monotonic(), yes))

    def wait(self, since: float) -> None:
        """Until there are enough answers to each, asked for since then."""
        until(lambda: all(len(_since(heard, since)) >= ENOUGH for heard in self.heard.values()))

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()


def _since(heard: list[Heard], moment: float) -> list[Heard]:
    return [each for each in heard if each.sent > moment]


def _decided(asked: Asked, line: Line) -> bool | None:
    """None where it can't be said now, as on a machine that stands still for a while."""
    answer = line.ask(EVALUATION, may_view(partner_user(asked.unit, asked.person), asked.reference))
    assert answer is not None
    assert answer.status in (200, 503)
    return answer.decisions == [True] if answer.status == 200 else None


def _found(asked: Asked, line: Line) -> bool | None:
    """The same."""
    sought = {"action": VIEW, "resource": {"type": "dossier"}, "page": {"limit": 500}}
    answer = line.ask(RESOURCES, {"subject": partner_user(asked.unit, asked.person), **sought})
    assert answer is not None
    assert answer.status in (200, 503)
    if answer.status == 503:
        return None
    return asked.reference in [each["id"] for each in answer.content["results"]]


def asked_while_taken(elsewhere: Elsewhere, taking: Taking) -> tuple[Questions, float, float]:
    """What was heard before, meanwhile and after; and the moments before it began and after it was committed."""
    with (
        closing(Questions([*taking.ends, *taking.stays], elsewhere)) as questions,
        again_and_again(questions.asks),
    ):
        questions.wait(since=0)
        begun, committed = elsewhere.take(taking)
        questions.wait(since=committed)
    return questions, begun, committed


@pytest.mark.parametrize("name", TAKINGS)
def test_what_is_asked_after_the_commit_is_a_no_and_what_is_near_stays_a_yes(
    elsewhere: Elsewhere, name: str
) -> None:
    for taking in elsewhere.takings[name]:
        questions, begun, committed = asked_while_taken(elsewhere, taking)
        for asked in taking.ends:
            heard = questions.heard[asked]
            assert {each.yes for each in heard if each.received < begun} == {True}
            assert {each.yes for each in _since(heard, committed)} == {False}
        for asked in taking.stays:
            assert {each.yes for each in questions.heard[asked]} == {True}


def test_the_run_of_the_night_takes_nothing_away_on_the_last_day(elsewhere: Elsewhere) -> None:
    [taking] = elsewhere.takings["closed by the run"]
    questions, *_moments = asked_while_taken(elsewhere, taking)
    assert taking.ends == []
    assert all(each.yes for asked in taking.stays for each in questions.heard[asked])
