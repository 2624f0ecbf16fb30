"""A manager's day with the keyboard alone: an unused right is given back, and somebody joins the team."""

import pytest
from playwright.sync_api import Page, expect

from inzage.partners.models import Person
from inzage.view_rights.models import ViewRight
from tests.portal.managing import an_old_right, manager_of
from tests.portal.office import Office, a_person
from tests.portal.walks.walking import fill, go, leave, press, tick

pytestmark = [pytest.mark.browser, pytest.mark.walk]


@pytest.fixture
def unused(office: Office) -> ViewRight:
    """A right of Werkpad, which Carla manages, that nobody used; Cas is known, and works for nobody yet."""
    manager_of(office.own, office.carla)
    a_person("Cas", Person.Role.COUNSELLOR)
    return an_old_right(office.own)


@pytest.fixture
def number(unused: ViewRight) -> str:
    """The client number that stands on the list. (The database is asked before the browser starts.)"""
    return unused.dossier.client.client_number


def test_with_the_keyboard_alone_a_manager_gives_back_and_makes_a_member_and_a_manager(
    number: str, page: Page
) -> None:
    go(page, "Carla", to="Vandaag")
    go(page, "Ongebruikt", to="Ongebruikte inzagerechten")
    tick(page, f"Kies {number}")
    go(page, "Geef de gekozen rechten terug", to="Inzagerechten teruggeven")
    tick(page, "Ik geef deze inzagerechten terug")
    press(page, "Geef deze rechten terug", said="1 inzagerecht is teruggegeven.")
    expect(page.get_by_text(number)).to_have_count(0)
    go(page, "Ons team", to="Ons team")
    fill(page, "Hoe de identiteitsdienst deze persoon noemt", "Cas")
    press(page, "Voeg toe aan het team", said="Deze persoon werkt nu voor uw organisatie.")
    press(page, "Laat beheren: Cas", said="Deze persoon beheert nu het team.")
    go(page, "Cijfers", to="Cijfers")
    leave(page)
    go(page, "Cas", to="Vandaag")
    go(page, "Ons team", to="Ons team")
    leave(page)
