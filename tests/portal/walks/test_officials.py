"""The days of those with a task in the system itself, with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from inzage.oversight.counting import count_due
from inzage.partners.models import Person
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, Office, a_person
from tests.portal.test_officer_questions import asked
from tests.portal.walks.walking import fill, go, leave, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.walk]


@pytest.fixture
def night(office: Office) -> None:
    """A night went by, and rights were counted."""
    a_person("Rik", Person.Role.RULE_MANAGER)
    run(TODAY, clock=lambda: NOON)
    count_due(NOON)


def test_with_the_keyboard_alone_a_rule_manager_reads_the_book_the_figures_and_a_night(
    night: None, page: Page
) -> None:
    go(page, "Rik", to="Regelboek")
    go(page, "Cijfers", to="Rechten in cijfers")
    expect(page.get_by_role("heading", name="Waarvoor geen regel gepubliceerd is")).to_be_visible()
    go(page, "Nachtelijke afsluitingen", to="Nachtelijke afsluitingen")
    go(page, "2 maart 2026", to="Nacht vóór 2 maart 2026")
    go(page, "Nachtelijke afsluitingen", to="Nachtelijke afsluitingen")
    leave(page)


@pytest.fixture
def question(office: Office) -> None:
    """Anna asks why somebody of VDAB looked; the officer has to answer."""
    a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER)
    asked(office, unit="")


def test_with_the_keyboard_alone_an_officer_searches_the_log_takes_it_along_and_answers(
    question: None, page: Page
) -> None:
    go(page, "Dina", to="Logboek")
    fill(page, "Persoon", "Mira")
    tab_to(page, "Zoeken")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wat gevonden is")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("link", name="Mira")).to_be_visible()
    tab_to(page, "Alles opslaan als CSV")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".csv")
    go(page, "Vragen van klanten", to="Vragen van klanten")
    go(page, ", vraag", to="Vraag van een klant")
    fill(page, "Uw antwoord", "Een bemiddelaar zocht uw formulier.")
    press(page, "Verstuur het antwoord", said="Uw antwoord is verstuurd.")
    go(page, "Beantwoord", to="Vragen van klanten")
    go(page, ", vraag", to="Vraag van een klant")
    expect(page.get_by_text("Een bemiddelaar zocht uw formulier.")).to_be_visible()
    leave(page)


@pytest.fixture
def operator(office: Office) -> Person:
    """Who runs the platform."""
    return a_person("Oda", Person.Role.OPERATOR)


def test_with_the_keyboard_alone_an_operator_goes_to_what_asks_for_attention(
    operator: Person, page: Page
) -> None:
    go(page, "Oda", to="Toestand van het systeem")
    first = page.get_by_role("region", name="Wat uw aandacht vraagt").get_by_role("link").first
    part, words = first.get_attribute("href") or "", first.inner_text()
    tab_to(page, words)
    page.keyboard.press("Enter")
    assert page.url.endswith(part)
    expect(page.locator(part)).to_be_in_viewport()
    leave(page)


@pytest.fixture
def administrator(office: Office) -> Person:
    """Who lets people in."""
    return a_person("Ada", Person.Role.ADMINISTRATOR)


def test_with_the_keyboard_alone_an_administrator_lets_somebody_in_who_then_comes_in(
    administrator: Person, page: Page
) -> None:
    go(page, "Ada", to="Mensen")
    go(page, "Iemand toevoegen", to="Iemand toevoegen")
    fill(page, "Naam", "Nieuw")
    fill(page, "Hoe de identiteitsdienst", "nieuw")
    fill(page, "Identiteitsdienst", "demo")
    tab_to(page, "Rol")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    press(page, "Toevoegen", said="Deze persoon mag nu binnen.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nieuw")
    fill(page, "OE-nummer van de eenheid", "OE1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Deze persoon werkt nu voor de eenheid.")
    leave(page)
    go(page, "Nieuw", to="Vandaag")
    go(page, "Mijn dossiers", to="Mijn dossiers")
    expect(page.get_by_role("link", name="Anna Verzinsel")).to_be_visible()
    leave(page)
