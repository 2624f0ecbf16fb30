"""What whoever installs should know of the decision API."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info


def callers_can_be_known(**_: Any) -> list[CheckMessage]:
    """Without an issuer of tokens nobody can ask: safe, and perhaps not meant."""
    if settings.TOKEN_ISSUER or settings.DEMO:
        return []
    message = "no issuer of access tokens is configured: the decision API refuses everybody"
    hint = "Set INZAGE_TOKEN_ISSUER and INZAGE_TOKEN_AUDIENCE, if other systems are to ask for decisions."
    return [Info(message, hint=hint, id="inzage.I001")]
