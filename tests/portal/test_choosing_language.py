"""The language of the pages: staff keep theirs, a client's is known to the browser alone, strangers choose too."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from inzage.dossiers.models import ClientAccount
from inzage.partners.models import Person
from tests.portal.office import Office, a_person, signed_in_as
from tests.portal.reading import address, goes_to, markup, text

COOKIE = "inzage_language"
HEADING = {"nl": "Mijn dossiers", "fr": "Mes dossiers", "en": "My dossiers"}
OWN_NAME = {"nl": "Nederlands", "fr": "Français", "en": "English"}
CURRENT = re.compile(r'<button name="language" [^>]*lang="(\w+)" aria-current="true">(\w+)<')
OFFERED = re.compile(r'<button name="language" value="(\w+)" lang="(\w+)"[^>]*>(\w+)<')
SIGNING_IN = {"nl": "Aanmelden", "fr": "Se connecter", "en": "Sign in"}


def choose(browser: Browser, language: str, *, on: str = "") -> object:
    """Choose a language on the page at that address."""
    return browser.post(reverse("language"), {"language": language}, headers={"referer": on} if on else {})


@pytest.fixture
def anna(office: Office) -> Browser:
    """The browser of Anna herself."""
    person = a_person("Anna", Person.Role.CLIENT)
    ClientAccount.objects.create(person=person, client=office.anna.client)
    return signed_in_as(person)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_page_speaks_the_language_that_staff_chose_and_says_so(
    carla: Browser, office: Office, language: str
) -> None:
    choose(carla, language)
    response = carla.get("/dossiers/")
    assert HEADING[language] in text(response)
    assert f'<html lang="{language}">' in markup(response)
    assert response.headers["Content-Language"] == language
    assert CURRENT.findall(markup(response)) == [(language, OWN_NAME[language])]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_language_is_offered_under_its_own_name_in_its_own_language(
    carla: Browser, language: str
) -> None:
    choose(carla, language)
    offered = OFFERED.findall(markup(carla.get("/dossiers/")))
    assert offered == [(code, code, name) for code, name in OWN_NAME.items()]


def test_the_choice_of_staff_is_kept_with_the_account_and_follows_to_another_browser(
    carla: Browser, office: Office
) -> None:
    choose(carla, "fr")
    office.carla.refresh_from_db()
    assert office.carla.language == "fr"
    assert COOKIE not in carla.cookies
    assert HEADING["fr"] in text(signed_in_as(office.carla).get("/dossiers/"))


def test_the_choice_of_one_is_nobody_elses(carla: Browser, otto: Browser, office: Office) -> None:
    choose(carla, "fr")
    assert HEADING["nl"] in text(otto.get("/dossiers/"))
    assert set(Person.objects.exclude(pk=office.carla.pk).values_list("language", flat=True)) == {""}


def test_a_clients_choice_leaves_no_trace_in_the_database(anna: Browser) -> None:
    before = list(Session.objects.values())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        choose(anna, "fr")
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert list(Session.objects.values()) == before
    assert Person.objects.get(name="Anna").language == ""
    assert anna.cookies[COOKIE].value == "fr"


def test_a_client_reads_the_language_chosen_in_this_browser_and_in_no_other(anna: Browser) -> None:
    choose(anna, "fr")
    assert '<html lang="fr">' in markup(anna.get("/nergens/"))
    elsewhere = signed_in_as(Person.objects.get(name="Anna"))
    assert '<html lang="nl">' in markup(elsewhere.get("/nergens/"))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_who_is_not_signed_in_chooses_too(db: None, language: str) -> None:
    browser = Browser()
    choose(browser, language)
    assert SIGNING_IN[language] in text(browser.get("/aanmelden/"))


def test_where_nothing_was_chosen_the_browsers_own_language_counts(db: None) -> None:
    page = Browser().get("/aanmelden/", headers={"accept-language": "fr-BE,fr;q=0.9,en;q=0.8"})
    assert SIGNING_IN["fr"] in text(page)
    unknown = Browser().get("/aanmelden/", headers={"accept-language": "de"})
    assert SIGNING_IN["nl"] in text(unknown)


def test_what_was_chosen_goes_before_the_browsers_own_language(db: None) -> None:
    browser = Browser(headers={"accept-language": "fr"})
    choose(browser, "en")
    assert SIGNING_IN["en"] in text(browser.get("/aanmelden/"))


def test_the_cookie_is_read_by_the_server_alone(db: None, settings: Settings) -> None:
    settings.LANGUAGE_COOKIE_SECURE = True
    browser = Browser()
    choose(browser, "fr")
    cookie = browser.cookies[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_one_comes_back_to_the_page_one_was_on(carla: Browser, office: Office) -> None:
    page = f"http://testserver{address(office.anna)}"
    assert goes_to(choose(carla, "fr", on=page)) == page


@pytest.mark.parametrize(
    "page", ["", "http://elsewhere.example/dossiers/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_from_a_page_that_is_not_ours_one_comes_to_the_beginning(carla: Browser, page: str) -> None:
    assert goes_to(choose(carla, "fr", on=page)) == "/"


@pytest.mark.parametrize("language", ["", "de", "FR", "fr-be", "xx" * 50])
def test_a_language_that_is_not_offered_is_not_there_and_changes_nothing(
    carla: Browser, office: Office, language: str
) -> None:
    choose(carla, "fr")
    response = carla.post(reverse("language"), {"language": language})
    assert response.status_code == 404
    office.carla.refresh_from_db()
    assert office.carla.language == "fr"


@pytest.mark.parametrize("value", ["de", "../fr", "fr\x00", ""])
def test_a_cookie_with_anything_else_is_not_read(db: None, value: str) -> None:
    browser = Browser()
    browser.cookies[COOKIE] = value
    assert SIGNING_IN["nl"] in text(browser.get("/aanmelden/"))


def test_a_link_followed_by_accident_chooses_nothing(carla: Browser, office: Office) -> None:
    assert goes_to(carla.get(reverse("language"), {"language": "fr"})) == "/"
    office.carla.refresh_from_db()
    assert office.carla.language == ""


def test_another_site_can_not_choose_for_somebody(office: Office) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(office.carla)
    assert choose(browser, "fr").status_code == 403  # type: ignore[attr-defined]
    office.carla.refresh_from_db()
    assert office.carla.language == ""


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_errors_speak_the_language_too(carla: Browser, language: str) -> None:
    choose(carla, language)
    expected = {"nl": "Deze bladzijde bestaat niet", "fr": "Cette page n'existe pas", "en": "does not exist"}
    assert expected[language] in text(carla.get("/nergens/"))
    refused = {"nl": "Hier kunt u niet bij", "fr": "Vous n'avez pas accès", "en": "You can't get in here"}
    assert refused[language] in text(carla.get("/formulieren/"))


def test_what_was_chosen_as_staff_does_not_hold_for_a_client(anna: Browser) -> None:
    Person.objects.filter(role=Person.Role.CLIENT).update(language="fr")
    choose(anna, "en")
    assert '<html lang="en">' in markup(anna.get("/mijn-dossier/"))


@pytest.mark.parametrize("going", ["today", "person"])
def test_a_word_alone_is_no_page_to_go_to(office: Office, going: str) -> None:
    sent = {"person": "Carla", "next": going}
    assert goes_to(Browser().post("/aanmelden/", sent)) == "/"
