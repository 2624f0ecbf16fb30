"""Rule manager, data protection officer and operator: each has the own pages, and nobody else has them."""

import re

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine, Question, ShownDossier
from inzage.dossiers.models import ClientAccount
from inzage.oversight.counting import count_due
from inzage.oversight.questions import ask_why
from inzage.partners.models import Person
from inzage.view_rights.models import ClosingRun
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_person, a_right, origin, signed_in_as
from tests.portal.reading import markup, text

RULES, PROTECTION, OPERATOR = (
    Person.Role.RULE_MANAGER,
    Person.Role.DATA_PROTECTION_OFFICER,
    Person.Role.OPERATOR,
)
PAGES = {
    "/regels/": RULES,
    "/regels/boeken/2000-01-01/": RULES,
    "/regels/cijfers/": RULES,
    "/regels/nachten/": RULES,
    "/regels/nachten/{run}/": RULES,
    "/toezicht/": PROTECTION,
    "/toezicht/lijnen/{line}/": PROTECTION,
    "/toezicht/mensen/{person}/": PROTECTION,
    "/toezicht/organisaties/{unit}/": PROTECTION,
    "/toezicht/organisaties/{unit}/rechten/": PROTECTION,
    "/toezicht/dossiers/{dossier}/": PROTECTION,
    "/toezicht/vragen/": PROTECTION,
    "/toezicht/vragen/{question}/": PROTECTION,
    "/toezicht/redenen/": PROTECTION,
    "/toezicht/cijfers/": PROTECTION,
    "/beheer/": OPERATOR,
}
LANGUAGES = {
    "nl": ("Regelboek", "Logboek", "Toestand van het systeem"),
    "fr": ("Recueil de règles", "Journal", "État du système"),
    "en": ("Rule book", "Log", "State of the system"),
}


@pytest.fixture
def lived(office: Office) -> Office:
    """The office, after a night and a look: there is something on every page."""
    run(TODAY, clock=lambda: NOON)
    signed_in_as(office.carla).get(f"/dossiers/{office.anna.reference}/")
    shown = ShownDossier.objects.get(dossier=office.anna)
    ask_why(shown, "Waarom keek u?", origin=origin())
    count_due(NOON)
    return office


def filled(page: str, office: Office) -> str:
    """The address, with what there is in the office."""
    line = AccessLine.objects.order_by("pk").first()
    return page.format(
        run=ClosingRun.objects.get().pk,
        question=question.pk if (question := Question.objects.first()) else 0,
        line=line.pk if line else 0,
        person=office.carla.pk,
        unit=office.own.pk,
        dossier=office.anna.reference,
    )


def everyone(office: Office) -> list[Person]:
    """One person of every role; the client is Anna herself."""
    people = [
        a_person(role.label, role, *([office.own] if role == "counsellor" else [])) for role in Person.Role
    ]
    client = next(person for person in people if person.role == Person.Role.CLIENT)
    ClientAccount.objects.create(person=client, client=office.anna.client)
    return people


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_its_own_role_and_for_no_other_which_leaves_no_trace(
    page: str, lived: Office
) -> None:
    address = filled(page, lived)
    for person in everyone(lived):
        before = AccessLine.objects.count()
        response = signed_in_as(person).get(address)
        if person.role == PAGES[page]:
            assert response.status_code == 200
            assert AccessLine.objects.count() - before in (0, 1)
        else:
            assert response.status_code == 403, person.role
            assert AccessLine.objects.count() == before
            assert "Anna" not in markup(response)


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_sent_to_sign_in(page: str, lived: Office) -> None:
    response = Browser().get(filled(page, lived))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/aanmelden/")


@pytest.mark.parametrize("role", [RULES, PROTECTION, OPERATOR])
def test_an_official_opens_no_dossier_and_finds_no_client(role: str, lived: Office) -> None:
    browser = signed_in_as(a_person("Iemand", role))
    assert browser.get(f"/dossiers/{lived.anna.reference}/").status_code == 403
    found = browser.post("/dossiers/zoeken/", {"number": lived.anna.client.client_number})
    assert found.status_code == 403


@pytest.mark.parametrize(
    ("role", "first"), [(RULES, "/regels/"), (PROTECTION, "/toezicht/"), (OPERATOR, "/beheer/")]
)
def test_the_menu_leads_to_the_own_pages_and_the_first_is_where_they_begin(
    role: str, first: str, office: Office
) -> None:
    browser = signed_in_as(a_person("Iemand", role))
    assert browser.get("/").headers["Location"] == first
    assert f'href="{first}" aria-current="page"' in markup(browser.get(first))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little_and_no_more_where_there_is_more(page: str, lived: Office) -> None:
    browser = signed_in_as(a_person("Iemand", PAGES[page]))
    address = filled(page, lived)
    few = asked(browser, address)
    for number in range(8):
        dossier = a_dossier(family=f"Verzinsel {number}")
        a_right(dossier, lived.own)
        signed_in_as(lived.carla).get(f"/dossiers/{dossier.reference}/")
    many = asked(browser, address)
    assert many <= few <= 12


def asked(browser: Browser, address: str) -> int:
    """How many queries the page takes; the marks of a transaction are none."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_speak_three_languages(language: str, lived: Office) -> None:
    people = [a_person(role, role) for role in (RULES, PROTECTION, OPERATOR)]
    Person.objects.filter(pk__in=[person.pk for person in people]).update(language=language)
    firsts = ("/regels/", "/toezicht/", "/beheer/")
    for person, page, heading in zip(people, firsts, LANGUAGES[language], strict=True):
        shown = markup(signed_in_as(person).get(page))
        assert f'<html lang="{language}">' in shown
        assert f"<h1>{heading}</h1>" in shown


@pytest.mark.parametrize("page", PAGES)
def test_no_dutch_is_left_on_an_english_page(page: str, lived: Office) -> None:
    """Headings, columns and labels are other words than in Dutch; but for a name, and what is written alike."""
    person = a_person("Iemand", PAGES[page])
    address, alike = filled(page, lived), {"Service", "Moment", "Mails", "Carla", "Werkpad", "Anna Verzinsel"}
    words = {}
    for language in ("nl", "en"):
        Person.objects.filter(pk=person.pk).update(language=language)
        words[language] = headings(markup(signed_in_as(person).get(address)))
    assert len(words["nl"]) == len(words["en"])
    assert {nl for nl, en in zip(words["nl"], words["en"], strict=True) if nl == en} <= alike


def headings(shown: str) -> list[str]:
    """What stands in headings and over columns."""
    return re.findall(r"<(?:h1|h2|th scope=\"col\"|dt|caption)[^>]*>([^<]+)<", shown)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_a_caption_every_page_one_heading_and_no_id_comes_twice(
    page: str, lived: Office
) -> None:
    shown = markup(signed_in_as(a_person("Iemand", PAGES[page])).get(filled(page, lived)))
    assert shown.count("<h1") == 1
    assert shown.count("<table") == shown.count("<caption")
    assert "style=" not in shown
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))


def test_before_anything_happened_each_page_says_what_to_expect(office: Office) -> None:
    rules, protection = signed_in_as(a_person("R", RULES)), signed_in_as(a_person("P", PROTECTION))
    assert "Er is nog niet geteld." in text(rules.get("/regels/cijfers/"))
    assert "Er is nog geen nacht afgesloten." in text(rules.get("/regels/nachten/"))
    assert "Van deze dagen is nog niets geteld." in text(protection.get("/toezicht/cijfers/"))
    assert "Niemand van VDAB keek" in text(protection.get("/toezicht/redenen/"))
