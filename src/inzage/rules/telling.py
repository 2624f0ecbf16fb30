"""What tells two sets of rule books apart: the ways in which a term starts, and the days at which each term turns.

Where two ways have the same period in every book they give the same days, whatever else happens; so one stands for all.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from inzage.rules.names import Event
from inzage.rules.periods import ONE_DAY, Period, day_after, ends_month, eve
from inzage.rules.reading_books import EXECUTOR_ENDS, OWNER_ENDS
from inzage.rules.rulebook import RuleBook, RuleBooks

UNKNOWN = "—"
"""A service of which no book has a row."""
YEAR = timedelta(days=366)


class Way(NamedTuple):
    """A way in which a term starts: for an owner its service and kind of end, for an executor the event of its end.

    `periods` are those of every book, the draft's last.
    """

    service: str
    end: str
    periods: tuple[Period, ...]


class Telling(NamedTuple):
    """All that matters of a draft beside the books in force.

    `began` is a day long before the draft's first; `turns` are the days around it, around the migration, and around the
    ends of terms that start or end there; `few` are the most telling of them; `sweep` is every day of a year and more,
    and the month ends of four years, so that a leap year is among them.
    """

    owners: list[Way]
    executors: list[Way]
    began: date
    starts_on: date
    turns: list[date]
    few: list[date]
    sweep: list[date]


def telling(draft: RuleBook, books: RuleBooks, moved_on: date | None) -> Telling:
    """What tells `draft` from `books`; running terms move on `moved_on`, if at all."""
    every = [*books.every(), draft]
    owners, executors = _owners(every), _executors(every)
    alone = tuple(book.no_activity.period for book in every)
    longest_first = sorted(
        {period for periods in (alone, *(way.periods for way in owners + executors)) for period in periods},
        key=lambda period: period.last_day(draft.starts_on),
        reverse=True,
    )
    starts = [draft.starts_on, *([moved_on] if moved_on else [])]
    return Telling(
        owners,
        executors,
        _reaching(draft.starts_on, longest_first[0]) - 2 * YEAR,
        draft.starts_on,
        _turns(starts, [longest_first[0], longest_first[-1]]),
        _few(starts, longest_first[-1]),
        _sweep(draft.starts_on, longest_first[0]),
    )


def _owners(books: list[RuleBook]) -> list[Way]:
    """The ways in which an ownership ends, one of each sort: a plain end and a service that is known go before."""
    services = [*sorted({service for book in books for service in book.owners}), UNKNOWN]
    return _one_of_each(
        (service, end, tuple(book.owner_rule(service, end).period for book in books))
        for end in ("", *OWNER_ENDS)
        for service in services
    )


def _executors(books: list[RuleBook]) -> list[Way]:
    return _one_of_each(
        ("", end, tuple(book.executor_rule(Event(end)).period for book in books)) for end in EXECUTOR_ENDS
    )


def _one_of_each(ways: Iterable[tuple[str, str, tuple[Period, ...]]]) -> list[Way]:
    first: dict[tuple[Period, ...], Way] = {}
    for service, end, periods in ways:
        first.setdefault(periods, Way(service, end, periods))
    return list(first.values())


def _turns(starts: list[date], periods: list[Period]) -> list[date]:
    """The eve and the day of each start; of the draft's also the next day, the first event of which a term reaches it,
    and the ends of terms that start then.
    """
    first = starts[0]
    days = {first, day_after(first), *(day for start in starts for day in (eve(start), start))}
    for period in periods:
        days |= {_reaching(first, period), period.last_day(first), day_after(period.last_day(first))}
    return sorted(days)


def _few(starts: list[date], shortest: Period) -> list[date]:
    """The eve of the draft, each start, and the first day after the shortest term that starts with the draft."""
    return sorted({eve(starts[0]), *starts, day_after(shortest.last_day(starts[0]))})


def _reaching(day: date, period: Period) -> date:
    """The first event of which the term still stands on `day`."""
    event = day - (timedelta(days=period.days) if period.days else timedelta(days=31 * period.months + 4))
    while period.last_day(event) < day:
        event += ONE_DAY
    return event


def _sweep(start: date, longest: Period) -> list[date]:
    return list(_days_between(_reaching(start, longest), start + YEAR)) + [
        day for day in _days_between(start + YEAR + ONE_DAY, start + 4 * YEAR) if ends_month(day)
    ]


def _days_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY
