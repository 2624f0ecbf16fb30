"""Where people sign in, and as which application we are known there."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Place(NamedTuple):
    """The issuer as it names itself, to the letter, our client id there, our secret, and the scopes we ask."""

    issuer: str
    client_id: str
    secret: str
    scopes: str

    def __repr__(self) -> str:
        return f"Place({self.issuer}, {self.client_id})"


def place() -> Place | None:
    """The configured one; None where nobody can sign in this way."""
    if not settings.OIDC_ISSUER:
        return None
    return Place(
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, settings.OIDC_SCOPES
    )


def is_safe(address: object) -> bool:
    """Whether this is an address over TLS, or on the own machine."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )
