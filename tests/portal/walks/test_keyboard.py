"""In a real browser, with the keyboard alone: from signing in to a dossier, and from a form to a right."""

import pytest
from playwright.sync_api import Page, expect

from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.models import ConsentForm
from inzage.rules.names import Route, Way
from inzage.view_rights.next_steps import link_to
from tests.portal.deciding import asked_of_client, the_client
from tests.portal.office import Office, in_brussels, origin
from tests.portal.walks.walking import come_in, fill, go, leave, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.walk]


def test_with_the_keyboard_alone_from_signing_in_to_a_dossier(page: Page) -> None:
    come_in(page, "Carla")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")
    expect(page.get_by_text("Tot en met 2 september 2026")).to_be_visible()


def test_with_the_keyboard_alone_an_activity_is_registered(page: Page) -> None:
    come_in(page, "Carla")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")
    tab_to(page, "Actie registreren")
    page.keyboard.press("Enter")
    tab_to(page, "Titel")
    page.keyboard.type("Lassen voor beginners")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De actie is geregistreerd.")
    expect(page.get_by_role("link", name="Lassen voor beginners")).to_be_visible()
    leave(page)


def test_a_mediator_grants_a_form_and_the_partner_sees_the_dossier(page: Page) -> None:
    go(page, "Mira", to="Formulieren te behandelen")
    go(page, "Anna Verzinsel", to="Formulier van Anna Verzinsel")
    expect(page.get_by_text("Het formulier is volledig.")).to_be_visible()
    go(page, "Inzagerecht toekennen", to="Formulier van Anna Verzinsel")
    expect(page.get_by_role("status")).to_contain_text("Het inzagerecht is toegekend.")
    leave(page)
    come_in(page, "Otto")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")


@pytest.fixture
def asked(office: Office) -> None:
    """Leerhuis asks Anna, who lives in Brussels and can sign in."""
    in_brussels(office.anna)
    asked_of_client(office.anna, office.other, route=Route.BRUSSELS_FORM)
    the_client(office.anna)


def test_with_the_keyboard_alone_a_client_consents_and_shuts_out_again(asked: None, page: Page) -> None:
    page.reload()
    go(page, "client", to="Wie mag mijn dossier zien?")
    go(page, "Toestemmingen", to="Mijn toestemmingen")
    go(page, "Lezen en antwoorden: Leerhuis", to="Leerhuis vraagt uw toestemming")
    tab_to(page, "Ik las dat VDAB en Actiris")
    page.keyboard.press("Space")
    go(page, "Verder: nakijken", to="Kijk na en dien in")
    go(page, "Terug om te wijzigen", to="Leerhuis vraagt uw toestemming")
    expect(page.get_by_role("checkbox")).to_be_checked()
    go(page, "Verder: nakijken", to="Kijk na en dien in")
    go(page, "Ik geef toestemming", to="Mijn toestemmingen")
    expect(page.get_by_role("status")).to_contain_text("U gaf toestemming voor Leerhuis.")
    go(page, "Kies een organisatie", to="Een organisatie uitsluiten")
    go(page, "Werkpad", to="Werkpad uitsluiten")
    go(page, "Werkpad uitsluiten", to="Mijn toestemmingen")
    expect(page.get_by_role("status")).to_contain_text("Werkpad ziet uw dossier vanaf nu niet meer.")
    leave(page)


@pytest.fixture
def code(office: Office) -> str:
    """The code on the form that Anna, who can sign in, was given on paper."""
    the_client(office.anna)
    return give_out(asked_of_client(office.anna, office.other), "nl", origin=origin()).code


def test_with_the_keyboard_alone_a_client_answers_on_screen_what_was_asked_on_paper(
    code: str, page: Page
) -> None:
    go(page, "client", to="Wie mag mijn dossier zien?")
    go(page, "Toestemmingen", to="Mijn toestemmingen")
    go(page, "Typ de code van het formulier", to="Een formulier op papier")
    fill(page, "Code van het formulier", code.lower().replace("-", " "))
    go(page, "Zoek mijn formulier", to="Leerhuis vraagt uw toestemming")
    go(page, "Verder: nakijken", to="Kijk na en dien in")
    go(page, "Ik geef toestemming", to="Mijn toestemmingen")
    expect(page.get_by_role("status")).to_contain_text("U gaf toestemming voor Leerhuis.")
    leave(page)


@pytest.fixture
def link(office: Office) -> str:
    """Where Leerhuis asks a right on Anna's dossier."""
    reference = office.anna.reference
    made = link_to(Way.FORM, reference=reference, oe_number=office.other.oe_number)
    assert made is not None
    return made


def test_with_the_keyboard_alone_a_link_is_followed_from_signing_in_to_what_was_asked(
    link: str, office: Office, page: Page
) -> None:
    number = office.anna.client.client_number
    page.goto(link)
    go(page, "Otto", to="Vraag een inzagerecht aan")
    assert page.url.endswith(link)
    expect(page.get_by_role("heading", name="Het dossier waarvan u komt")).to_be_visible()
    tab_to(page, "INSZ of klantnummer")
    page.keyboard.type(number)
    tab_to(page, "Familienaam van de klant")
    page.keyboard.type("Iemand anders")
    tab_to(page, "begeleiding")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("vinden wij geen klant")
    page.get_by_label("Familienaam van de klant").fill("Verzinsel")
    go(page, "Verder", to="Welke weg open is")
    expect(page.get_by_role("radio", name="met het formulier")).to_be_checked()
    page.get_by_role("radio", name="met het formulier").focus()
    tab_to(page, "Aanvragen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text(
        "Het inzagerecht is aangevraagd. U ziet hier hoe ver het staat."
    )


def test_with_the_keyboard_alone_a_brussels_form_is_handed_in_and_granted(
    in_elsene: ConsentForm, page: Page
) -> None:
    come_in(page, "Carla")
    go(page, "Aanvragen", to="Aanvragen")
    go(page, "Brussels formulier", to="Brussels formulier")
    tab_to(page, "Ingelicht op")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Genoteerd: de klant is ingelicht over VDAB en Actiris.")
    page.get_by_label("Ingevuld op").fill("2026-03-02")
    go(page, "Indienen bij VDAB Brussel", to="Brussels formulier")
    expect(page.get_by_text("Het formulier is volledig en ligt bij VDAB Brussel.")).to_be_visible()
    leave(page)
    go(page, "Bas", to="Formulieren te behandelen")
    go(page, "Anna Verzinsel", to="Formulier van Anna Verzinsel")
    go(page, "Inzagerecht toekennen", to="Formulier van Anna Verzinsel")
    expect(page.get_by_role("status")).to_contain_text("Het inzagerecht is toegekend.")


def test_with_the_keyboard_alone_a_school_fills_in_the_card(in_elsene: ConsentForm, page: Page) -> None:
    go(page, "Sofie", to="Vandaag")
    go(page, "Leerlingen", to="Leerlingen in Leren en Werken")
    go(page, "Klantnummer", to="Leerling")
    tab_to(page, "CDO")
    page.keyboard.press("Space")
    tab_to(page, "Opleiding")
    page.keyboard.type("Lassen")
    page.get_by_label("Begint op").fill("2025-09-01")
    tab_to(page, "Fiche invullen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De fiche is ingevuld en bewaard.")
    leave(page)
