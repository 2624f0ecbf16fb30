"""A day is a calendar day in Brussels; a moment is aware. The edge reads the clock, nothing below it does."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def day_of(moment: datetime) -> date:
    """The calendar day in Brussels on which `moment` (aware) falls."""
    return moment.astimezone(BRUSSELS).date()


@lru_cache(maxsize=50_000)
def midnight(day: date) -> datetime:
    """The moment at which `day` begins in Brussels."""
    return datetime.combine(day, time(), BRUSSELS)
