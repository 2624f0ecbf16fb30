"""Where VDAB's systems are, and the secrets they sign with: from the environment alone (docs/operations.md).

Without a secret nothing is taken in; without an address nothing is asked.
"""

import os
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "INZAGE_VDAB"
PREFIX = "whsec_"
LEAST = 24
"""Bytes of a secret, as Standard Webhooks asks."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Place(NamedTuple):
    """The address, without a stroke at its end, and the key that signs what we ask."""

    url: str
    key: bytes

    def __repr__(self) -> str:
        return f"Place({self.url})"


def place() -> Place | None:
    """Where VDAB lists what it sent; None where that is not configured. ImproperlyConfigured names what is wrong."""
    url, keys = os.environ.get(f"{NAME}_URL", "").strip(), secrets()
    if not url:
        return None
    if not keys:
        raise ImproperlyConfigured(f"{NAME}_URL is set and {NAME}_SECRET is not; expected both")
    return Place(_checked(url), keys[0])


def secrets() -> list[bytes]:
    """The secrets by which events are known to be VDAB's; none: nothing is taken in.

    Several with spaces between, while one replaces another. Raises ImproperlyConfigured.
    """
    return [_bytes_of(secret) for secret in _secrets()]


def _secrets() -> list[str]:
    if path := os.environ.get(f"{NAME}_SECRET_FILE"):
        try:
            found = Path(path).read_text("utf-8").split()
        except (OSError, UnicodeDecodeError):
            found = []
        if not found:
            raise ImproperlyConfigured(f"{NAME}_SECRET_FILE names {path}, which can't be read or is empty")
        return found
    return os.environ.get(f"{NAME}_SECRET", "").split()


def _bytes_of(secret: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(PREFIX) or len(key) < LEAST:
        raise ImproperlyConfigured(
            f"{NAME}_SECRET holds something else than a secret; expected {PREFIX} and at least {LEAST} bytes in base64"
        )
    return key


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
        raise ImproperlyConfigured(f"{NAME}_URL can't be used; expected only https://HOST and a path")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured(
            f"{NAME}_URL begins with {parts.scheme!r}; expected https (http for loopback only)"
        )
    return url.rstrip("/")
