"""There and back, by the provider that answers at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from inzage.partners.identities import Identity
from tests.coming_in.pretending import ISSUER, NAMED, PRETENDING, Pretending
from tests.portal.office import Office
from tests.portal.reading import goes_to


@pytest.fixture
def provider(settings: Settings, office: Office) -> Iterator[Pretending]:
    """One that lets in Carla."""
    settings.IDENTITY_PROVIDER, settings.OIDC_ISSUER = NAMED, ISSUER
    yield PRETENDING
    PRETENDING.__dict__.clear()


def state_of(response: object) -> str:
    """The state with which the browser was sent out."""
    return goes_to(response).rpartition("state=")[2]


def in_by(browser: Browser, going: str = "", *, who: Identity | None = None) -> Any:
    """There and back, as the one whom the provider knew last, or as this one."""
    if who is not None:
        PRETENDING.identity = who
    begun = browser.get("/aanmelden/begin/", {"next": going} if going else {})
    return browser.get("/aanmelden/terug/", {"state": state_of(begun), "code": "c"})


def is_in(browser: Browser) -> bool:
    """Whether our first page leads to work."""
    return "aanmelden" not in goes_to(browser.get("/"))
