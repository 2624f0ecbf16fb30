"""What moves a right's last day if it happens today, one thing at a time: each found by judging the changed facts."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from inzage.rules.closing import Outcome, outcome_of
from inzage.rules.facts import Case, Execution, Ownership
from inzage.rules.names import Event, OwnershipEnd
from inzage.rules.periods import eve
from inzage.rules.rulebook import RuleBooks


class Move(NamedTuple):
    """What would happen today, and the last day then; none while the right stays open.

    `begun_on` names the one activity that would be closed by its first day, `end` how the ownership would end.
    """

    code: str
    last_day: date | None
    begun_on: date | None = None
    end: str = ""


def single_moves(case: Case, today: date, books: RuleBooks) -> Iterator[Move]:
    """Each running activity closed alone, each kind of end that has a term of its own, and giving the right back."""
    yield from _activities(case, today, books)
    yield from _ends(case, today, books)
    yield Move("given_back", given_back_on(case, today))


def given_back_on(case: Case, today: date) -> date:
    """The last day of a right that ends at once today: the day before, whatever its rule; one given today never was."""
    return eve(max(today, case.granted_on))


def _activities(case: Case, today: date, books: RuleBooks) -> Iterator[Move]:
    """Of more than one running activity, each of them. Those begun on one day are told apart by nothing."""
    running = [place for place, one in enumerate(case.executions) if runs(one, today)]
    if len(running) < 2:
        return
    places = {case.executions[place].begun_on: place for place in running}
    for begun_on, place in sorted(places.items()):
        executions = list(case.executions)
        executions[place] = closed_today(executions[place], today)
        outcome = outcome_of(case._replace(executions=tuple(executions)), books, since=today)
        yield Move("activity_closes", outcome.last_day, begun_on)


def _ends(case: Case, today: date, books: RuleBooks) -> Iterator[Move]:
    """The ownership ended so, where that gives another day than an end of which nobody says how."""
    if not any(owns(one, today) for one in case.ownerships):
        return
    plainly = owner_no_more(case, today, books).last_day
    for end in OwnershipEnd:
        outcome = owner_no_more(case, today, books, ended_by=end)
        if outcome.last_day != plainly:
            yield Move("ownership_ends_so", outcome.last_day, end=str(end))


def owner_no_more(case: Case, today: date, books: RuleBooks, *, ended_by: str = "") -> Outcome:
    """The outcome where every running ownership ends today, in that way."""
    ended = tuple(_ended(case.ownerships, today, ended_by))
    return outcome_of(case._replace(ownerships=ended), books, since=today)


def _ended(ownerships: Iterable[Ownership], today: date, ended_by: str) -> Iterator[Ownership]:
    for one in ownerships:
        yield one._replace(ended_on=today, ended_by=ended_by) if owns(one, today) else one


def owns(one: Ownership, today: date) -> bool:
    """Whether it runs on that day."""
    return one.assigned_on <= today and (one.ended_on is None or one.ended_on > today)


def runs(one: Execution, today: date) -> bool:
    """Whether it runs on that day."""
    return one.begun_on <= today and (one.ended_on is None or one.ended_on > today)


def closed_today(one: Execution, today: date) -> Execution:
    """The activity closed today."""
    return one._replace(ended_on=today, ended_by=Event.ACTIVITY_CLOSED)
