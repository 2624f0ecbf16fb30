"""The page of notices: by kind and by day, with what to do next, and new until this person opened them (S12)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.notices.models import Notice, Read
from inzage.partners.models import Membership, Person
from inzage.portal import paging
from inzage.rules.days import midnight
from inzage.view_rights.ending import give_back
from inzage.view_rights.ending_soon import tell_what_ends
from inzage.view_rights.models import ViewRight
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_person,
    a_right,
    an_activity,
    an_enrolment,
    in_brussels,
    origin,
    signed_in_as,
)
from tests.portal.reading import NEXT, address, lines, text

ENDS_IN_A_WEEK = date(2025, 9, 9)
"""Granted on that day without any activity, a right has 9 March as its last day."""


def ending(office: Office, given: str = "Ria") -> ViewRight:
    """A right of Werkpad that ends in seven days, and was told today."""
    right = a_right(a_dossier(given), office.own, on=ENDS_IN_A_WEEK)
    tell_what_ends(origin=origin())
    return right


def shown(browser: Browser, query: str = "") -> str:
    """The words of the page under its filters."""
    return text(browser.get(f"/berichten/?{query}")).partition("Inschrijving bij Actiris")[2]


def count_queries(browser: Browser, query: str = "") -> int:
    """How many questions the page asks of the database; marks in a transaction are none."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/berichten/?{query}").status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_an_end_that_is_near_says_the_day_the_reason_and_what_would_keep_it(
    carla: Browser, office: Office
) -> None:
    right = ending(office)
    page = shown(carla, "soort=ends_soon")
    assert "Inzagerecht eindigt binnenkort" in page
    assert "Laatste dag: 9 maart 2026." in page
    assert "Begint er een actie, dan blijft het recht open zolang ze loopt." in page
    assert "gebeurde dat op 2 maart 2026, dan werd het 2 september 2026." in page
    assert "6 maanden na de laatste toekenning op 9 september 2025." in page
    assert "Open het dossier" in page
    assert f'href="{address(right.dossier)}"' in carla.get("/berichten/?soort=ends_soon").content.decode()


def test_an_end_that_has_moved_says_so_and_no_longer_what_was_true(carla: Browser, office: Office) -> None:
    right = ending(office)
    ViewRight.objects.filter(pk=right.pk).update(last_day=TODAY + timedelta(days=8))
    assert "Intussen is dat veranderd: de laatste dag is nu 10 maart 2026." in shown(carla)
    ViewRight.objects.filter(pk=right.pk).update(last_day=None)
    page = shown(carla)
    assert "er is geen einde meer in zicht" in page
    assert "9 maart 2026." not in page


def test_a_right_that_was_closed_meanwhile_leads_to_the_closed_ones(carla: Browser, office: Office) -> None:
    right = ending(office)
    give_back(right.pk, origin=origin())
    markup = carla.get("/berichten/?soort=ends_soon").content.decode()
    assert "Dat recht staat niet meer open." in markup
    assert str(right.dossier.reference) not in markup
    assert 'href="/dossiers/afgesloten/"' in markup


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("asked_why", "Naar de vragen"),
        ("sent_back", "Naar uw aanvragen"),
        ("refused", "Naar uw aanvragen"),
        ("granted", "Open het dossier"),
    ],
)
def test_each_notice_says_what_to_do_next(carla: Browser, office: Office, kind: str, step: str) -> None:
    Notice.objects.create(kind=kind, unit=office.own, dossier=office.anna, on=TODAY, created_at=origin().at)
    assert step in shown(carla, f"soort={kind}")


@pytest.mark.parametrize("kind", ["asked_why", "enrolment_gone"])
def test_without_a_right_nothing_leads_to_the_dossier(otto: Browser, office: Office, kind: str) -> None:
    Notice.objects.create(kind=kind, unit=office.other, dossier=office.anna, on=TODAY, created_at=origin().at)
    markup = otto.get("/berichten/").content.decode()
    assert office.anna.client.client_number in markup
    assert str(office.anna.reference) not in markup
    assert "Anna" not in markup


def test_an_enrolment_that_ended_is_told_once_to_who_has_to_do_with_it(
    office: Office, carla: Browser
) -> None:
    in_brussels(office.anna)
    an_activity(office)
    an_enrolment(office.anna, "enrolled", on=TODAY - timedelta(days=1))
    assert not Notice.objects.filter(kind="enrolment_gone").exists()
    for _ in range(2):
        an_enrolment(office.anna, "ended", ended_on=TODAY)
    assert [notice.unit for notice in Notice.objects.filter(kind="enrolment_gone")] == [office.own]
    assert "Help de klant om zich (opnieuw) in te schrijven bij Actiris." in shown(carla)


def test_outside_brussels_no_enrolment_is_told(office: Office) -> None:
    an_activity(office)
    an_enrolment(office.anna, "not_enrolled")
    assert not Notice.objects.filter(kind="enrolment_gone").exists()


def test_one_kind_can_be_seen_alone_and_an_unknown_one_is_none(carla: Browser, office: Office) -> None:
    ending(office)
    assert "Inzagerecht toegekend" not in shown(carla, "soort=ends_soon")
    assert "Inzagerecht toegekend" in shown(carla, "soort=granted")
    assert "Van deze soort zijn er geen berichten." in shown(carla, "soort=refused")
    for unknown in ("received", "x"):
        assert carla.get(f"/berichten/?soort={unknown}").status_code == 400


def test_each_day_has_its_heading_with_the_latest_first(carla: Browser, office: Office) -> None:
    a_right(a_dossier(), office.own, on=TODAY - timedelta(days=1))
    Notice.objects.filter(pk=Notice.objects.latest("pk").pk).update(
        created_at=midnight(TODAY) - timedelta(seconds=1)
    )
    Notice.objects.create(
        kind="refused", unit=office.own, dossier=office.anna, on=TODAY, created_at=midnight(TODAY)
    )
    markup = carla.get("/berichten/").content.decode()
    heads = [part.partition("</h2>")[0] for part in markup.split("<h2>")[1:]]
    assert heads == ["2 maart 2026", "1 maart 2026", "2 maart 2026"]


def test_paging_within_a_kind_shows_every_notice_once(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    numbers = [office.anna.client.client_number]
    for _ in range(4):
        dossier = a_dossier()
        a_right(dossier, office.own)
        numbers.append(dossier.client.client_number)
        Notice.objects.create(
            kind="refused", unit=office.own, dossier=dossier, on=TODAY, created_at=origin().at
        )
    found, query = [], "soort=granted"
    while True:
        page = carla.get(f"/berichten/?{query}").content.decode()
        found += [number for number in numbers if f">{number}<" in page]
        following = NEXT.search(page)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    assert sorted(found) == sorted(numbers)


def test_the_page_names_the_dossiers_it_shows_in_the_log(carla: Browser, office: Office) -> None:
    right = ending(office)
    carla.get("/berichten/?soort=ends_soon")
    assert lines("list") == [{right.dossier_id}]


def test_the_page_asks_at_most_twelve_questions_whatever_there_is(carla: Browser, office: Office) -> None:
    right = ending(office)
    give_back(a_right(a_dossier(), office.own).pk, origin=origin())
    few = count_queries(carla)
    for number in range(20):
        ending(office, f"Nummer{number}")
    Notice.objects.create(
        kind="closed", unit=office.own, dossier=right.dossier, on=TODAY, created_at=origin().at
    )
    assert count_queries(carla) == few <= 12


def test_what_one_opened_is_not_new_on_any_device_and_new_for_a_colleague(office: Office) -> None:
    colleague = a_person("Cleo", Person.Role.COUNSELLOR, office.own)
    signed_in_as(office.carla).get("/berichten/")
    assert "nieuw" not in text(signed_in_as(office.carla).get("/dossiers/"))
    assert "Berichten 1 nieuw" in text(signed_in_as(colleague).get("/dossiers/"))


@pytest.mark.parametrize("query", ["soort=granted", "na=999999"])
def test_a_part_of_the_notices_does_not_make_the_others_read(
    carla: Browser, office: Office, query: str
) -> None:
    carla.get(f"/berichten/?{query}")
    assert not Read.objects.exists()
    assert "Berichten 1 nieuw" in text(carla.get("/dossiers/"))


def test_what_comes_after_one_looked_is_new_again(carla: Browser, office: Office) -> None:
    carla.get("/berichten/")
    a_right(a_dossier(), office.own)
    assert "Berichten 1 nieuw" in text(carla.get("/dossiers/"))
    carla.get("/berichten/")
    assert Read.objects.count() == 1
    assert "nieuw" not in text(carla.get("/dossiers/"))


@pytest.mark.parametrize(
    ("language", "heading", "keeps", "step"),
    [
        ("fr", "Notifications", "Si une action commence, le droit reste ouvert", "Ouvrir le dossier"),
        ("en", "Notices", "If an activity begins, the right stays open", "Open the dossier"),
    ],
)
def test_the_page_speaks_the_readers_language(
    office: Office, language: str, heading: str, keeps: str, step: str
) -> None:
    Person.objects.filter(pk=office.carla.pk).update(language=language)
    ending(office)
    page = text(signed_in_as(office.carla).get("/berichten/"))
    assert all(words in page for words in (heading, keeps, step))
    assert "Wat nu" not in page


def test_a_unit_without_notices_is_told_what_will_come(otto: Browser) -> None:
    assert "Er zijn nog geen berichten." in text(otto.get("/berichten/"))


@pytest.mark.parametrize("who", ["mira", "bas"])
@pytest.mark.parametrize("page", ["/berichten/", "/berichten/instellen/"])
def test_a_desk_has_no_notices(request: pytest.FixtureRequest, who: str, page: str) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.get(page).status_code == 403


def test_who_left_the_unit_reads_its_notices_no_more(office: Office) -> None:
    browser = signed_in_as(office.carla)
    Membership.objects.filter(person=office.carla).delete()
    assert "K0" not in text(browser.get("/berichten/", follow=True))
