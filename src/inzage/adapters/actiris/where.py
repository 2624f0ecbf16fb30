"""Where Actiris is, and the secret that we share: from the environment. Without an address this adapter is off.

What is sent goes there and nowhere else: no address comes from a message or from an answer.
"""

import os
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "INZAGE_ACTIRIS"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Place(NamedTuple):
    """The address, without a stroke at its end, and the secret (`whsec_` and then base64)."""

    url: str
    secret: str

    def __repr__(self) -> str:
        return f"Place({self.url})"


def place() -> Place | None:
    """Where Actiris is; None where the adapter is off. ImproperlyConfigured names what is wrong with a setting."""
    url = os.environ.get(f"{NAME}_URL", "").strip()
    return Place(_checked(url), _secret()) if url else None


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
        raise ImproperlyConfigured(f"{NAME}_URL can't be used; expected only https://HOST and a path")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured(
            f"{NAME}_URL begins with {parts.scheme!r}; expected https (http for loopback only)"
        )
    return url.rstrip("/")


def _secret() -> str:
    path, secret = os.environ.get(f"{NAME}_SECRET_FILE"), os.environ.get(f"{NAME}_SECRET", "")
    if path:
        try:
            secret = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise ImproperlyConfigured(f"{NAME}_SECRET_FILE names {path}, which can't be read") from None
    secret = secret.strip()
    try:
        known = b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        known = b""
    if not known:
        raise ImproperlyConfigured(
            f"{NAME}_SECRET is not set, or can't be read; expected whsec_ and then base64"
        )
    return secret
