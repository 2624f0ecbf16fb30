"""What the portal's tests share: a fixed moment, a small world, and everyone's browser."""

from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from inzage.notices.models import Mail, Notice
from inzage.partners.models import Person
from inzage.portal import clock
from tests.portal.clients import browser_of
from tests.portal.managing import manager_of
from tests.portal.office import NOON, Office, Tab, a_form, a_person, official, signed_in_as
from tests.portal.operating import everything_done


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """It is noon, plain http on this machine, in demo mode; mails that are kept are the test's own.

    Sessions outlast the days that a test lets pass.
    """
    settings.EMAIL_FILE_PATH, settings.REHEARSALS = tmp_path / "mails", tmp_path / "rehearsals"
    monkeypatch.setattr(clock, "now", lambda: NOON)
    settings.SESSION_HOURS, settings.SESSION_IDLE_MINUTES = 1_000_000, 60_000_000
    settings.DEMO = True
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "inzage", "inzage_csrf"
    settings.SAID_COOKIE_NAME = "inzage_said"
    settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_COOKIE_SECURE = "inzage_language", False


@pytest.fixture
def office(db: None) -> Office:
    """Two organisations and the desks of VDAB, in a transaction that is rolled back."""
    return Office()


@pytest.fixture
def carla(office: Office) -> Browser:
    """The browser of Werkpad's counsellor, who may see Anna's dossier."""
    return signed_in_as(office.carla)


@pytest.fixture
def otto(office: Office) -> Browser:
    """The browser of Leerhuis' counsellor, who may not."""
    return signed_in_as(office.otto)


@pytest.fixture
def sofie(office: Office) -> Browser:
    """The browser of a school's counsellor."""
    return signed_in_as(office.sofie)


@pytest.fixture
def mira(office: Office) -> Browser:
    """The mediator's browser."""
    return signed_in_as(office.mira)


@pytest.fixture
def bas(office: Office) -> Browser:
    """The browser at VDAB Brussel's desk."""
    return signed_in_as(office.bas)


@pytest.fixture
def anna(office: Office) -> Browser:
    """The client's own browser."""
    return browser_of(office.anna)


@pytest.fixture
def administrator(office: Office) -> Browser:
    """The browser of who lets people in."""
    return signed_in_as(official(Person.Role.ADMINISTRATOR))


@pytest.fixture
def boss(office: Office) -> Tab:
    """The browser of Carla, who manages Werkpad."""
    return signed_in_as(manager_of(office.own, office.carla))


@pytest.fixture
def rudi(office: Office) -> Tab:
    """The rule manager's browser."""
    return signed_in_as(official(Person.Role.RULE_MANAGER))


@pytest.fixture
def dina(office: Office) -> Tab:
    """The data protection officer's browser."""
    return signed_in_as(official(Person.Role.DATA_PROTECTION_OFFICER))


@pytest.fixture
def otis(office: Office) -> Tab:
    """The operator's browser."""
    return signed_in_as(official(Person.Role.OPERATOR))


@pytest.fixture
def on_the_list(office: Office) -> None:
    """Anna is on the mediators' work list."""
    a_form(office.anna, office.school)


@pytest.fixture
def well(office: Office) -> None:
    """Everything was done as it should be."""
    Notice.objects.update(mailed_at=NOON)
    Mail.objects.update(mailed_at=NOON)
    everything_done()


@pytest.fixture
def rani(office: Office) -> Tab:
    """A second rule manager's browser."""
    return signed_in_as(a_person("Rani", Person.Role.RULE_MANAGER))
