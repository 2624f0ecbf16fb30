"""After signing in or choosing an organisation one is at the very link that one came with."""

import re

import pytest
from django.test import Client as Browser

from inzage.partners.models import Person
from inzage.rules.names import Way
from tests.portal.links import a_link
from tests.portal.office import (
    Office,
    a_person,
    signed_in_as,
)
from tests.portal.reading import goes_to, markup


def test_after_signing_in_one_is_at_that_very_link(office: Office) -> None:
    link, browser = a_link(office.anna, "OE2", Way.MEDIATOR), Browser()
    to_sign_in = goes_to(browser.get(link))
    page = markup(browser.get(to_sign_in))
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going is not None
    signed_in = browser.post(
        "/aanmelden/", {"person": "Otto", "next": going[1].replace("&amp;", "&")}, follow=True
    )
    assert signed_in.redirect_chain == [(link, 302)]
    assert f'name="dossier" value="{office.anna.reference}"' in markup(signed_in)


def test_somebody_of_two_organisations_chooses_one_and_is_at_that_very_link(office: Office) -> None:
    browser = signed_in_as(a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other))
    link = a_link(office.anna)
    page = markup(browser.get(link, follow=True))
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going is not None
    next_page = going[1].replace("&amp;", "&")
    assert goes_to(browser.post("/organisatie/", {"unit": "OE2", "next": next_page})) == link


@pytest.mark.parametrize("going", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1", ""])
def test_after_choosing_an_organisation_one_is_never_sent_elsewhere(otto: Browser, going: str) -> None:
    assert goes_to(otto.post("/organisatie/", {"unit": "OE2", "next": going})) == "/vandaag/"
