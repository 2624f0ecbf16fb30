"""Fields and the way to them in a real browser: what is typed, what is wrong, where the focus is."""

import pytest
from playwright.sync_api import Page, expect

from inzage.dossiers.models import Activity
from tests.portal.walks.walking import come_in, tab_to

pytestmark = pytest.mark.browser


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    come_in(page, "Carla")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Afgesloten inzagerechten")).to_be_focused()


def test_an_hour_and_a_half_typed_with_a_comma_is_an_hour_and_a_half(line: Activity, page: Page) -> None:
    come_in(page, "Carla")
    page.goto(f"/dossiers/{line.dossier.reference}/acties/{line.pk}/")
    tab_to(page, "Uren aanwezig")
    page.keyboard.type("1,5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De prestaties zijn geregistreerd.")
    expect(page.get_by_role("cell", name="1,50", exact=True)).to_be_visible()


def test_what_is_wrong_is_on_top_and_has_the_focus(line: Activity, page: Page) -> None:
    come_in(page, "Carla")
    page.goto(f"/dossiers/{line.dossier.reference}/acties/{line.pk}/")
    tab_to(page, "Uren aanwezig")
    page.keyboard.type("anderhalf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vul een aantal uren in, zoals 7 of 1,5.")
    expect(page).to_have_title("Fout: Actie · Inzage")
    expect(page.get_by_label("Uren aanwezig")).to_be_focused()
