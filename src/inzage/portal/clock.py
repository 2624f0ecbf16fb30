"""The portal's one clock."""

from datetime import date, datetime

from django.utils import timezone

from inzage.rules.days import day_of


def now() -> datetime:
    """The moment."""
    return timezone.now()


def today() -> date:
    """The calendar day in Brussels."""
    return day_of(now())
