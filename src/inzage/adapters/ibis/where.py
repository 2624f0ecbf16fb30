"""Where IBIS is, and the secret we share with it: from the environment alone (docs/operations.md)."""

import base64
import binascii
import os
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ADDRESS, SECRET, PAGE = "INZAGE_IBIS_URL", "INZAGE_IBIS_SECRET", "INZAGE_IBIS_PAGE"
A_PAGE, MOST_ON_A_PAGE = "200", 500
PREFIX = "whsec_"
LEAST = 24
"""Bytes of a secret, as Standard Webhooks asks."""
OWN_MACHINE = ("127.0.0.1", "::1", "localhost")


class Place(NamedTuple):
    """The address, without a slash at its end, the keys (the first signs, each is believed), and records a page."""

    address: str
    keys: tuple[bytes, ...]
    page: int = int(A_PAGE)


def place() -> Place | None:
    """Where IBIS is; nothing where no address is configured: then it is never asked. Raises ImproperlyConfigured."""
    address = os.environ.get(ADDRESS, "").strip().rstrip("/")
    if not address:
        return None
    keys = tuple(_key_of(secret) for secret in os.environ.get(SECRET, "").split())
    if not keys:
        raise ImproperlyConfigured(f"{SECRET} is empty; expected the secret that we share with IBIS")
    return Place(_checked(address), keys, _page_size())


def _page_size() -> int:
    found = os.environ.get(PAGE, "").strip() or A_PAGE
    size = int(found) if found.isascii() and found.isdigit() and len(found) < 4 else 0
    if not 1 <= size <= MOST_ON_A_PAGE:
        raise ImproperlyConfigured(
            f"{PAGE} is {found!r}; expected a whole number from 1 to {MOST_ON_A_PAGE}, such as {A_PAGE}"
        )
    return size


def _checked(address: str) -> str:
    """The address, if it is one that can be asked: over TLS, but on the own machine."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_MACHINE)
    if not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            f"{ADDRESS} can't be used; expected https://HOST/PATH, without a name or a ?"
        )
    return address


def _key_of(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith(PREFIX) or len(key) < LEAST:
        raise ImproperlyConfigured(
            f"{SECRET} holds something else than a secret; expected {PREFIX} and at least {LEAST} bytes in base64"
        )
    return key
