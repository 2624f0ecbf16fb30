"""Terms counted in working days: Monday to Friday, but for the ten legal holidays.

The ten are those of the royal decree of 18 April 1974 (article 1), which carries out the Act of 4 January 1974 on
public holidays. The day an employer gives instead of a holiday that falls in a weekend differs from one to the
next, and does not count here.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from inzage.rules.periods import ONE_DAY, day_after

FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
"""New Year, Labour Day, the national holiday, Assumption, All Saints, Armistice Day, Christmas: month and day."""
AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday."""
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether `day` is a Monday to Friday and no legal holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_day_after(event: date, *, days: int) -> date:
    """The last of `days` working days that begin after `event`: the day of the event itself does not count.

    >>> working_day_after(date(2026, 4, 2), days=2)
    datetime.date(2026, 4, 7)
    """
    following = _following(event)
    return [next(following) for _ in range(days)][-1]


def working_days_left(today: date, last: date) -> int:
    """How many working days are left, `last` being the last one, and today no longer counted; 0 where it is past."""
    return sum(is_working_day(today + timedelta(days=ahead)) for ahead in range(1, (last - today).days + 1))


def _following(event: date) -> Iterator[date]:
    """The working days after `event`, the first one first."""
    day = event
    while True:
        day = day_after(day)
        if is_working_day(day):
            yield day


@lru_cache(maxsize=400)
def holidays(year: int) -> frozenset[date]:
    """The ten legal holidays of that year; nine days where two fall together."""
    easter = easter_sunday(year)
    moving = (easter + ONE_DAY * days for days in AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moving))


def easter_sunday(year: int) -> date:
    """Easter of that year in the Gregorian calendar, by the computation published in Nature in 1876 ("Butcher")."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - drift + 15) % 30
    quarter, odd = divmod(of_century, 4)
    to_sunday = (32 + 2 * rest + 2 * quarter - epact - odd) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
