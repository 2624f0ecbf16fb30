"""What was sent to a session that a limit ended is kept for an hour: its fields, no file, and nothing else."""

import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client as Browser

from inzage.dossiers.models import Activity
from inzage.partners.models import Person
from inzage.partners.people import close_access
from inzage.partners.sessions import end_all
from inzage.portal.bounds import BESIDE_A_FILE
from inzage.portal.coming_in import session_limits
from inzage.portal.coming_in.kept_form import KEPT, TOKEN
from tests.coming_in.conftest import Clock
from tests.coming_in.kept_forms.sending import AGAIN, MINUTE, sends, too_late
from tests.coming_in.travelling import in_by, is_in
from tests.portal.office import Office, a_person, origin
from tests.portal.reading import address, goes_to, markup, text


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
