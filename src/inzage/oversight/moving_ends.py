"""What a draft does to the end of one right: the day by the books in force, the day by the books with the draft."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from inzage.oversight.books_with import Books
from inzage.rules.closing import Outcome, Verdict, judge, outcome_of
from inzage.rules.facts import Case, days_of, facts_on
from inzage.rules.holding import outcome_with_holds
from inzage.rules.names import ClosingReason
from inzage.rules.rulebook import OWNER


class Move(StrEnum):
    """How the end of a right moves. Only an end that no known fact brings can be gained or lost."""

    EARLIER = "earlier"
    LATER = "later"
    GAINS_END = "gains_end"
    LOSES_END = "loses_end"


class Compared(NamedTuple):
    """How a right ends now, and how it would then."""

    now: Outcome
    then: Outcome

    @property
    def move(self) -> Move | None:
        """None where the day stays the same, be it by another rule."""
        return move_of(self.now.last_day, self.then.last_day)


def compared(case: Case, books: Books, *, since: date, today: date) -> Compared:
    """Judge a right, which stands on day `since`, by both; NoGround where it has no ground left."""
    if _only_time_passes(case, books, since, today):
        return _compared_at_once(case, books, since)
    return Compared(outcome_of(case, books.now, since=since), outcome_of(case, books.then, since=since))


def compared_held(case: Case, books: Books, *, since: date, proposed: date) -> Compared:
    """The same of a right held on the day `proposed`, if nobody answers; what is known to come may lift that."""
    now, then = (
        outcome_with_holds(case, each, since=since, holds=(proposed,), today=date.max).outcome
        for each in (books.now, books.then)
    )
    return Compared(now, then)


def _only_time_passes(case: Case, books: Books, since: date, today: date) -> bool:
    """Whether nothing happens after `since` but that the terms move, as with nearly all rights."""
    return (
        since <= today
        and case.deceased_on is None
        and not books.now.moves_after(since)
        and not days_of(case, after=since)
    )


def _compared_at_once(case: Case, books: Books, since: date) -> Compared:
    """The same, in half the time: the facts stay as they are, so they are put together once."""
    facts = facts_on(case, since)
    now = _ending_with(judge(facts, books.now, on=since))
    if now.last_day is None or now.last_day < books.moves_on:
        return Compared(now, now)
    return Compared(now, _ending_with(judge(facts, books.then, on=books.moves_on)))


def _ending_with(verdict: Verdict) -> Outcome:
    return Outcome(verdict, verdict.last_day, ClosingReason.TERM)


def move_of(now: date | None, then: date | None) -> Move | None:
    """From one last day to the other; no day while nothing ends the right."""
    if now == then:
        return None
    if now is None:
        return Move.GAINS_END
    if then is None:
        return Move.LOSES_END
    return Move.EARLIER if then < now else Move.LATER


def service_of(rule: str) -> str:
    """The service that an owner's rule is for; empty for the other rules."""
    return rule.removeprefix(OWNER).partition(".")[0] if rule.startswith(OWNER) else ""
