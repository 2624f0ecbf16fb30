"""What holds on every page: the log comes first, nothing is kept or loaded elsewhere, errors say what to do."""

import re
from collections.abc import Mapping

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import URLPattern, reverse
from pytest_django import Settings

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.consents.models import ConsentForm, InformationGiven
from inzage.dossiers.models import Activity, Address, Enrolment, RecordCard
from inzage.partners.models import Person
from inzage.portal.coming_in.urls import OPEN
from inzage.portal.urls import urlpatterns
from inzage.project import settings as ours
from inzage.tasks.models import Task
from inzage.view_rights.models import ViewRight
from tests.portal.everyones_pages import pages_of
from tests.portal.office import (
    Office,
    a_person,
    signed_in_as,
)
from tests.portal.reading import address, text

Answer = tuple[str, str, Mapping[str, str]]
"""The address of a page, its markup, its headers."""
KEPT = (ViewRight, ConsentForm, Activity, Address, Enrolment, RecordCard, InformationGiven, Task)
SCRIPT = re.compile(r'<script src="/static/[^"]+" defer></script>')
LINK = re.compile(r'(?:href|action|src)="([^"]*)"')


@pytest.fixture(params=["carla", "mira", "sofie", "bas", "anna", "administrator"])
def pages(request: pytest.FixtureRequest, office: Office) -> list[Answer]:
    """Every page of each of these people: address, markup, headers."""
    browser = request.getfixturevalue(request.param)
    answers = [(page, browser.get(page)) for page in pages_of(office, request.param)]
    return [(page, answer.content.decode(), answer.headers) for page, answer in answers]


def test_every_page_loads_nothing_from_elsewhere_and_nothing_inline(
    pages: list[Answer],
) -> None:
    for page, markup, headers in pages:
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert "connect-src 'self';" in policy
        assert all(SCRIPT.fullmatch(script) for script in re.findall(r"<script.*?</script>", markup)), page
        assert "style=" not in markup, page
        assert "<style" not in markup, page
        assert not re.search(r'\son\w+="', markup), page
        assert all(link.startswith(("/", "?", "#")) for link in LINK.findall(markup)), page


def test_no_page_is_kept_by_a_cache_or_sends_its_address_elsewhere(
    pages: list[Answer],
) -> None:
    for _page, _markup, headers in pages:
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "camera=()" in headers["Permissions-Policy"]


def test_no_address_on_any_page_holds_a_number_or_a_name_of_a_person(
    pages: list[Answer], office: Office
) -> None:
    client = office.anna.client
    for page, markup, _headers in pages:
        for link in [page, *LINK.findall(markup)]:
            for told in (client.insz, client.client_number, client.family_name, client.given_name):
                assert told not in link


def test_every_page_is_dutch_has_one_heading_a_skip_link_and_named_tables(
    pages: list[Answer],
) -> None:
    for page, markup, _headers in pages:
        assert '<html lang="nl">' in markup
        assert markup.count("<h1") == 1, page
        assert 'href="#inhoud"' in markup
        assert markup.count("<table") == markup.count("<caption"), page
        for field in re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', markup):
            assert f'for="{field}"' in markup, (page, field)
        ids = re.findall(r' id="([^"]+)"', markup)
        assert len(ids) == len(set(ids)), page


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if p.name not in {"sign-in", "index", *OPEN}])
def test_no_page_takes_what_was_sent_from_elsewhere(office: Office, pattern: URLPattern) -> None:
    given = {"UUIDConverter": office.anna.reference, "IntConverter": 1, "StringConverter": "een"}
    parts = pattern.pattern.converters.items()
    page = reverse(str(pattern.name), kwargs={part: given[type(each).__name__] for part, each in parts})
    response = signed_in_as(office.carla, enforce_csrf_checks=True).post(page, {"act": "grant"})
    assert response.status_code == 403
    assert "Uw scherm was verouderd" in text(response)


def test_choosing_a_person_is_not_taken_from_elsewhere(office: Office) -> None:
    response = Browser(enforce_csrf_checks=True).post("/aanmelden/", {"person": "Carla"})
    assert response.status_code == 403


@pytest.fixture(params=[AccessLine, ShownDossier])
def without_log(request: pytest.FixtureRequest, office: Office) -> None:
    """One table of the access log is gone."""
    table = request.param._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


def test_without_the_log_no_dossier_and_no_list_is_shown(
    carla: Browser, office: Office, without_log: None
) -> None:
    for page in (address(office.anna), "/dossiers/"):
        status, shown = answer(carla, "get", page)
        assert status == 500
        assert "Anna" not in shown


def test_without_the_log_no_search_is_answered(carla: Browser, office: Office, without_log: None) -> None:
    status, shown = answer(carla, "post", "/dossiers/zoeken/", number=office.anna.client.insz)
    assert status == 500
    assert str(office.anna.reference) not in shown


def test_without_the_log_no_consent_is_recorded(mira: Browser, office: Office, without_log: None) -> None:
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel"}
    entered = {**known, "unit": "OE2", "purpose": "guidance"}
    assert answer(mira, "post", "/formulieren/toestemming/", **entered)[0] == 500
    assert not ViewRight.objects.filter(unit=office.other).exists()
    assert not ConsentForm.objects.filter(unit=office.other).exists()


def answer(browser: Browser, method: str, page: str, **sent: str) -> tuple[int, str]:
    """Status and page, asked in a transaction that is undone, so that the next question finds the database well."""
    browser.raise_request_exception = False
    with transaction.atomic():
        response = getattr(browser, method)(page, sent)
        transaction.set_rollback(True)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    "page", ["/nergens/", "/dossiers/K0000001/", "/formulieren/99999999999999999999999/"]
)
def test_a_page_that_does_not_exist_says_so_in_dutch(mira: Browser, page: str) -> None:
    response = mira.get(page)
    assert response.status_code == 404
    assert "Deze bladzijde bestaat niet" in text(response)


def test_a_defect_shows_no_trace_and_says_what_to_do(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("inzage.portal.partner.dossier.why", breaks)
    carla.raise_request_exception = False
    response = carla.get(address(office.anna))
    assert response.status_code == 500
    assert "Er ging iets mis" in text(response)
    assert "the inside" not in response.content.decode()
    assert "Anna" not in response.content.decode()
    assert not AccessLine.objects.filter(kind="look").exists()


def test_a_host_that_is_not_ours_is_a_bad_request(settings: Settings) -> None:
    response = Browser(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Dit verzoek klopt niet" in text(response)


def test_nothing_is_changed_by_looking(
    carla: Browser, mira: Browser, sofie: Browser, bas: Browser, anna: Browser, office: Office
) -> None:
    browsers = {"carla": carla, "mira": mira, "sofie": sofie, "bas": bas, "anna": anna}
    pages = [(browser, page) for name, browser in browsers.items() for page in pages_of(office, name)]
    before = _stored()
    for browser, page in pages:
        browser.get(page)
    assert _stored() == before


def _stored() -> list[object]:
    """What pages change, as it is stored."""
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def test_each_cookie_is_of_this_host_alone(office: Office, settings: Settings) -> None:
    names = {name: getattr(ours, name) for name in dir(ours) if name.endswith("_COOKIE_NAME")}
    for name, value in names.items():
        setattr(settings, name, value)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = True
    a_person("Ada", Person.Role.ADMINISTRATOR)
    new = {"issuer": "https://issuer.example", "subject": "s-1", "name": "Nadia Nieuw", "role": "mediator"}
    browser = Browser()
    browser.post("/taal/", {"language": "fr"}, secure=True)
    browser.post("/aanmelden/", {"person": "Ada"}, secure=True)
    browser.get("/beheer/mensen/", secure=True)
    browser.post("/beheer/mensen/nieuw/", new, secure=True)

    assert set(browser.cookies) == set(names.values())
    for name, cookie in browser.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
