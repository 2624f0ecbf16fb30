"""A right held at its end: usable, until a person answers, for at most 30 days beyond the day the rules gave.

What happens after that day counts as long as the right is held: it moves the end of a right that stands.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from inzage.rules.closing import Outcome, judge, outcome_of
from inzage.rules.facts import Case, days_of, facts_on, has_no_ground_left
from inzage.rules.names import ClosingReason
from inzage.rules.periods import eve
from inzage.rules.rulebook import RuleBooks

DAYS = 30
"""How long a right is held without an answer."""
UNANSWERED = 20
"""After how many days the data protection officer is told."""


class Judged(NamedTuple):
    """How a right ends, and the day that waits for a person where it is held: the last day that the rules gave."""

    outcome: Outcome
    proposed: date | None = None


def held_until(proposed: date) -> date:
    """The last day of a right that is held on this day, and that nobody answers for."""
    return proposed + timedelta(days=DAYS)


def outcome_with_holds(
    case: Case,
    books: RuleBooks,
    *,
    since: date,
    holds: Collection[date],
    today: date,
    until: date = date.max,
) -> Judged:
    """`outcome_of` a right that is held on each of these days on which its term ends.

    A fact lifts the hold on its own day, up to `today`, where the rules then give another day; but a withdrawal or a
    death still to come ends a held right, too. Only what happens up to `until` takes part.
    """
    outcome = outcome_of(case, books, since=since, until=until)
    last: date | None = None
    while _is_held(outcome, holds, after=last):
        last = outcome.last_day
        assert last is not None
        beyond = _beyond(case, books, outcome, last, today=today, until=until)
        if beyond.proposed is not None:
            return beyond
        outcome = beyond.outcome
    return Judged(outcome)


def _is_held(outcome: Outcome, holds: Collection[date], *, after: date | None) -> bool:
    day = outcome.last_day
    if outcome.reason is not ClosingReason.TERM or day is None or day not in holds:
        return False
    return after is None or day > after


def _beyond(
    case: Case, books: RuleBooks, outcome: Outcome, proposed: date, *, today: date, until: date
) -> Judged:
    """What becomes of a right that is held on the day `proposed`, walking on through what is known to happen."""
    end = min(held_until(proposed), until)
    for day in sorted({*days_of(case, after=proposed), *books.moves_after(proposed)}):
        if day > end:
            break
        if reason := _ends_at_once(case, day):
            ended = outcome._replace(last_day=eve(day), reason=reason)
            return Judged(ended, proposed if day > today else None)
        if day <= today and _lifts(case, books, proposed, day):
            return Judged(outcome_of(case, books, since=day, until=until))
    return Judged(outcome._replace(last_day=held_until(proposed)), proposed)


def _lifts(case: Case, books: RuleBooks, proposed: date, day: date) -> bool:
    """Whether what happens on that day gives the right another end. Terms that move lift only where the term, which is
    past, is not past any more: that no term ends before the day of the move is no other end.
    """
    verdict = judge(facts_on(case, day), books, on=day)
    if day in days_of(case, after=proposed):
        return verdict.last_day != proposed
    return verdict.anchor is None or verdict.rule.last_day(verdict.anchor.on) >= day


def _ends_at_once(case: Case, day: date) -> ClosingReason | None:
    if has_no_ground_left(case, day):
        return ClosingReason.WITHDRAWN
    if case.deceased_on is not None and case.deceased_on <= day:
        return ClosingReason.DECEASED
    return None
