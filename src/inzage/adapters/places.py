"""Where another institution is, and the secrets we share with it: from the environment alone (docs/operations.md).

What is sent goes there and nowhere else: no address comes from a message or from an answer.
"""

import os
from base64 import b64decode
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "whsec_"
LEAST = 24
"""Bytes of a secret, as Standard Webhooks asks."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Place(NamedTuple):
    """The address, without a stroke at its end, and the keys: the first signs, each is believed."""

    url: str
    keys: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Place({self.url})"


def place_of(name: str) -> Place | None:
    """Where the institution of this name is; None where no address is configured: then its adapter is off.

    ImproperlyConfigured names what is wrong with a setting, and never repeats a secret.
    """
    setting = f"INZAGE_{name}_URL"
    url = os.environ.get(setting, "").strip()
    if not url:
        return None
    keys = secrets_of(name)
    if not keys:
        raise ImproperlyConfigured(f"{setting} is set and INZAGE_{name}_SECRET is empty; expected both")
    return Place(_checked(url, setting), keys)


def secrets_of(name: str) -> tuple[bytes, ...]:
    """The secrets shared with the institution of this name, from a file or themselves; none where none is set.

    Several with spaces between, while one replaces another. Raises ImproperlyConfigured.
    """
    return tuple(_key_in(secret, f"INZAGE_{name}_SECRET") for secret in _secrets(f"INZAGE_{name}_SECRET"))


def _secrets(setting: str) -> list[str]:
    if path := os.environ.get(f"{setting}_FILE"):
        try:
            found = Path(path).read_text("utf-8").split()
        except (OSError, UnicodeDecodeError):
            found = []
        if not found:
            raise ImproperlyConfigured(f"{setting}_FILE names {path}, which can't be read or is empty")
        return found
    return os.environ.get(setting, "").split()


def _key_in(secret: str, setting: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(PREFIX) or len(key) < LEAST:
        raise ImproperlyConfigured(
            f"{setting} holds something else than a secret; expected {PREFIX} and at least {LEAST} bytes in base64"
        )
    return key


def _checked(url: str, setting: str) -> str:
    """The address, if it is one that can be asked: over TLS, but on the own machine."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{setting} can't be used; expected only https://HOST and a path")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ImproperlyConfigured(
            f"{setting} begins with {parts.scheme!r}; expected https (http for loopback only)"
        )
    return url.rstrip("/")
