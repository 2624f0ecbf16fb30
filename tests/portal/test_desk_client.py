"""A client's whole picture at a desk: opened from the list or with a reason, logged, and kept from all others."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.rules.names import Route
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.ending import revoke
from inzage.view_rights.objecting import object_to
from tests.portal.at_desk import because, page_of
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_form,
    a_right,
    an_activity,
    in_brussels,
    origin,
    signed_in_as,
)
from tests.portal.reading import goes_to, lines, markup, text

UNKNOWN = f"/klanten/{'0' * 8}-0000-0000-0000-{'0' * 12}/"
MOST = 12
"""Queries on a page, as the house rule has it."""


def listed(office: Office) -> Dossier:
    """Anna, whom the mediators have on their list by a form under way."""
    a_form(office.anna, office.school)
    return office.anna


def shows(response: object, dossier: Dossier) -> bool:
    """Whether the client is named."""
    assert isinstance(response, HttpResponse)
    return str(dossier.client) in text(response) or dossier.client.client_number in text(response)


def test_a_dossier_on_the_work_list_opens_at_once_and_the_look_is_logged(
    mira: Browser, office: Office
) -> None:
    page = mira.get(page_of(listed(office)))
    assert shows(page, office.anna)
    assert lines("look") == [{office.anna.pk}]
    assert AccessLine.objects.get(kind="look").stated_reason == ""


def test_another_dossier_asks_a_reason_first_and_leaves_no_look(mira: Browser, office: Office) -> None:
    page = mira.get(page_of(office.anna))
    assert "Dit dossier staat niet op uw werklijst." in text(page)
    assert not shows(page, office.anna)
    assert lines("look") == []


def test_with_a_reason_it_opens_and_the_reason_stands_in_the_log(mira: Browser, office: Office) -> None:
    assert shows(because(mira, office.anna, "De klant belde."), office.anna)
    mira.get(page_of(office.anna, "gronden/"))
    reasons = AccessLine.objects.filter(kind="look").values_list("stated_reason", flat=True)
    assert list(reasons) == ["De klant belde."] * 2


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_no_reason_or_one_of_spaces_opens_nothing(mira: Browser, office: Office, reason: str) -> None:
    page = because(mira, office.anna, reason)
    assert "Schrijf waarom u dit dossier opent." in text(page)
    assert not shows(page, office.anna)
    assert lines("look") == []


@pytest.mark.parametrize(("length", "opens"), [(200, True), (201, False)])
def test_a_reason_fits_in_the_log_or_is_refused(
    mira: Browser, office: Office, length: int, opens: bool
) -> None:
    assert shows(because(mira, office.anna, "x" * length), office.anna) is opens


def test_a_reason_for_one_dossier_opens_no_other_and_serves_nobody_else(
    mira: Browser, bas: Browser, office: Office
) -> None:
    bob = a_dossier("Bob")
    because(mira, office.anna, "De klant belde.")
    assert not shows(mira.get(page_of(bob)), bob)
    assert not shows(bas.get(page_of(office.anna)), office.anna)


def test_an_unknown_dossier_is_asked_about_as_any_other(mira: Browser, office: Office) -> None:
    assert markup(mira.get(UNKNOWN)) == markup(mira.get(page_of(office.anna)))
    for rest in ("gronden/", "toewijzen/", "toestemming/", f"inzagerechten/{office.right.pk}/intrekken/"):
        unknown, forbidden = mira.get(f"{UNKNOWN}{rest}"), mira.get(page_of(office.anna, rest))
        assert (unknown.status_code, goes_to(unknown)) == (302, UNKNOWN)
        assert (forbidden.status_code, goes_to(forbidden)) == (302, page_of(office.anna))
    assert lines("look") == []


def test_a_reason_for_an_unknown_dossier_is_kept_and_shows_nothing(mira: Browser, office: Office) -> None:
    page = mira.post(UNKNOWN, {"reason": "De klant belde."}, follow=True)
    assert "Dit dossier vinden wij niet." in text(page)
    assert AccessLine.objects.get(kind="search").stated_reason == "De klant belde."


def test_the_brussels_desk_needs_a_reason_for_who_lives_elsewhere(bas: Browser, office: Office) -> None:
    a_form(office.anna, office.school)  # on the mediators' list, not on this desk's
    assert not shows(bas.get(page_of(office.anna)), office.anna)
    assert lines("look") == []
    assert shows(because(bas, office.anna, "Verhuist naar Brussel."), office.anna)


def test_the_brussels_desk_opens_its_own_list_at_once(bas: Browser, mira: Browser, office: Office) -> None:
    in_brussels(office.anna)
    a_form(office.anna, office.other, route=Route.BRUSSELS_FORM)
    assert shows(bas.get(page_of(office.anna)), office.anna)
    assert not shows(mira.get(page_of(office.anna)), office.anna)


def test_a_counsellor_a_client_and_a_stranger_get_nothing_and_leave_no_trace(
    carla: Browser, anna: Browser, office: Office
) -> None:
    pages = ["", "gronden/", "toewijzen/", "toestemming/", f"inzagerechten/{office.right.pk}/intrekken/"]
    for path in ["/klanten/", *(page_of(office.anna, rest) for rest in pages)]:
        for method in ("get", "post"):
            assert getattr(carla, method)(path).status_code == 403
            assert getattr(anna, method)(path).status_code == 403
            assert getattr(Browser(), method)(path).status_code in (302, 403)
    assert not AccessLine.objects.exists()


def test_number_and_name_find_the_client_and_the_search_is_logged(mira: Browser, office: Office) -> None:
    sent = {"number": office.anna.client.client_number, "family_name": "verzinsel"}
    assert goes_to(mira.post("/klanten/", sent)) == page_of(office.anna)
    assert lines("search") == [{office.anna.pk}]


def test_an_unknown_number_and_a_wrong_name_are_answered_the_same(mira: Browser, office: Office) -> None:
    number = office.anna.client.client_number
    answers = set()
    for sent in ({"number": number, "family_name": "Ander"}, {"number": "K404", "family_name": "Ander"}):
        answers.add(markup(mira.post("/klanten/", sent)).replace(sent["number"], "…"))
    assert len(answers) == 1
    assert "vinden wij geen klant" in answers.pop()
    assert lines("search") == [set(), set()]


def test_the_picture_says_who_may_look_why_until_when_and_what_would_move_it(
    mira: Browser, office: Office
) -> None:
    page = text(mira.get(page_of(listed(office))))
    assert "Werkpad (OE1) Tot en met 2 september 2026" in page
    assert "heeft inzagerecht sinds 2 maart 2026, op grond van: toestemming bij de bemiddelaar." in page
    assert "Begint er vandaag een actie, dan blijft het recht open zolang ze loopt." in page


def test_it_says_who_no_longer_may_and_the_reason_that_was_given(mira: Browser, office: Office) -> None:
    revoke(office.right.pk, remark="Aan de verkeerde gegeven.", origin=origin())
    page = text(mira.get(page_of(listed(office))))
    assert "Vandaag mag geen enkele organisatie dit dossier inzien." in page
    assert "VDAB trok het recht in. Aan de verkeerde gegeven." in page


def test_the_other_page_has_consents_assignments_objections_and_tasks(mira: Browser, office: Office) -> None:
    listed(office)
    object_to(office.anna.pk, office.other, reason="Ik ken hen niet.", origin=origin())
    contact = {"contact": "onthaal: 02 000 00 00", "origin": origin()}
    first = assign(office.anna.pk, office.own, office.service, on=TODAY, **contact)  # type: ignore[arg-type]
    end_assignment(first.pk, on=TODAY, reason="Vergissing", origin=origin())
    assign(office.anna.pk, office.other, office.service, on=TODAY, **contact)  # type: ignore[arg-type]
    page = text(mira.get(page_of(office.anna, "gronden/")))
    for said in (
        *(
            "Leerhuis Intensieve begeleiding maakt eigenaar loopt",
            "voorbij 2 maart 2026 2 maart 2026 Vergissing",
        ),
        *("onthaal: 02 000 00 00", "toestemming bij de bemiddelaar 2 maart 2026 toegekend", "ontvangen"),
        *("Leerhuis , sinds 2 maart 2026. De klant schrijft: Ik ken hen niet.", "Bezwaar van een klant."),
        "Behandel deze taak",
    ):
        assert said in page


@pytest.mark.parametrize("rest", ["", "gronden/"])
def test_a_page_costs_at_most_twelve_queries_however_much_there_is(office: Office, rest: str) -> None:
    mira, counts = signed_in_as(office.mira), []
    listed(office)
    for _round in range(2):
        for _each in range(4):
            unit = Unit.objects.create(oe_number=f"N{Unit.objects.count()}", name="Nog een", kind="partner")
            a_right(office.anna, unit)
            gone = a_right(
                office.anna, Unit.objects.create(oe_number=f"W{unit.pk}", name="Weg", kind="partner")
            )
            revoke(gone.pk, remark="Weg", origin=origin())
            object_to(office.anna.pk, gone.unit, origin=origin())
            how = {"on": TODAY, "origin": origin()}
            given = assign(office.anna.pk, unit, office.service, **how)  # type: ignore[arg-type]
            end_assignment(given.pk, on=TODAY, reason="Weg", origin=origin())
            an_activity(office, title=unit.oe_number)
        with CaptureQueriesContext(connection) as queries:
            assert mira.get(page_of(office.anna, rest)).status_code == 200
        counts.append([one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]])
    assert len(counts[0]) == len(counts[1])
    assert len(counts[1]) <= MOST, counts[1]


def test_no_address_on_the_pages_holds_a_name_or_a_number(mira: Browser, office: Office) -> None:
    client = listed(office).client
    for rest in ("", "gronden/", "toewijzen/", "toestemming/"):
        addresses = " ".join(
            re.findall(r'(?:href|action)="([^"]*)"', markup(mira.get(page_of(office.anna, rest))))
        )
        assert page_of(office.anna) in addresses
        for known in (client.family_name, client.client_number, client.insz):
            assert known.lower() not in addresses.lower()


def test_both_desks_have_it_in_their_menu_and_nobody_else_has(
    mira: Browser, bas: Browser, carla: Browser, office: Office
) -> None:
    for browser, there in ((mira, True), (bas, True), (carla, False)):
        assert ('href="/klanten/"' in markup(browser.get("/", follow=True))) is there


@pytest.mark.parametrize(
    ("language", "heading", "menu"),
    [("fr", "Qui peut consulter aujourd'hui", "Clients"), ("en", "Who may look today", "Clients")],
)
def test_the_picture_is_there_in_the_language_of_the_page(
    mira: Browser, office: Office, language: str, heading: str, menu: str
) -> None:
    mira.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text(mira.get(page_of(listed(office))))
    assert heading in page
    assert menu in page
    assert "Klanten" not in page
