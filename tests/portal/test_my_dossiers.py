"""The unit's dossiers, those it had, and paging through them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.portal import paging
from inzage.rules.names import Kind
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.ending import give_back
from inzage.view_rights.registering import Actor, NewActivity, register
from tests.portal.office import TODAY, Office, a_dossier, a_right, origin
from tests.portal.reading import NEXT, address, lines, text

SIX_MONTHS_AGO = date(2025, 9, 2)


def walk(browser: Browser, first: str) -> list[str]:
    """The addresses of the dossiers on all pages, in order."""
    found, query = [], first
    while True:
        page = browser.get(f"/dossiers/?{query}").content.decode()
        found += re.findall(r'<th scope="row"><a href="([^"]+)"', page)
        following = NEXT.search(page)
        if following is None:
            return found
        query = following[1].replace("&amp;", "&")


def test_the_list_shows_client_number_last_day_and_reason(carla: Browser, office: Office) -> None:
    page = text(carla.get("/dossiers/"))
    assert "Anna Verzinsel" in page
    assert office.anna.client.client_number in page
    assert "2 september 2026" in page
    assert "6 maanden na de laatste toekenning op 2 maart 2026." in page


def test_a_right_without_an_end_says_what_keeps_it_open(carla: Browser, office: Office) -> None:
    new = NewActivity(office.own, Kind.TRAINING, "Lassen", started_on=TODAY)
    register(office.anna.pk, new, actor=Actor(origin(), office.own))
    page = text(carla.get("/dossiers/"))
    assert "geen einde in zicht" in page
    assert "zolang de partner een actie uitvoert" in page


def test_a_rule_that_was_not_verified_is_marked_so(carla: Browser, office: Office) -> None:
    dossier = a_dossier("Bob")
    assignment = assign(dossier.pk, office.own, office.service, on=TODAY - timedelta(days=9), origin=origin())
    end_assignment(assignment.pk, on=TODAY, reason="afgerond", origin=origin())
    page = text(carla.get("/dossiers/"))
    assert "6 maanden na het einde van het eigenaarschap op 2 maart 2026. aanname, niet nagekeken" in page


def test_another_units_dossiers_are_not_on_the_list(otto: Browser, office: Office) -> None:
    assert "Anna" not in text(otto.get("/dossiers/"))


@pytest.mark.parametrize(("granted_on", "listed"), [(SIX_MONTHS_AGO, True), (date(2025, 9, 1), False)])
def test_a_right_is_listed_up_to_and_including_its_last_day(
    carla: Browser, office: Office, granted_on: date, listed: bool
) -> None:
    dossier = a_dossier("Ria", "Laatstedag")
    a_right(dossier, office.own, on=granted_on)
    assert ("Ria Laatstedag" in text(carla.get("/dossiers/"))) is listed


@pytest.mark.parametrize(("days", "listed"), [(29, True), (30, True), (31, False)])
def test_ending_within_30_days_holds_the_thirtieth_day_and_not_the_next(
    carla: Browser, office: Office, days: int, listed: bool
) -> None:
    dossier = a_dossier("Ria", "Binnenkort")
    right = a_right(dossier, office.own)
    type(right).objects.filter(pk=right.pk).update(last_day=TODAY + timedelta(days=days))
    page = text(carla.get("/dossiers/?einde=30"))
    assert ("Ria Binnenkort" in page) is listed
    assert "Anna" not in page


@pytest.mark.parametrize("order", ["", "op=naam"])
def test_paging_shows_every_dossier_exactly_once(
    carla: Browser, office: Office, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 3)
    expected = [office.anna]
    for number in range(10):
        dossier = a_dossier(f"Client{number % 2}", f"Naam{number % 3}")
        a_right(dossier, office.own, on=TODAY - timedelta(days=number % 4))
        if number % 3 == 0:
            new = NewActivity(office.own, Kind.TRAINING, started_on=TODAY)
            register(dossier.pk, new, actor=Actor(origin(), office.own))
        expected.append(dossier)
    shown = walk(carla, order)
    assert sorted(shown) == sorted(address(dossier) for dossier in expected)


def test_the_list_is_sorted_by_last_day_and_those_without_come_last(carla: Browser, office: Office) -> None:
    earlier, open_ended = a_dossier("Eerst"), a_dossier("Laatst")
    a_right(earlier, office.own, on=TODAY - timedelta(days=30))
    a_right(open_ended, office.own, on=TODAY - timedelta(days=60))
    new = NewActivity(office.own, Kind.TRAINING, started_on=TODAY)
    register(open_ended.pk, new, actor=Actor(origin(), office.own))
    assert walk(carla, "") == [address(dossier) for dossier in (earlier, office.anna, open_ended)]


def test_the_list_can_be_sorted_by_name_whatever_accents_and_capitals(carla: Browser, office: Office) -> None:
    names = ["aardig Zoë", "Éénoog An", "Ezel An", "Verzinsel Zita", "Zonder An"]
    expected = {}
    for name in reversed(names):
        family, given = name.split()
        expected[name] = a_dossier(given, family)
        a_right(expected[name], office.own)
    in_order = [expected[name] for name in names]
    in_order.insert(3, office.anna)
    assert walk(carla, "op=naam") == [address(dossier) for dossier in in_order]


def test_a_place_in_the_list_of_another_unit_says_nothing(carla: Browser, office: Office) -> None:
    theirs = a_right(a_dossier("Zoë", "Zeker"), office.other)
    assert carla.get(f"/dossiers/?op=naam&na={theirs.pk}").status_code == 400


def test_a_place_by_name_stays_one_when_the_own_right_ended_meanwhile(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    first, last = a_dossier("Al", "Aarde"), a_dossier("Zo", "Zonder")
    ended = a_right(first, office.own)
    a_right(last, office.own)
    give_back(ended.pk, origin=origin())
    assert walk(carla, f"op=naam&na={ended.pk}") == [address(office.anna), address(last)]


@pytest.mark.parametrize(
    "after", ["x", "2026-13-01_1", "2026-03-02_", "_-1", "²", "9" * 30, "2026-03-02_" + "9" * 30]
)
def test_a_place_that_makes_no_sense_is_a_bad_request(carla: Browser, after: str) -> None:
    for query in ("", "op=naam&"):
        response = carla.get(f"/dossiers/?{query}na={after}")
        assert response.status_code == 400
        assert "Er is niets gewijzigd" in text(response)


@pytest.mark.parametrize("after", ["_5", "5", "_"])
def test_a_place_without_a_day_is_none_among_the_closed_rights(carla: Browser, after: str) -> None:
    assert carla.get(f"/dossiers/afgesloten/?na={after}").status_code == 400


def test_each_page_writes_one_line_that_names_the_dossiers_shown(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    rest = [a_dossier(f"Nummer{number}") for number in range(2)]
    for dossier in rest:
        a_right(dossier, office.own)
    walk(carla, "")
    assert lines("list") == [{office.anna.pk, rest[0].pk}, {rest[1].pk}]


def test_a_page_costs_as_many_queries_for_many_dossiers_as_for_one(carla: Browser, office: Office) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        carla.get("/dossiers/")
    for _ in range(20):
        a_right(a_dossier(), office.own)
    with CaptureQueriesContext(connection) as many:
        carla.get("/dossiers/")
    assert len(many) == len(one)


def test_a_closed_right_is_listed_with_number_days_and_reason_and_no_name(
    carla: Browser, office: Office
) -> None:
    give_back(office.right.pk, origin=origin())
    page = text(carla.get("/dossiers/afgesloten/"))
    assert office.anna.client.client_number in page
    assert "De partner gaf het recht terug." in page
    assert "Anna" not in page
    assert "Anna" not in text(carla.get("/dossiers/"))


def test_a_right_whose_last_day_is_past_counts_as_closed_before_the_run_came_by(
    carla: Browser, office: Office
) -> None:
    dossier = a_dossier("Ria")
    a_right(dossier, office.own, on=date(2025, 9, 1))
    page = text(carla.get("/dossiers/afgesloten/"))
    assert dossier.client.client_number in page
    assert "1 maart 2026 De termijn liep af: 6 maanden na de laatste toekenning op 1 september 2025." in page


def test_the_closed_rights_are_paged_too(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    numbers = set()
    for back in (0, 0, 1, 5, 5):
        dossier = a_dossier()
        a_right(dossier, office.own, on=date(2025, 9, 1) - timedelta(days=back))
        numbers.add(dossier.client.client_number)
    found, query = [], ""
    while True:
        page = carla.get(f"/dossiers/afgesloten/?{query}").content.decode()
        found += re.findall(r"K\d{7}", page)
        following = NEXT.search(page)
        if following is None:
            break
        query = following[1]
    assert sorted(found) == sorted(numbers)


def test_another_units_closed_rights_are_not_listed(otto: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    assert office.anna.client.client_number not in text(otto.get("/dossiers/afgesloten/"))
