"""Where VDAB's systems are, and the secrets they sign with: from the environment alone (docs/operations.md)."""

import base64
import binascii
import os

from django.core.exceptions import ImproperlyConfigured

ADDRESS, SECRET = "INZAGE_VDAB_URL", "INZAGE_VDAB_SECRET"
PREFIX = "whsec_"
LEAST = 24
"""Bytes of a secret, as Standard Webhooks asks."""


def address() -> str:
    """VDAB's own address, without a slash at its end; empty where none is configured: then it is never asked."""
    return os.environ.get(ADDRESS, "").rstrip("/")


def secrets() -> list[bytes]:
    """The secrets by which events are known to be VDAB's; none: nothing is taken in.

    Several with spaces between, while one replaces another. Raises ImproperlyConfigured.
    """
    return [_bytes_of(secret) for secret in os.environ.get(SECRET, "").split()]


def _bytes_of(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith(PREFIX) or len(key) < LEAST:
        raise ImproperlyConfigured(
            f"{SECRET} holds something else than a secret; expected {PREFIX} and at least {LEAST} bytes in base64"
        )
    return key
