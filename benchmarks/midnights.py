"""Midnights at which a term is easily counted wrong, each with the moment at which it falls, worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Midnight(NamedTuple):
    """The end of a day in Brussels: the moment (UTC) is the first one of the next day."""

    day: date
    moment: datetime

    @property
    def days(self) -> tuple[date, date, date]:
        """The day before, the day that ends, and the day after."""
        return self.day - DAY, self.day, self.day + DAY


def _midnight(day: str, hour: int) -> Midnight:
    """The day ends at that hour (UTC) of its own date: 23 in winter, 22 in summer."""
    ends = date.fromisoformat(day)
    return Midnight(ends, datetime(ends.year, ends.month, ends.day, hour, tzinfo=UTC))


MIDNIGHTS = (
    _midnight("2024-01-31", 23),
    _midnight("2024-02-28", 23),  # 29 February follows
    _midnight("2024-02-29", 23),
    _midnight("2024-03-30", 23),  # the last one of winter time
    _midnight("2024-03-31", 22),  # the end of a day of 23 hours
    _midnight("2024-04-30", 22),
    _midnight("2024-05-15", 22),  # a day like any other
    _midnight("2024-08-31", 22),
    _midnight("2024-10-26", 22),  # the last one of summer time
    _midnight("2024-10-27", 23),  # the end of a day of 25 hours
    _midnight("2024-12-31", 23),
    _midnight("2025-02-28", 23),  # no 29 February follows
)
DAYS = sorted({day for midnight in MIDNIGHTS for day in midnight.days})
"""The days that end at one of them, and their neighbours."""


def last_days(rights: int) -> list[date]:
    """The last days of so many rights: as many for each of those days."""
    return [DAYS[number % len(DAYS)] for number in range(rights)]
