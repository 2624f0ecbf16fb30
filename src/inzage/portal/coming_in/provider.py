"""The identity provider, as the settings name what makes it: the pages don't know the adapters."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from inzage.partners.identities import Provider


def provider() -> Provider | None:
    """The configured one; None where nobody can sign in this way."""
    configured: Callable[[], Provider | None] = import_string(settings.IDENTITY_PROVIDER)
    return configured()


def own_address(name: str) -> str:
    """One of our pages as the provider knows it: by the configured address, never by what a request says."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name)}"


def house() -> str:
    """The host of the provider, as people see it in their address bar."""
    return str(settings.OIDC_ISSUER).partition("://")[2].partition("/")[0]
