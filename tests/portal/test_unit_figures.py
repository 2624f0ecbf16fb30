"""A unit's figures: each equals a plain count, the boundaries of weeks and months, few queries, its manager's only."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm, FormState
from inzage.portal.managing import counting
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Ground, Route
from inzage.view_rights.assigning import assign
from inzage.view_rights.consenting import send_back
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.withdrawing import withdraw
from tests.portal.clients import a_look
from tests.portal.managing import ago, an_old_right, manager_of
from tests.portal.office import (
    TODAY,
    Office,
    Tab,
    a_dossier,
    a_form,
    a_right,
    an_activity,
    origin,
    signed_in_as,
)
from tests.portal.reading import lines, text

PAGE = "/organisatie/cijfers/"


@pytest.fixture
def busy(office: Office) -> Office:
    """Werkpad with rights that begin and end at every boundary, and a neighbour with as many."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    ends = [TODAY - ago(1), TODAY, monday + ago(6), monday + ago(7), monday + ago(83), monday + ago(84), None]
    for unit in (office.own, office.other):
        for last_day in ends:
            right = a_right(a_dossier(), unit)
            ViewRight.objects.filter(pk=right.pk).update(last_day=last_day)
        for granted_on in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 1, 31), date(2026, 2, 1)):
            a_right(a_dossier(), unit, on=granted_on)
        give_back(a_right(a_dossier(), unit, on=date(2025, 5, 5)).pk, origin=origin(date(2025, 6, 1)))
        give_back(a_right(a_dossier(), unit).pk, origin=origin())
    an_activity(office)
    return office


def rights_of(office: Office) -> list[ViewRight]:
    """All rights that Werkpad ever had."""
    return [right for right in ViewRight.objects.all() if right.unit_id == office.own.pk]


def standing(office: Office) -> list[ViewRight]:
    """Those that stand today, told plainly."""
    return [
        right
        for right in rights_of(office)
        if right.closed_on is None and (right.last_day is None or right.last_day >= TODAY)
    ]


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return next(day - ago(back) for back in range(7) if (day - ago(back)).isoweekday() == 1)


def plain(days: list[date], stretches: list[date], begin_of: Any) -> dict[date, int]:
    """How many of these days fall in each stretch."""
    counts = Counter(begin_of(day) for day in days)
    return {stretch: counts[stretch] for stretch in stretches}


def test_this_week_and_the_eleven_after_it_by_last_day(busy: Office) -> None:
    weeks = counting.coming_weeks(TODAY)
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2026, 3, 2), date(2026, 5, 18), 12)
    days = [right.last_day for right in standing(busy) if right.last_day]
    found = counting.ends_by_week(busy.own, on=TODAY)
    assert found == plain(days, weeks, monday_of)
    assert (found[weeks[0]], found[weeks[1]], found[weeks[-1]]) == (2, 1, 1)


def test_granted_in_this_month_and_the_eleven_before_it(busy: Office) -> None:
    months = counting.last_months(TODAY)
    assert (months[0], months[-1], len(months)) == (date(2025, 4, 1), date(2026, 3, 1), 12)
    days = [right.granted_on for right in rights_of(busy)]
    found = counting.granted_by_month(busy.own, on=TODAY)
    assert found == plain(days, months, lambda day: day.replace(day=1))
    assert (found[months[0]], found[date(2026, 1, 1)], found[date(2026, 2, 1)]) == (1, 1, 1)


def test_ended_by_the_month_of_their_last_day(busy: Office) -> None:
    months = counting.last_months(TODAY)
    days = [right.last_day for right in rights_of(busy) if right.last_day and right.last_day < TODAY]
    found = counting.ended_by_month(busy.own, on=TODAY)
    assert found == plain(days, months, lambda day: day.replace(day=1))
    assert found[date(2025, 5, 1)] == 1
    assert len(days) + len(standing(busy)) == len(rights_of(busy))


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31), date(2024, 2, 29)])
def test_months_and_weeks_follow_one_another_over_a_new_year(on: date) -> None:
    months = counting.last_months(on)
    assert months[-1] == on.replace(day=1)
    assert all((later - ago(1)).replace(day=1) == earlier for earlier, later in pairwise(months))
    weeks = counting.last_weeks(on)[:-1] + counting.coming_weeks(on)
    assert all(later - earlier == ago(7) for earlier, later in pairwise(weeks))
    assert {week.isoweekday() for week in weeks} == {1}


def test_a_right_counts_at_each_ground_it_has_left(busy: Office) -> None:
    assign(busy.anna.pk, busy.own, busy.service, on=TODAY, origin=origin())
    ours = {right.pk for right in standing(busy)}
    grounds = {(grant.right_id, grant.ground) for grant in Grant.objects.filter(withdrawn_on=None)}
    plainly = Counter(ground for right, ground in grounds if right in ours)
    found = counting.by_ground(busy.own, on=TODAY)
    assert found == plainly
    assert found[Ground.ASSIGNMENT] == 1


def test_a_ground_that_was_withdrawn_counts_no_more(office: Office) -> None:
    assign(office.anna.pk, office.own, office.service, on=TODAY, origin=origin())
    withdraw(ConsentForm.objects.get(dossier=office.anna).pk, withdrawn_on=TODAY, origin=origin())
    assert counting.by_ground(office.own, on=TODAY) == {Ground.ASSIGNMENT: 1}


def test_each_right_has_one_reason_of_its_end(busy: Office) -> None:
    found = counting.by_end(busy.own, on=TODAY)
    plainly = Counter((right.ends_by, right.anchor_event, right.relation) for right in standing(busy))
    assert {tuple(end): of for end, of in found.items()} == plainly
    assert {end.relation for end in found} == {"executor", "none"}


def test_forms_under_way_are_those_the_unit_asked(office: Office) -> None:
    a_form(a_dossier(), office.own)
    a_form(a_dossier(), office.other, by=office.own)
    a_form(a_dossier(), office.own, by=office.other)
    back = a_form(a_dossier(), office.own, route=Route.FORM, completed_on=None)
    send_back(back.pk, remark="Vul de dag in.", origin=origin())
    found = counting.forms_by_state(office.own)
    assert found == {FormState.ASKED: 0, FormState.RECEIVED: 2, FormState.SENT_BACK: 1}


def test_looks_of_the_last_twelve_weeks_and_no_lists(office: Office) -> None:
    weeks = counting.last_weeks(TODAY)
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2025, 12, 15), TODAY, 12)
    for days in (0, 0, 1, 7, 8, 77, 78):
        a_look(office.anna, office.carla, office.own, ago=ago(days))
    a_look(office.anna, office.carla, office.own, kind="list")
    a_look(office.anna, office.otto, office.other)
    looks = AccessLine.objects.filter(kind="look", unit="OE1")
    looked_on = [day_of(look.at) for look in looks]
    found = counting.looks_by_week(office.own, on=TODAY)
    assert found == plain(looked_on, weeks, monday_of)
    assert (found[weeks[0]], found[weeks[-1]], sum(found.values())) == (1, 2, 6)


def test_the_page_shows_them_and_names_no_client_so_the_log_stays_as_it_is(boss: Tab, busy: Office) -> None:
    page = text(boss.get(PAGE))
    assert f"{len(standing(busy))} inzagerechten open" in page
    for words in (
        "toestemming bij de bemiddelaar",
        "termijn na de laatste toekenning",
        "geen einde: voert een actie uit",
        "week van 18 mei",
        "april 2025",
    ):
        assert words in page
    assert "Verzinsel" not in page
    assert busy.anna.client.client_number not in page
    assert lines("list") == lines("look") == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (ClosingReason.DECEASED, "de klant is overleden"),
        (ClosingReason.WITHDRAWN, "de klant trok de toestemming in"),
    ],
)
def test_an_end_that_was_told_ahead_has_its_own_reason(
    boss: Tab, office: Office, reason: str, words: str
) -> None:
    ViewRight.objects.filter(pk=office.right.pk).update(ends_by=reason)
    assert words in text(boss.get(PAGE))


def test_a_unit_with_nothing_has_its_page_too(office: Office) -> None:
    page = text(signed_in_as(manager_of(office.other, office.otto)).get(PAGE))
    assert "0 inzagerechten open" in page
    assert "Er is nog niets om te tellen." in page


def test_the_page_costs_as_many_queries_for_many_rights_as_for_one(boss: Tab, office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            boss.get(PAGE)
        return len(captured)

    one = queries()
    for _ in range(20):
        an_old_right(office.own)
    assert queries() == one <= 12


def test_it_is_for_who_manages_the_unit_only(carla: Browser, mira: Browser, office: Office) -> None:
    assert carla.get(PAGE).status_code == mira.get(PAGE).status_code == 403
    assert "Cijfers" not in text(carla.get("/vandaag/"))
    assert not AccessLine.objects.exclude(kind="list").exists()
