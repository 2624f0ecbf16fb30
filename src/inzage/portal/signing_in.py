"""Who is signed in. People sign in at their organisation; in the demo, by choosing a person."""

from typing import Any

from django.http import HttpRequest

from inzage.partners.models import Person


class PersonBackend:
    """Finds the person behind a session again; nobody has a password here, and rights are view rights."""

    def authenticate(self, _request: HttpRequest | None, **_credentials: Any) -> None:
        """Nobody signs in with credentials."""

    def get_user(self, user_id: int) -> Person | None:
        """The person, while active."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
