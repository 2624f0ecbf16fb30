"""All histories within bounds, fewest facts first: what one unit can have had with one dossier around a draft's days.

Kept bounded by what changes no day: facts stand in one order, none twice; ways to end that no book tells apart are
taken once (`telling`); what never ended and began first keeps a right open under every book, so it is left out; and an
activity of the trajectory weighs as any other does, so it takes part where it is the only one.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from inzage.rules.facts import Execution, Grant, Ownership
from inzage.rules.history import History
from inzage.rules.names import Event, Ground
from inzage.rules.telling import Telling, Way


class Bound(NamedTuple):
    """How many of each there may be. An ownership brings its own grant, which counts among `grants`."""

    activities: int = 2
    ownerships: int = 2
    grants: int = 3

    @property
    def most(self) -> int:
        """The most facts at once, an assignment's own grant not counted; a withdrawal and a death are among them."""
        return self.activities + max(self.ownerships, self.grants)


DETAILED = 3
"""Up to so many facts every telling day takes part; with more facts the few."""
MANY = 4
"""Beside other facts only so many ways in which an ownership ends take part, those furthest apart; alone, every one."""


class Combination(NamedTuple):
    """A history; and a registration under PRJLEW in IBIS, which grants by itself only where a book says so (S23)."""

    history: History
    registered_on: date | None = None


def every_combination(telling: Telling, bound: Bound) -> Iterator[Combination]:
    """All of them, by their number of facts."""
    for day in telling.turns:
        yield Combination(History(()), day)
    yield from map(Combination, _one_term_on_every_day(telling, bound))
    for size in range(2, bound.most + 1):
        pieces = _Pieces(telling, size)
        for numbers in _numbers(size, bound):
            yield from map(Combination, pieces.histories(*numbers))


def _one_term_on_every_day(telling: Telling, bound: Bound) -> Iterator[History]:
    """One grant; one ownership that ended; one activity that ended, granted before: on every day of the sweep."""
    began = telling.began
    for day in telling.sweep:
        yield History((_consent(day),))
        for way in telling.owners if bound.ownerships else ():
            yield _with_assignments((), (_owned(way, began, day),), (), None)
        for way, trajectory in product(telling.executors if bound.activities else (), (False, True)):
            yield History((_consent(began),), (), (_done(way, began, day, trajectory=trajectory),))


def _numbers(size: int, bound: Bound) -> Iterator[tuple[int, int, int, int, int]]:
    """How many activities, ownerships, consents, withdrawals (one at most) and deaths: together `size` facts."""
    for activities, ownerships in product(range(bound.activities + 1), range(bound.ownerships + 1)):
        for withdrawn, died in ((0, 0), (1, 0), (0, 1), (1, 1)):
            consents = size - activities - ownerships - withdrawn - died
            if withdrawn <= consents <= bound.grants - ownerships and consents + ownerships:
                yield activities, ownerships, consents, withdrawn, died


class _Pieces:
    """The single facts of which histories with so many facts are made."""

    def __init__(self, telling: Telling, size: int) -> None:
        detailed = size <= DETAILED
        self._days = telling.turns if detailed else telling.few
        self._starts = [telling.began, telling.starts_on if detailed else telling.few[-1]]
        self._consents = [_consent(day) for day in (telling.began, *self._days)]
        self._owned = self._every_ownership(_furthest(telling.owners))
        self._done = list(self._every_activity(telling.executors))

    def histories(
        self, activities: int, ownerships: int, consents: int, withdrawn: int, died: int
    ) -> Iterator[History]:
        """All with so many of each."""
        for grants, owned, done, died_on in product(
            self._grants(consents, withdrawn),
            combinations(self._owned, ownerships),
            combinations(self._done, activities),
            self._days if died else (None,),
        ):
            yield _with_assignments(grants, owned, done, died_on)

    def _grants(self, consents: int, withdrawn: int) -> Iterator[tuple[Grant, ...]]:
        for given in combinations(self._consents, consents):
            if not withdrawn:
                yield given
                continue
            for place, day in product(range(consents), self._days):
                if day > given[place].granted_on:
                    yield (*given[:place], given[place]._replace(withdrawn_on=day), *given[place + 1 :])

    def _every_ownership(self, ways: list[Way]) -> list[Ownership]:
        """Each from long ago until a day, or from a telling day until another."""
        return [
            _owned(way, begun_on, ended_on)
            for way in ways
            for begun_on in self._starts
            for ended_on in self._days
            if begun_on <= ended_on
        ]

    def _every_activity(self, ways: list[Way]) -> Iterator[Execution]:
        """The same of activities; and cancelled before they ran, and begun late without an end."""
        for begun_on, ended_on in product(self._starts, self._days):
            if begun_on <= ended_on:
                yield from (_done(way, begun_on, ended_on) for way in ways)
                yield Execution(False, begun_on, ended_on, None)
        yield from (Execution(False, begun_on) for begun_on in self._starts[1:])


def _with_assignments(
    grants: tuple[Grant, ...],
    owned: tuple[Ownership, ...],
    done: tuple[Execution, ...],
    died_on: date | None,
) -> History:
    """Every ownership grants by itself (S02)."""
    of_assignments = (Grant(Ground.ASSIGNMENT, ownership.assigned_on) for ownership in owned)
    return History((*grants, *of_assignments), owned, done, died_on)


def _consent(day: date) -> Grant:
    return Grant(Ground.FORM, day)


def _owned(way: Way, begun_on: date, ended_on: date) -> Ownership:
    return Ownership(way.service, begun_on, ended_on, None, way.end)


def _done(way: Way, begun_on: date, ended_on: date, *, trajectory: bool = False) -> Execution:
    return Execution(trajectory, begun_on, ended_on, Event(way.end))


def _furthest(ways: list[Way]) -> list[Way]:
    """Of many ways those that the draft lengthens most and shortens most, one that it leaves, and what comes next."""
    by_change = sorted(ways, key=_change)
    as_before = [way for way in ways if not _change(way)]
    return list(dict.fromkeys([by_change[-1], by_change[0], *as_before[:1], *by_change]))[:MANY]


def _change(way: Way) -> int:
    """By how many days, about, the draft differs from the last book before it."""
    before, after = (period.months * 30 + period.days for period in way.periods[-2:])
    return after - before
