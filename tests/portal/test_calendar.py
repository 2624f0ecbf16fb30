"""The calendar of coming ends: who has its address reads days and nothing of a client, while it is an address."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import icalendar
import pytest
from django.conf import settings as configured
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.notices.calendars import make_anew
from inzage.notices.models import CalendarFeed
from inzage.partners.models import Membership, Person
from inzage.portal.calendar import feed
from inzage.portal.calendar.guesses import WITHIN, Guesses
from inzage.rules.holding import held_until
from inzage.rules.names import Held, Kind, Status
from inzage.view_rights.ending import give_back
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, close, register
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_right, origin, signed_in_as
from tests.portal.reading import markup, text

ADDRESS = re.compile(r"http://\S+?(/agenda/[\w-]+\.ics)")


@pytest.fixture(autouse=True)
def no_guesses_before() -> Iterator[None]:
    """What one test tried in vain is not counted in the next."""
    feed.GUESSES = Guesses()
    yield
    feed.GUESSES = Guesses()


def made(office: Office) -> str:
    """The address that Carla's page gives her."""
    page = text(signed_in_as(office.carla).post("/berichten/agenda/", {"doe": "maak"}))
    found = ADDRESS.search(page)
    assert found is not None
    return found[1]


def calendar(address: str, **headers: str) -> HttpResponse:
    """What a program that has the address is answered; it has no session."""
    answer = Browser().get(address, headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def events(address: str) -> dict[str, date]:
    """The day of each event, by its UID."""
    read = icalendar.Calendar.from_ical(calendar(address).content)
    return {str(event["uid"]): event.start for event in read.events}


def ending_right(office: Office, days: int) -> None:
    """Anna's right ends in so many days."""
    office.right.last_day = TODAY + timedelta(days=days)
    office.right.save(update_fields=["last_day"])


def test_it_holds_the_days_and_nothing_of_a_client(office: Office) -> None:
    ending_right(office, 10)
    body = calendar(made(office)).content.decode().replace("\r\n ", "")
    assert "SUMMARY:Inzagerecht eindigt" in body
    client = office.anna.client
    for secret in (client.client_number, client.insz, client.family_name, client.given_name):
        assert secret not in body


def test_of_a_rule_that_is_not_verified_an_event_says_that_it_is_the_rule(office: Office) -> None:
    ending_right(office, 10)
    ViewRight.objects.filter(pk=office.right.pk).update(rule_status=Status.ASSUMPTION)
    body = calendar(made(office)).content.decode().replace("\r\n ", "")
    assert "DESCRIPTION:De regel die deze dag bepaalt: aanname\\, niet nagekeken" in body


@pytest.mark.parametrize(("days", "there"), [(0, True), (1, True), (92, True), (93, False)])
def test_it_looks_ahead_from_today_to_its_horizon(office: Office, days: int, there: bool) -> None:
    ending_right(office, days)
    found = events(made(office))
    assert list(found.values()) == ([TODAY + timedelta(days=days)] if there else [])


def test_an_event_leads_to_the_page_of_its_dossier_and_is_a_whole_day(office: Office) -> None:
    ending_right(office, 10)
    body = calendar(made(office)).content.decode().replace("\r\n ", "")
    assert f"URL:{configured.PUBLIC_URL}/dossiers/{office.anna.reference}/\r\n" in body
    assert f"DTEND;VALUE=DATE:{TODAY + timedelta(days=11):%Y%m%d}" in body
    assert all(len(line.encode()) <= 75 for line in calendar(made(office)).content.decode().split("\r\n"))


@pytest.mark.parametrize(
    ("language", "summary", "held"),
    [
        ("nl", "Inzagerecht eindigt: wacht op bevestiging", "aangehouden"),
        ("fr", "Un droit de consultation prend fin : en attente de confirmation", "maintenue en attente"),
        ("en", "A view right ends: awaits confirmation", "is held"),
    ],
)
def test_of_a_right_that_is_held_it_says_so_and_on_which_day_it_would_end(
    office: Office, language: str, summary: str, held: str
) -> None:
    ending_right(office, 10)
    address = made(office)
    Person.objects.filter(pk=office.carla.pk).update(language=language)
    unheld = calendar(address).content.decode().replace("\r\n ", "")
    assert held not in unheld
    assert summary not in unheld
    proposed = office.right.last_day
    assert proposed is not None
    office.right.held, office.right.proposed_last_day = Held.THRESHOLD, proposed
    office.right.last_day = held_until(proposed)
    office.right.save(update_fields=["held", "proposed_last_day", "last_day"])
    body = calendar(address).content.decode().replace("\r\n ", "")
    (description,) = re.findall(r"DESCRIPTION:(.*)\r\n", body)
    assert f"SUMMARY:{summary}\r\n" in body
    assert held in description
    assert in_words(proposed, language) in description
    assert f"DTSTART;VALUE=DATE:{held_until(proposed):%Y%m%d}" in body


def test_a_day_that_moves_moves_the_same_event(office: Office) -> None:
    ending_right(office, 10)
    address = made(office)
    before = events(address)
    ending_right(office, 40)
    after = events(address)
    assert before.keys() == after.keys()
    assert before != after


def test_what_keeps_a_right_open_takes_its_event_away_and_what_ends_it_too(office: Office) -> None:
    ending_right(office, 10)
    address = made(office)
    actor = Actor(origin(), office.own)
    line = register(
        office.anna.pk, NewActivity(office.own, Kind.TRAINING, "Lassen", started_on=TODAY), actor=actor
    )
    assert events(address) == {}
    close(line.pk, on=TODAY, actor=actor)
    give_back(office.right.pk, origin=origin())
    assert events(address) == {}


def test_another_units_rights_are_not_in_it(office: Office) -> None:
    other = a_right(a_dossier(), office.other)
    other.last_day = TODAY + timedelta(days=5)
    other.save(update_fields=["last_day"])
    ending_right(office, 10)
    assert len(events(made(office))) == 1


def answered_as_unknown(address: str) -> bool:
    """Whether the answer is that of an address that there never was, to the letter."""
    unknown = calendar("/agenda/nergens.ics")
    elsewhere = calendar("/nergens/")
    found = calendar(address)
    assert (unknown.status_code, markup(unknown)) == (404, markup(elsewhere))
    return (found.status_code, markup(found)) == (unknown.status_code, markup(unknown))


def test_once_renewed_the_old_address_is_as_unknown_and_the_new_one_works(office: Office) -> None:
    old = made(office)
    new = made(office)
    assert answered_as_unknown(old)
    assert not answered_as_unknown(new)


def test_once_switched_off_it_is_as_unknown(office: Office) -> None:
    address = made(office)
    signed_in_as(office.carla).post("/berichten/agenda/", {"doe": "stop"})
    assert answered_as_unknown(address)
    assert not CalendarFeed.objects.exists()


def leaves(person: Person) -> None:
    """No member of any unit any more."""
    Membership.objects.filter(person=person).delete()


def is_shut_out(person: Person) -> None:
    """The account is closed."""
    Person.objects.filter(pk=person.pk).update(is_active=False)


def gets_another_role(person: Person) -> None:
    """Who no longer works for partners."""
    Person.objects.filter(pk=person.pk).update(role=Person.Role.OPERATOR)


@pytest.mark.parametrize("gone", [leaves, is_shut_out, gets_another_role])
def test_who_made_it_must_still_work_there(office: Office, gone: object) -> None:
    address = made(office)
    assert not answered_as_unknown(address)
    assert callable(gone)
    gone(office.carla)
    assert answered_as_unknown(address)


def test_a_member_of_another_unit_alone_has_no_calendar_of_this_one(office: Office) -> None:
    address = made(office)
    Membership.objects.filter(person=office.carla).update(unit=office.other)
    assert answered_as_unknown(address)


def test_of_the_address_only_a_hash_is_kept_and_it_is_shown_once(office: Office) -> None:
    token = made(office).removeprefix("/agenda/").removesuffix(".ics")
    row = CalendarFeed.objects.get()
    assert token not in "".join(str(value) for value in vars(row).values())
    assert token not in text(signed_in_as(office.carla).get("/berichten/agenda/"))


def test_what_has_not_changed_is_not_sent_again_nor_logged_again(office: Office) -> None:
    ending_right(office, 10)
    address = made(office)
    first = calendar(address)
    lines = AccessLine.objects.filter(kind=AccessLine.Kind.LIST, person=office.carla.signature)
    logged = lines.count()
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = calendar(address, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert lines.count() == logged
    ending_right(office, 11)
    assert calendar(address, if_none_match=first.headers["ETag"]).status_code == 200


def test_what_it_shows_stands_in_the_access_log(office: Office) -> None:
    ending_right(office, 10)
    calendar(made(office))
    (shown,) = ShownDossier.objects.filter(line__kind=AccessLine.Kind.LIST, dossier=office.anna)
    assert shown.line.unit == office.own.oe_number
    assert shown.right == office.right.pk


def test_who_keeps_trying_is_refused_and_who_has_an_address_is_not(
    office: Office, settings: Settings
) -> None:
    settings.MISSES_PER_HOUR = 3
    address = made(office)
    tried = [calendar(f"/agenda/gok{number}.ics").status_code for number in range(5)]
    assert tried == [404, 404, 404, 429, 429]
    assert calendar(address).status_code == 200


def test_an_hour_after_the_first_of_them_one_may_try_again() -> None:
    guesses = Guesses()
    assert [guesses.refused_until("hier", NOON, most=1), guesses.refused_until("daar", NOON, most=1)] == [
        None
    ] * 2
    just_before = NOON + WITHIN - timedelta(seconds=1)
    assert guesses.refused_until("hier", just_before, most=1) == NOON + WITHIN
    assert guesses.refused_until("hier", NOON + WITHIN, most=1) is None


@pytest.mark.parametrize("rights", [1, 6])
def test_it_asks_the_database_no_more_for_many_ends_than_for_one(office: Office, rights: int) -> None:
    ending_right(office, 10)
    for _ in range(rights - 1):
        right = a_right(a_dossier(), office.own)
        right.last_day = TODAY + timedelta(days=20)
        right.save(update_fields=["last_day"])
    address = made(office)
    with CaptureQueriesContext(connection) as asked:
        assert calendar(address).status_code == 200
    assert len(events(address)) == rights
    assert len(asked) <= 8


def test_two_tokens_are_never_alike(office: Office) -> None:
    tokens = {make_anew(office.carla, office.own, at=NOON) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43
