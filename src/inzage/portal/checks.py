"""What must be so before the portal starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}


def demo_stays_at_home(**_: Any) -> list[CheckMessage]:
    """In demo mode anybody signs in as anyone, so it answers to this machine's own names only."""
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if not settings.DEMO or not elsewhere:
        return []
    message = (
        f"demo mode lets anybody sign in as anyone, and INZAGE_ALLOWED_HOSTS names {', '.join(elsewhere)}"
    )
    hint = "Leave INZAGE_DEMO out, or keep INZAGE_ALLOWED_HOSTS to localhost and 127.0.0.1."
    return [Error(f"{message}. {hint}", id="inzage.E001")]
