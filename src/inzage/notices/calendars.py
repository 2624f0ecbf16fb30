"""Private addresses of calendars: made, renewed, switched off, and found again by their token."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db.models import F

from inzage.notices.models import CalendarFeed
from inzage.partners.models import Person, Unit

BYTES = 32
"""Of chance in a token: no number of guesses finds one."""


def make_anew(person: Person, unit: Unit, *, at: datetime) -> str:
    """A new token; the one that there was opens nothing any more. It is told this once: only its hash is kept."""
    token = secrets.token_urlsafe(BYTES)
    CalendarFeed.objects.update_or_create(
        person=person, unit=unit, defaults={"token_hash": _hash(token), "made_at": at}
    )
    return token


def switch_off(person: Person, unit: Unit) -> None:
    """The address opens nothing any more, until one is made anew."""
    CalendarFeed.objects.filter(person=person, unit=unit).delete()


def feed_under(token: str) -> CalendarFeed | None:
    """The calendar under this token, while who made it is active and works for the unit; the unit, too, was read."""
    found = CalendarFeed.objects.filter(
        token_hash=_hash(token),
        person__is_active=True,
        person__role=Person.Role.COUNSELLOR,
        person__memberships__unit=F("unit"),
    )
    return found.select_related("person", "unit").first()


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
