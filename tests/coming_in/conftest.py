"""What these tests share: the clock, the small world, and a provider."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from inzage.partners.models import Partner
from inzage.portal import clock
from inzage.rules.days import day_of
from tests.coming_in.arriving import LEERHUIS, WERKPAD
from tests.coming_in.real import OURS, SECRET, RealProvider, real_provider
from tests.coming_in.saying import Saying
from tests.portal.office import Office, a_right

VDAB = "OVO000001"


class Clock:
    """The real moment, until a test says that time went by: a real provider has a real clock."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """The moment, as our pages see it."""
        return timezone.now() + self.ahead


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    """Outside the demo, over plain http on this machine."""
    found = Clock()
    monkeypatch.setattr(clock, "now", found.now)
    settings.DEMO = False
    settings.PUBLIC_URL = OURS
    settings.OIDC_OWN_CODES = frozenset({VDAB})
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "inzage", "inzage_csrf"
    settings.SAID_COOKIE_NAME = "inzage_said"
    return found


@pytest.fixture
def office(db: None) -> Office:
    """Two organisations, a school and the desks of VDAB."""
    return Office()


@pytest.fixture(scope="package")
def real() -> Iterator[RealProvider]:
    """One that these tests share; each tells it of people of its own."""
    with real_provider() as provider:
        yield provider


@pytest.fixture
def provider(real: RealProvider, settings: Settings) -> RealProvider:
    """The real one, as the one at which people sign in."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = real.issuer, "inzage", SECRET
    return real


@pytest.fixture
def partners(office: Office) -> Office:
    """Both organisations with their KBO numbers, and a right that stands today."""
    for unit, number in ((office.own, WERKPAD), (office.other, LEERHUIS)):
        unit.partner = Partner.objects.create(kbo_number=number, name=unit.name)
        unit.save()
    a_right(office.anna, office.own, on=day_of(clock.now()))
    return office


@pytest.fixture
def saying() -> Saying:
    """A provider that is right in everything."""
    return Saying()
