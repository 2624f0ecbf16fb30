"""The rule books as they would be with a draft: from its first day on, and had it governed for six months already."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from inzage.rules.periods import day_after, last_day_after
from inzage.rules.refusing import Refused
from inzage.rules.rulebook import Migration, RuleBook, RuleBooks
from inzage.rules.unreadable import UnreadableBook

YEAR_AFTER_ALL = 2200
"""No book starts in it or later; days are counted from there without coming to the end of the calendar."""
MONTHS_BACK = 6
"""How far back real looks are held against a draft."""


class NotRehearsed(Refused):
    """The draft can't come into force as it was asked."""


class Books(NamedTuple):
    """The books in force; those with the draft, to which running terms move; and those had it governed since a day.

    None of the draft's terms is over sooner than `shortest` after what it is counted from.
    """

    now: RuleBooks
    then: RuleBooks
    moves_on: date
    had_it_governed: RuleBooks
    since: date
    shortest: timedelta


def books_with(draft: RuleBook, in_force: RuleBooks, *, on: date | None, today: date) -> Books:
    """With running terms moved on day `on`, by default the first on which that can be. NotRehearsed, UnreadableBook."""
    is_published = draft in in_force.every()
    if not is_published and draft.starts_on <= today:
        raise NotRehearsed(
            "starts_too_early",
            f"the book starts on {draft.starts_on}: a book starts tomorrow at the earliest, so give it a later day",
        )
    moves_on = on or max(draft.starts_on, day_after(today))
    if moves_on <= today or moves_on < draft.starts_on:
        raise NotRehearsed(
            "moves_too_early",
            f"running terms can't move on {moves_on}: that is tomorrow at the earliest, and not before the book starts "
            f"({draft.starts_on})",
        )
    if moves_on.year >= YEAR_AFTER_ALL:
        raise NotRehearsed("moves_too_late", f"running terms can't move on {moves_on}: give a day up to 2199")
    then = [*in_force.every(), *([] if is_published else [draft])]
    moves = in_force.migrations()
    since = last_day_after(today, months=-MONTHS_BACK)
    return Books(
        in_force,
        _together(then, [*moves, Migration(moves_on, draft.starts_on)]),
        moves_on,
        RuleBooks(
            [*_before(since, in_force.every()), replace(draft, starts_on=since)],
            [*(one for one in moves if one.on < since), Migration(since, since)],
        ),
        since,
        min(rule.period.at_least for rule in draft.every_rule()),
    )


def _together(books: Iterable[RuleBook], moves: Iterable[Migration]) -> RuleBooks:
    try:
        return RuleBooks(books, moves)
    except UnreadableBook as error:
        raise NotRehearsed("starts_with_another", str(error)) from error


def _before(day: date, books: Iterable[RuleBook]) -> list[RuleBook]:
    return [book for book in books if book.starts_on < day]
