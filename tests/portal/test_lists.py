"""A counsellor's lists: filtered, searched, sorted and paged, and what is swapped in place where the browser can."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.dossiers.models import Dossier
from inzage.portal import paging
from inzage.rules.names import Kind, Route
from inzage.view_rights.assigning import assign
from inzage.view_rights.consenting import send_back
from inzage.view_rights.ending import give_back, revoke
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, register
from inzage.view_rights.withdrawing import withdraw
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_form,
    a_right,
    in_brussels,
    origin,
)
from tests.portal.reading import NEXT, goes_to, lines, markup, text

HTMX = {"HX-Request": "true"}


def with_last_day(office: Office, day: date | None, given: str = "Ria") -> Dossier:
    """A dossier of Werkpad's whose right ends on that day."""
    dossier = a_dossier(given, "Andere")
    ViewRight.objects.filter(pk=a_right(dossier, office.own).pk).update(last_day=day)
    return dossier


@pytest.mark.parametrize(("days", "listed"), [(6, True), (7, True), (8, False)])
def test_ending_within_7_days_holds_the_seventh_day_and_not_the_next(
    carla: Browser, office: Office, days: int, listed: bool
) -> None:
    with_last_day(office, TODAY + timedelta(days=days))
    page = text(carla.get("/dossiers/?einde=7"))
    assert ("Ria Andere" in page) is listed
    assert "Anna" not in page


def test_the_list_is_filtered_by_ground_and_a_withdrawn_one_counts_no_longer(
    carla: Browser, office: Office
) -> None:
    bob, assigned = a_dossier("Bob"), a_dossier("Ada")
    form = a_form(bob, office.own)
    grant_by_form(form.pk, origin=origin())
    a_right(bob, office.own)
    assign(assigned.pk, office.own, office.service, on=TODAY, origin=origin())
    assert "Bob" in text(carla.get("/dossiers/?grond=form"))
    assert "Anna" not in text(carla.get("/dossiers/?grond=form"))
    only_assigned = text(carla.get("/dossiers/?grond=assignment"))
    assert ("Ada" in only_assigned, "Bob" in only_assigned) == (True, False)
    withdraw(form.pk, withdrawn_on=TODAY, origin=origin())
    assert "Bob" not in text(carla.get("/dossiers/?grond=form"))
    assert "Bob" in text(carla.get("/dossiers/?grond=mediator"))


def test_the_list_is_filtered_by_what_is_not_sure(carla: Browser, office: Office) -> None:
    held, unsure = with_last_day(office, TODAY, "Hilde"), with_last_day(office, TODAY, "Ursula")
    rights = ViewRight.objects.filter(unit=office.own)
    rights.filter(dossier=held).update(held="threshold", proposed_last_day=TODAY)
    rights.filter(dossier=unsure).update(rule_status="assumption")
    for query, name in (("held", "Hilde"), ("unverified", "Ursula")):
        page = text(carla.get(f"/dossiers/?zekerheid={query}"))
        assert [one for one in ("Hilde", "Ursula", "Anna") if one in page] == [name]


def test_the_list_is_filtered_by_lines_that_may_start(carla: Browser, office: Office) -> None:
    bob = with_last_day(office, TODAY, "Bob")
    new = NewActivity(office.own, Kind.TRAINING, "Lassen", requested_on=TODAY)
    register(bob.pk, new, actor=Actor(origin(), office.own))
    page = text(carla.get("/dossiers/?taak=starten"))
    assert ("Bob" in page, "Anna" in page) == (True, False)


@pytest.mark.parametrize(
    "query", ["einde=8", "grond=x", "zekerheid='", "taak=%01", "op=x", "einde=30&einde="]
)
def test_what_is_no_choice_leaves_the_list_as_it_is(carla: Browser, query: str) -> None:
    response = carla.get(f"/dossiers/?{query}")
    assert response.status_code == 200
    assert "Anna" in text(response)


def test_filters_go_together_and_paging_keeps_them(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    for given in ("Els", "An"):
        with_last_day(office, TODAY, given)
    page = carla.get("/dossiers/?einde=7&grond=mediator&op=naam")
    assert "An Andere" in text(page)
    following = NEXT.search(markup(page))
    assert following is not None
    second = text(carla.get(f"/dossiers/?{following[1].replace('&amp;', '&')}"))
    assert ("Els Andere" in second, "Anna" in second) == (True, False)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("verzin", True),
        ("ANNA", True),
        ("Ánna ver", True),
        ("verzinsel anna", True),
        ("nna", False),
        ("anna x", False),
        ("  ", False),
    ],
)
def test_the_own_list_is_searched_by_how_names_begin(
    carla: Browser, office: Office, sought: str, found: bool
) -> None:
    page = text(carla.post("/dossiers/", {"zoek": sought}))
    assert ("Anna Verzinsel" in page) is (found or not sought.strip())


def test_the_own_list_is_searched_by_either_number_and_no_address_holds_it(
    carla: Browser, office: Office
) -> None:
    client = office.anna.client
    for number in (client.client_number.lower(), client.insz, f"{client.insz[:6]}-{client.insz[6:]}"):
        page = markup(carla.post("/dossiers/", {"zoek": number}))
        assert "Anna Verzinsel" in page
        assert f"zoek={number}" not in page
    assert "Anna" not in text(carla.post("/dossiers/", {"zoek": client.client_number[:-1]}))


def test_a_search_finds_nothing_of_anothers_list_and_its_line_names_what_was_shown(
    carla: Browser, otto: Browser, office: Office
) -> None:
    assert "Geen enkel dossier op deze lijst past" in text(otto.post("/dossiers/", {"zoek": "anna"}))
    carla.post("/dossiers/", {"zoek": "anna"})
    assert lines("search") == [set(), {office.anna.pk}]


def test_a_search_is_paged_without_its_words_in_an_address(
    carla: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    later = with_last_day(office, None, "Annabel")
    page = markup(carla.post("/dossiers/", {"zoek": "anna"}))
    place = page.split('name="na" value="')[1].split('"')[0]
    second = text(carla.post("/dossiers/", {"zoek": "anna", "na": place}))
    assert str(later.client) in second
    assert "Anna Verzinsel" not in second


def test_closed_rights_are_filtered_by_reason(carla: Browser, office: Office) -> None:
    taken, given = a_dossier(), a_dossier()
    revoke(a_right(taken, office.own).pk, origin=origin())
    give_back(a_right(given, office.own).pk, origin=origin())
    page = text(carla.get("/dossiers/afgesloten/?reden=given_back"))
    assert given.client.client_number in page
    assert taken.client.client_number not in page


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("van=2026-02-27", True),
        ("van=2026-02-28", True),
        ("van=2026-03-01", False),
        ("tot=2026-02-27", False),
        ("tot=2026-02-28", True),
        ("tot=2026-03-01", True),
    ],
)
def test_closed_rights_are_filtered_by_the_last_day_both_ends_included(
    carla: Browser, office: Office, query: str, listed: bool
) -> None:
    dossier = with_last_day(office, date(2026, 2, 28))
    page = text(carla.get(f"/dossiers/afgesloten/?{query}"))
    assert (dossier.client.client_number in page) is listed


def test_a_day_that_does_not_exist_is_said_at_the_field(carla: Browser) -> None:
    response = carla.get("/dossiers/afgesloten/?van=2026-02-30")
    assert response.status_code == 200
    assert "Vul een dag in die bestaat" in text(response)


@pytest.mark.parametrize(("order", "first"), [("", 1), ("op=oudste", 0)])
def test_closed_rights_are_sorted_either_way_and_paged_so(
    carla: Browser, office: Office, order: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 1)
    days = (date(2026, 2, 1), date(2026, 2, 2))
    numbers = [with_last_day(office, day).client.client_number for day in days]
    page = carla.get(f"/dossiers/afgesloten/?{order}")
    following = NEXT.search(markup(page))
    assert following is not None
    second = carla.get(f"/dossiers/afgesloten/?{following[1].replace('&amp;', '&')}")
    assert [number in text(page) for number in numbers] == [first == 0, first == 1]
    assert [number in text(second) for number in numbers] == [first == 1, first == 0]


def test_two_closed_rights_on_one_dossier_are_both_listed(carla: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    again = a_right(office.anna, office.own)
    give_back(again.pk, origin=origin())
    page = text(carla.get("/dossiers/afgesloten/"))
    assert page.count(office.anna.client.client_number) == 2
    assert lines("list") == [{office.anna.pk}]


def test_what_was_asked_is_filtered_by_state(carla: Browser, office: Office) -> None:
    waits, back = a_dossier(), in_brussels(a_dossier())
    a_form(waits, office.own)
    send_back(a_form(back, office.own, route=Route.BRUSSELS_FORM, completed_on=None).pk, origin=origin())
    page = text(carla.get("/aanvragen/?staat=sent_back"))
    assert (back.client.client_number in page, waits.client.client_number in page) == (True, False)
    assert "Geen enkele aanvraag is in deze toestand." in text(carla.get("/aanvragen/?staat=granted"))
    assert waits.client.client_number in text(carla.get("/aanvragen/?staat=x"))


@pytest.mark.parametrize(
    "page",
    [
        "/dossiers/?einde=30&grond=mediator&zekerheid=unverified&taak=starten",
        "/dossiers/afgesloten/?reden=term&op=oudste",
    ],
)
def test_a_filtered_list_costs_no_more_queries_for_many_rows(
    carla: Browser, office: Office, page: str
) -> None:
    with CaptureQueriesContext(connection) as one:
        carla.get(page)
    for number in range(10):
        dossier = with_last_day(office, TODAY + timedelta(days=number - 5))
        ViewRight.objects.filter(dossier=dossier).update(rule_status="assumption")
        new = NewActivity(office.own, Kind.TRAINING, "Lassen", requested_on=TODAY)
        if number > 5:
            register(dossier.pk, new, actor=Actor(origin(), office.own))
    with CaptureQueriesContext(connection) as many:
        carla.get(page)
    assert len(many) <= len(one) + 1  # sorting out what is on the page writes its names, in one statement
    assert len(many) <= 12


def test_how_many_are_on_the_page_is_a_status(carla: Browser, office: Office) -> None:
    assert 'role="status">1 regel op deze bladzijde.' in markup(carla.get("/dossiers/"))
    with_last_day(office, TODAY)
    assert 'role="status">2 regels op deze bladzijde.' in markup(carla.get("/dossiers/"))


def test_htmx_is_sent_to_the_whole_page_where_the_answer_is_another(
    otto: Browser, office: Office, settings: object
) -> None:
    stranger = Browser().get("/dossiers/?einde=30", headers=HTMX)
    assert stranger.status_code == 204
    assert stranger.headers["HX-Redirect"] == "/aanmelden/?next=/dossiers/%3Feinde%3D30"
    nothing = otto.get("/dossiers/?na=x", headers=HTMX)
    assert (nothing.status_code, nothing.headers["HX-Redirect"]) == (204, "/dossiers/?na=x")
    assert nothing.content == b""


def test_without_htmx_every_answer_is_what_it_is(otto: Browser) -> None:
    assert goes_to(Browser().get("/dossiers/")) == "/aanmelden/?next=/dossiers/"
    assert otto.get("/dossiers/?na=x").status_code == 400
    assert otto.get("/dossiers/", headers=HTMX).status_code == 200
