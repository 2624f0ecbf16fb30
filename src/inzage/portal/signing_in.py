"""Who is signed in. People sign in at their organisation; in the demo, by choosing a person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from inzage.partners.models import Person
from inzage.partners.working import with_units
from inzage.portal.demo_people import ISSUER


class PersonBackend:
    """Finds the person behind a session again; nobody has a password here, and rights are view rights."""

    def authenticate(self, _request: HttpRequest | None, **_credentials: Any) -> None:
        """Nobody signs in with credentials."""

    def get_user(self, user_id: int) -> Person | None:
        """The person with the own units, while active; those of the demo exist in demo mode only."""
        active = Person.objects.filter(pk=user_id, is_active=True)
        return with_units(active if settings.DEMO else active.exclude(issuer=ISSUER))
