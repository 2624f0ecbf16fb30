"""What was sent to a session that had ended is kept for whoever sent it, for an hour, and for nobody else."""

import re
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client as Browser

from inzage.dossiers.models import Activity
from inzage.partners import people
from inzage.partners.identities import Identity
from inzage.partners.models import Person
from inzage.partners.people import close_access
from inzage.partners.sessions import end_all
from inzage.portal.bounds import BESIDE_A_FILE
from inzage.portal.coming_in import session_limits
from inzage.portal.coming_in.kept_form import KEPT, TOKEN
from inzage.rules.days import day_of
from tests.coming_in.conftest import Clock
from tests.coming_in.pretending import CARLA, ISSUER, WERKPAD, Pretending
from tests.coming_in.travelling import in_by, is_in, provider
from tests.portal.office import Office, a_person, a_right, origin
from tests.portal.reading import address, goes_to, markup, text

__all__ = ["provider"]
AGAIN, MINUTE = "/aanmelden/verder/", timedelta(minutes=1)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NADIA = CARLA._replace(subject="s-2", name="Nadia Nieuw")


@pytest.fixture
def carla(provider: Pretending, office: Office, time: Clock) -> Person:
    """Carla at work, for Werkpad and for Leerhuis, with a right on Anna's dossier today."""
    for unit in (office.own, office.other):
        unit.organisation_code = WERKPAD.code
        unit.save()
    a_right(office.anna, office.own, on=day_of(time.now()))
    in_by(Browser(), who=CARLA)
    person = Person.objects.get(issuer=ISSUER, subject="s-1")
    return people.join(person.pk, office.own, manages=False, origin=origin())


@pytest.fixture
def browser(carla: Person) -> Browser:
    """In which she is at work."""
    browser = Browser()
    in_by(browser, who=CARLA)
    return browser


@pytest.fixture
def new(time: Clock) -> dict[str, str]:
    """What she enters: an activity that begins."""
    today = day_of(time.now())
    words = {"kind": "training", "title": 'Lassen & "meer"', "begun": "requested_on", "on": today.isoformat()}
    return {"for_unit": "OE1", **words}


def sends(browser: Browser, office: Office, new: Mapping[str, Any]) -> Any:
    """The form on Anna's dossier."""
    return browser.post(address(office.anna), new)


def too_late(browser: Browser, office: Office, new: Mapping[str, Any], time: Clock) -> Any:
    """The same, half an hour after the last thing she did."""
    time.ahead += 30 * MINUTE
    return sends(browser, office, new)


def hidden_in(page: str) -> dict[str, str]:
    """The fields of the form that can be sent again, as a browser reads them."""
    form = page[page.index('class="entry"') :].partition("</form>")[0]
    return {name: value.replace("&amp;", "&").replace("&quot;", '"') for name, value in HIDDEN.findall(form)}


def test_what_was_sent_too_late_is_sent_after_signing_in_again_as_it_was(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    assert goes_to(too_late(browser, office, new, time)).startswith("/aanmelden/?next=/dossiers/")
    assert not Activity.objects.exists()
    assert "Wat u verstuurde, is een uur lang bewaard" in text(browser.get("/aanmelden/"))
    assert goes_to(in_by(browser, address(office.anna))) == AGAIN

    page = markup(browser.get(AGAIN))
    assert f'action="{address(office.anna)}"' in page
    fields = hidden_in(page)
    assert {name: value for name, value in fields.items() if name != TOKEN} == new
    assert sends(browser, office, fields).status_code == 302
    assert Activity.objects.get().title == new["title"]
    assert goes_to(browser.get(AGAIN)) == "/"
    assert goes_to(in_by(browser, "/berichten/")) == "/berichten/"


def test_it_is_sent_with_a_new_token_and_not_without(
    carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    browser = Browser(enforce_csrf_checks=True)
    in_by(browser)
    before = re.search(f'name="{TOKEN}" value="([^"]+)"', browser.get(address(office.anna)).content.decode())
    assert before is not None
    too_late(browser, office, {**new, TOKEN: before[1]}, time)
    in_by(browser)
    fields = hidden_in(browser.get(AGAIN).content.decode())
    assert sends(browser, office, {**fields, TOKEN: before[1]}).status_code == 403
    assert sends(browser, office, fields).status_code == 302
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_what_came_from_no_page_of_ours_is_not_kept(
    carla: Person, office: Office, new: dict[str, str], time: Clock, token: str
) -> None:
    browser = Browser(enforce_csrf_checks=True)
    in_by(browser)
    browser.get(address(office.anna))
    assert too_late(browser, office, {**new, TOKEN: token}, time).status_code == 403
    assert KEPT not in browser.session
    assert goes_to(in_by(browser)) == "/"


@pytest.mark.parametrize("who", ["somebody else", "the same as a citizen"])
def test_another_who_signs_in_gets_nothing_and_then_it_is_gone(
    browser: Browser, office: Office, new: dict[str, str], time: Clock, who: str
) -> None:
    citizen = CARLA._replace(role=Person.Role.CLIENT, organisation=None, insz=office.anna.client.insz)
    other: Identity = NADIA if who == "somebody else" else citizen
    too_late(browser, office, new, time)
    assert goes_to(in_by(browser, who=other)) == "/"
    assert goes_to(browser.get(AGAIN)) == "/"
    assert KEPT not in browser.session
    assert goes_to(in_by(browser, who=CARLA)) == "/"
    assert not Session.objects.filter(session_data__contains=KEPT).exists()


def test_who_is_refused_at_the_sign_in_takes_it_along(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    in_by(browser, who=CARLA._replace(role=None))
    assert goes_to(in_by(browser, who=CARLA)) == "/"


def test_in_another_browser_there_is_nothing(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    assert goes_to(in_by(Browser())) == "/"


@pytest.mark.parametrize(("minutes", "is_kept"), [(0, True), (59, True), (60, False), (61, False)])
def test_it_is_kept_for_an_hour(
    browser: Browser, office: Office, new: dict[str, str], time: Clock, minutes: int, is_kept: bool
) -> None:
    too_late(browser, office, new, time)
    time.ahead += minutes * MINUTE
    assert (goes_to(in_by(browser)) == AGAIN) is is_kept


@pytest.mark.parametrize(("minutes", "is_kept"), [(29, False), (30, True), (16 * 60, True)])
def test_a_form_is_kept_where_the_session_ended_and_carried_out_where_it_did_not(
    browser: Browser, office: Office, new: dict[str, str], time: Clock, minutes: int, is_kept: bool
) -> None:
    time.ahead = minutes * MINUTE
    sends(browser, office, new)
    assert (KEPT in browser.session) is is_kept
    assert Activity.objects.exists() is not is_kept


def test_the_end_of_a_days_work_keeps_it_as_well(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    for minutes in range(0, 8 * 60, 20):
        time.ahead = minutes * MINUTE
        assert is_in(browser)
    time.ahead = 8 * 60 * MINUTE
    sends(browser, office, new)
    assert goes_to(in_by(browser)) == AGAIN


def test_the_cookie_outlives_the_longest_session_by_a_night(browser: Browser) -> None:
    assert browser.cookies["inzage"]["max-age"] == (8 + 24) * 3600


def test_where_another_tab_met_the_end_first_the_form_is_kept_all_the_same(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    time.ahead = 31 * MINUTE
    assert not is_in(browser)
    browser.get("/aanmelden/")
    sends(browser, office, new)
    assert goes_to(in_by(browser)) == AGAIN


def test_of_two_forms_the_last_is_kept(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    sends(browser, office, {**new, "title": "De tweede"})
    in_by(browser)
    assert hidden_in(markup(browser.get(AGAIN)))["title"] == "De tweede"


def test_who_signed_out_or_whose_session_was_ended_from_elsewhere_keeps_nothing(
    carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    ada = a_person("Ada", Person.Role.ADMINISTRATOR)

    def signs_out(browser: Browser) -> None:
        browser.post("/afmelden/")

    def is_told_to(_browser: Browser) -> None:
        end_all(carla)

    def is_closed(_browser: Browser) -> None:
        close_access(carla.pk, by=ada, origin=origin())

    for ends in (signs_out, is_told_to, is_closed):
        browser = Browser()
        in_by(browser)
        ends(browser)
        sends(browser, office, new)
        assert KEPT not in browser.session, ends


@pytest.mark.parametrize("page", ["/afmelden/", "/taal/", "/aanmelden/blijven/"])
def test_what_needs_no_sending_again_is_not_kept(browser: Browser, time: Clock, page: str) -> None:
    time.ahead = 31 * MINUTE
    browser.post(page, {"language": "fr"})
    assert goes_to(in_by(browser)) == "/"


@pytest.mark.parametrize(("more", "is_kept"), [(0, True), (1, False)])
def test_there_is_a_bound_to_what_is_kept(
    browser: Browser, office: Office, new: dict[str, str], time: Clock, more: int, is_kept: bool
) -> None:
    rest = BESIDE_A_FILE - sum(len(part) for field in new.items() for part in field) - len("text")
    too_late(browser, office, {**new, "text": "x" * (rest + more)}, time)
    assert (KEPT in browser.session) is is_kept


def test_a_file_is_not_kept_and_the_page_says_so(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, {**new, "upload-file": SimpleUploadedFile("x.pdf", b"%PDF-")}, time)
    in_by(browser)
    page = browser.get(AGAIN)
    assert "Het bestand dat u koos, is niet bewaard" in text(page)
    assert "upload-file" not in markup(page)


def test_thrown_away_is_gone_and_nothing_changed(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    in_by(browser)
    assert goes_to(browser.post(AGAIN)) == "/"
    assert goes_to(browser.get(AGAIN)) == "/"
    assert not Activity.objects.exists()


def test_whoever_works_for_several_units_sends_it_for_the_one_it_was_opened_for(
    browser: Browser, carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    people.join(carla.pk, office.other, manages=False, origin=origin())
    browser.post("/organisatie/", {"unit": "OE1"})
    too_late(browser, office, new, time)
    in_by(browser)
    assert sends(browser, office, hidden_in(markup(browser.get(AGAIN)))).status_code == 302
    assert Activity.objects.get().unit == office.own
    assert browser.get("/dossiers/").status_code == 200


def test_a_form_for_a_unit_of_somebody_else_chooses_nothing_and_stays_kept(
    browser: Browser, carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    people.join(carla.pk, office.other, manages=False, origin=origin())
    too_late(browser, office, {**new, "for_unit": "OE3"}, time)
    in_by(browser)
    fields = hidden_in(markup(browser.get(AGAIN)))
    assert goes_to(sends(browser, office, fields)) == "/organisatie/"
    browser.post("/organisatie/", {"unit": "OE1"})
    assert sends(browser, office, fields).status_code == 409
    assert browser.get(AGAIN).status_code == 200
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("code", "status"), [(sqlite3.SQLITE_BUSY, 503), (sqlite3.SQLITE_FULL, 500)])
def test_while_the_database_is_busy_the_answer_says_so_and_other_trouble_is_a_defect(
    browser: Browser,
    office: Office,
    new: dict[str, str],
    time: Clock,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    status: int,
) -> None:
    def waits(*_: object, **__: object) -> None:
        error, cause = OperationalError("no"), sqlite3.OperationalError("no")
        cause.sqlite_errorcode = code
        error.__cause__ = cause
        raise error

    browser.raise_request_exception = False
    monkeypatch.setattr(session_limits, "keep", waits)
    assert too_late(browser, office, new, time).status_code == status
    assert not Activity.objects.exists()
