"""How the pages look in a real browser: as wide as the screen, and with the colours that people chose."""

import pytest
from playwright.sync_api import Page

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Client
from inzage.partners.models import Unit
from tests.portal.office import Office, an_activity
from tests.portal.walks.walking import come_in

pytestmark = pytest.mark.browser


@pytest.fixture
def long_words(office: Office, line: Activity) -> None:
    """Names and titles of one word that no screen is wide enough for."""
    word = "Arbeidsongeschiktheidsverzekeringsmaatschappij" * 3
    Unit.objects.filter(pk__in=[office.own.pk, office.other.pk]).update(name=word)
    Client.objects.filter(pk=office.anna.client_id).update(family_name=word)
    an_activity(office, title=word)


@pytest.mark.parametrize("width", [320, 390, 740, 810, 1280])
def test_no_page_for_brussels_is_wider_than_the_screen_whatever_the_words(
    long_words: None, in_elsene: ConsentForm, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    reference = in_elsene.dossier.reference
    form = f"/aanvragen/{in_elsene.pk}/"
    pages = {
        "Carla": [f"/dossiers/{reference}/", f"/dossiers/{reference}/inlichten/", form, f"{form}afdrukken/"],
        "Sofie": ["/leerlingen/", f"/leerlingen/{reference}/"],
        "Bas": [
            "/brussel/inschrijvingen/",
            f"/brussel/deelnemers/{reference}/",
            f"/formulieren/{in_elsene.pk}/",
        ],
    }
    for who, addresses in pages.items():
        page.goto("/aanmelden/")
        page.get_by_role("button", name=who).click()
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [320, 390, 740, 810, 1280])
def test_no_page_is_wider_than_the_screen_whatever_the_words(
    long_words: None, line: Activity, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    come_in(page, "Carla")
    dossier = f"/dossiers/{line.dossier.reference}/"
    asking = "/aanvragen/nieuw/"
    link = f"{asking}?dossier={line.dossier.reference}&voor=OE2"
    for address in ("/dossiers/", dossier, f"{dossier}acties/{line.pk}/", asking, link, "/berichten/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_with_forced_colours_the_chosen_list_and_menu_item_still_stand_out(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    come_in(page, "Carla")
    edge = "e => getComputedStyle(e).borderBottomWidth + getComputedStyle(e).borderBottomColor"
    for menu in ("Hoofdmenu", "Wat u ziet"):
        links = page.get_by_role("navigation", name=menu).get_by_role("link")
        edges = {link.evaluate(edge): link.get_attribute("aria-current") for link in links.all()}
        assert len(edges) == 2, menu
        assert any(edges.values()), menu
