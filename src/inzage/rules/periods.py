"""Terms counted in months, the Belgian way (Judicial Code art. 52 and 54, by analogy).

The day of the event does not count, and a term runs from the nth to the eve of the nth. So the last
day of a term carries the number of the day of the event, and a term that starts at the end of a month
ends at the end of a month. Weekends shift nothing. See docs/decisions.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Period(NamedTuple):
    """How long a term is: whole months, or days. One of the two is given, and is at least 1.

    Of days, too, the day of the event does not count (Judicial Code art. 52): the last day is that many days later.
    """

    months: int = 0
    days: int = 0

    def last_day(self, event: date) -> date:
        """The last day of a term that starts with the event."""
        if self.days:
            return event + timedelta(days=self.days)
        return last_day_after(event, months=self.months)

    @property
    def at_least(self) -> timedelta:
        """So much later than its event its last day is at least: the shortest month has 28 days."""
        return timedelta(days=self.days or 28 * self.months)

    def latest_start(self, *, over_on: date) -> date:
        """The latest day with which a term can have begun that is over on that day: its last day lies before it."""
        if self.days:
            return over_on - timedelta(days=self.days + 1)
        years, month0 = divmod(over_on.month - 1 - self.months, 12)
        start = date(over_on.year + years, month0 + 1, monthrange(over_on.year + years, month0 + 1)[1])
        while self.last_day(start) >= over_on:
            start = eve(start)
        return start


@lru_cache(maxsize=100_000)
def last_day_after(event: date, *, months: int) -> date:
    """The last day of a term of `months` whole months that starts with `event` (S20, S21).

    >>> last_day_after(date(2025, 2, 28), months=6)
    datetime.date(2025, 8, 31)
    """
    years, month0 = divmod(event.month - 1 + months, 12)
    year, month = event.year + years, month0 + 1
    length = monthrange(year, month)[1]
    if ends_month(event):
        return date(year, month, length)
    return date(year, month, min(event.day, length))


def ends_month(day: date) -> bool:
    """Whether `day` is the last of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def eve(day: date) -> date:
    """The day before."""
    return day - ONE_DAY


def day_after(day: date) -> date:
    """The next day."""
    return day + ONE_DAY
