"""What must be so before the portal starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

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


def people_can_sign_in(**_: Any) -> list[CheckMessage]:
    """Without an identity provider nobody comes in; without its codes for VDAB nobody has a role there."""
    if settings.DEMO:
        return []
    if not settings.OIDC_ISSUER:
        message = "no identity provider is configured: nobody can sign in"
        hint = "Set INZAGE_OIDC_ISSUER, INZAGE_OIDC_CLIENT_ID and INZAGE_OIDC_CLIENT_SECRET_FILE."
        return [Warning(message, hint=hint, id="inzage.W001")]
    if not settings.OIDC_OWN_CODES:
        message = "INZAGE_OIDC_OWN_CODES is empty: the identity provider gives nobody a role at VDAB"
        hint = "Set it to the code by which the identity provider knows VDAB."
        return [Warning(message, hint=hint, id="inzage.W002")]
    return []
