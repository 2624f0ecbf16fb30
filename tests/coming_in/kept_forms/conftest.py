"""What the tests of kept forms share: Carla at work, and what she enters."""

import pytest
from django.test import Client as Browser

from inzage.partners import people
from inzage.partners.models import Person
from inzage.rules.days import day_of
from tests.coming_in.conftest import Clock
from tests.coming_in.pretending import CARLA, ISSUER, WERKPAD, Pretending
from tests.coming_in.travelling import in_by, provider
from tests.portal.office import Office, a_right, origin

__all__ = ["provider"]


@pytest.fixture
def carla(provider: Pretending, office: Office, time: Clock) -> Person:
    """Carla at work, for Werkpad and for Leerhuis, with a right on Anna's dossier today."""
    for unit in (office.own, office.other):
        unit.organisation_code = WERKPAD.code
        unit.save()
    a_right(office.anna, office.own, on=day_of(time.now()))
    in_by(Browser(), who=CARLA)
    person = Person.objects.get(issuer=ISSUER, subject="s-1")
    return people.join(person.pk, office.own, manages=False, origin=origin())


@pytest.fixture
def browser(carla: Person) -> Browser:
    """In which she is at work."""
    browser = Browser()
    in_by(browser, who=CARLA)
    return browser


@pytest.fixture
def new(time: Clock) -> dict[str, str]:
    """What she enters: an activity that begins."""
    today = day_of(time.now())
    words = {"kind": "training", "title": 'Lassen & "meer"', "begun": "requested_on", "on": today.isoformat()}
    return {"for_unit": "OE1", **words}
