"""Who searches in vain too often waits: nobody finds out by trying numbers who is a client (S01)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from inzage.access_log.misses import REFUSED
from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.oversight.counted import Counted
from inzage.oversight.counting import log_of
from inzage.partners.models import Person
from inzage.portal import clock
from inzage.view_rights.models import ViewRight
from tests.portal.office import NOON, Office, a_person, an_insz, signed_in_as
from tests.portal.reading import address, goes_to, text

MOST = 3
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
UNKNOWN = an_insz(330, births="000")
FIND, ASK, CONSENT = "/dossiers/zoeken/", "/aanvragen/nieuw/", "/formulieren/toestemming/"
WHO = {"number": UNKNOWN, "family_name": "Verzinsel", "purpose": "guidance"}
SEARCHES = [
    ("otto", FIND, {"number": UNKNOWN}),
    ("otto", ASK, WHO),
    ("otto", ASK, {**WHO, "route": "form"}),
    ("mira", CONSENT, {**WHO, "unit": "OE2"}),
    ("mira", "/formulieren/", {"number": UNKNOWN}),
    ("mira", "/klanten/", {"number": UNKNOWN, "family_name": "Verzinsel"}),
    ("sofie", "/leerlingen/", {"number": UNKNOWN, "family_name": "Verzinsel"}),
    ("bas", "/brussel/inschrijvingen/", {"number": UNKNOWN, "reason": "klacht"}),
]


@pytest.fixture(autouse=True)
def _three_an_hour(settings: Settings) -> None:
    settings.MISSES_PER_HOUR = MOST


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock."""

    def it_is(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return it_is


def search(browser: Browser, number: str = UNKNOWN) -> Any:
    """Look for somebody by number."""
    return browser.post(FIND, {"number": number})


def miss(browser: Browser, times: int = MOST) -> None:
    """Search in vain, as often as is allowed."""
    for _time in range(times):
        assert search(browser).status_code == 200


@pytest.mark.parametrize(("who", "page", "sent"), SEARCHES)
def test_the_last_search_in_vain_is_answered_and_the_next_one_is_not(
    request: pytest.FixtureRequest, who: str, page: str, sent: dict[str, str]
) -> None:
    browser: Browser = request.getfixturevalue(who)
    statuses = [browser.post(page, sent, follow=True).status_code for _time in range(MOST + 1)]
    assert statuses == [200] * MOST + [429]


def test_it_is_refused_whatever_would_have_been_found(carla: Browser, office: Office) -> None:
    miss(carla)
    found, unknown = search(carla, office.anna.client.insz), search(carla)
    assert (found.status_code, unknown.status_code) == (429, 429)
    assert text(found) == text(unknown)
    assert "Anna" not in text(found)


def test_after_the_hour_the_next_search_is_answered_and_not_a_second_before(
    carla: Browser, office: Office, at: Any
) -> None:
    miss(carla, 1)
    at(NOON + 10 * SECOND)
    miss(carla, MOST - 1)
    at(NOON + HOUR - SECOND)
    assert search(carla).status_code == 429
    at(NOON + HOUR)
    assert goes_to(search(carla, office.anna.client.insz)) == address(office.anna)
    miss(carla, 1)
    assert search(carla).status_code == 429


def test_the_page_and_the_header_say_from_when_on(carla: Browser, at: Any) -> None:
    at(NOON + 30 * SECOND)
    miss(carla)
    at(NOON + 40 * SECOND)
    response = search(carla)
    assert "Vanaf 13:01 uur kunt u weer zoeken." in text(response)
    assert response.headers["Retry-After"] == str(int((HOUR - 10 * SECOND).total_seconds()))
    assert "Wat kunt u nu doen?" in text(response)


def test_what_is_refused_is_on_record_and_makes_nobody_wait_longer(carla: Browser, at: Any) -> None:
    miss(carla)
    at(NOON + HOUR - SECOND)
    for _time in range(MOST):
        assert search(carla).status_code == 429
    refused = AccessLine.objects.filter(kind=AccessLine.Kind.SEARCH, stated_reason=REFUSED)
    assert [line.at for line in refused] == [NOON + HOUR - SECOND] * MOST
    at(NOON + HOUR)
    miss(carla)


def test_another_person_of_the_same_organisation_is_not_made_to_wait(carla: Browser, office: Office) -> None:
    colleague = signed_in_as(a_person("Cas", Person.Role.COUNSELLOR, office.own))
    miss(carla)
    assert search(carla).status_code == 429
    assert goes_to(search(colleague, office.anna.client.insz)) == address(office.anna)


def test_signing_in_anew_or_elsewhere_does_not_begin_anew(carla: Browser, office: Office) -> None:
    miss(carla)
    assert search(signed_in_as(office.carla)).status_code == 429


def test_what_is_missed_on_one_page_counts_on_the_others(otto: Browser) -> None:
    miss(otto, MOST - 1)
    assert otto.post(ASK, WHO, follow=True).status_code == 200
    assert search(otto).status_code == 429


def test_a_search_that_finds_does_not_count(carla: Browser, office: Office) -> None:
    for _time in range(MOST + 1):
        assert goes_to(search(carla, office.anna.client.insz)) == address(office.anna)
    miss(carla)


def test_looking_at_an_empty_list_is_no_search(otto: Browser) -> None:
    for _time in range(MOST + 1):
        assert otto.get("/dossiers/").status_code == 200
    miss(otto)


def test_a_page_after_the_last_of_what_was_found_is_no_search(carla: Browser, office: Office) -> None:
    for _time in range(MOST + 1):
        carla.post("/dossiers/", {"zoek": "Anna", "na": "2999-01-01_1"})
    miss(carla)
    assert search(carla).status_code == 429


def test_what_was_refused_or_watched_over_is_no_search_without_result(carla: Browser, office: Office) -> None:
    miss(carla)
    search(carla)
    dina = signed_in_as(a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER))
    for page in ("/toezicht/redenen/", "/toezicht/vragen/"):
        assert dina.get(page).status_code == 200
    assert AccessLine.objects.filter(kind="search").count() == MOST + 3
    assert log_of(NOON.date())[Counted.NOT_FOUND] == {"OE1": MOST}


def test_nothing_is_asked_and_nothing_granted_by_what_is_refused(
    otto: Browser, mira: Browser, office: Office
) -> None:
    known = {**WHO, "number": office.anna.client.insz}
    for _time in range(MOST):
        otto.post(ASK, {**WHO, "route": "form"})
        mira.post(CONSENT, {**WHO, "unit": "OE2"})
    assert otto.post(ASK, {**known, "route": "form"}).status_code == 429
    assert mira.post(CONSENT, {**known, "unit": "OE2"}).status_code == 429
    assert not ConsentForm.objects.filter(unit=office.other).exists()
    assert not ViewRight.objects.filter(unit=office.other).exists()


def test_who_waits_goes_on_with_everything_else(carla: Browser, office: Office) -> None:
    miss(carla)
    for page in (FIND, "/dossiers/", address(office.anna), ASK):
        assert carla.get(page).status_code == 200


def test_searching_takes_as_many_queries_however_often_it_was_done(carla: Browser) -> None:
    counts = []
    for _time in range(MOST):
        with CaptureQueriesContext(connection) as queries:
            search(carla)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 12
