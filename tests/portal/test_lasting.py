"""Trajectories that last longer than they may: mediators see them, rule managers a count, and nothing closes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import ShownDossier
from inzage.dossiers.models import Assignment
from inzage.oversight.counting import count_due
from inzage.partners.models import Person, Service
from inzage.portal import paging
from inzage.rules.periods import Period
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.lasting import lasting_by_service, lasting_too_long
from inzage.view_rights.models import ViewRight
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier, a_person, origin, signed_in_as
from tests.portal.reading import text

ADDRESS = "/formulieren/lange-trajecten/"
LONGEST = Period(12)
BEGAN = date(2025, 3, 1)
"""A trajectory of twelve months that began so had 1 March 2026 as its last day: the day before today."""


@pytest.fixture
def sif(office: Office) -> Service:
    """A service under which a trajectory lasts twelve months at most."""
    return Service.objects.create(code="SIF", name="Sociaal Interventiefonds", tendered=True)


def owned(name: str, office: Office, service: Service, on: date) -> Assignment:
    return assign(a_dossier(name).pk, office.other, service, on=on, origin=origin(on))


@pytest.mark.parametrize(
    "period", [Period(1), Period(6), Period(12), Period(24), Period(days=1), Period(days=90)]
)
def test_the_latest_start_is_the_last_day_whose_term_is_over(period: Period) -> None:
    for days in range(800):
        today = date(2023, 12, 28) + timedelta(days=days)
        start = period.latest_start(over_on=today)
        assert period.last_day(start) < today <= period.last_day(start + timedelta(days=1))


@pytest.mark.parametrize(("days", "is_too_long"), [(-1, True), (0, True), (1, False)])
def test_one_is_listed_from_the_day_after_its_longest(
    office: Office, sif: Service, days: int, is_too_long: bool
) -> None:
    began = BEGAN + timedelta(days=days)
    owned("Bea", office, sif, began)
    assert (LONGEST.last_day(began) < TODAY) is is_too_long
    assert lasting_by_service(TODAY) == ({"SIF": 1} if is_too_long else {})


@pytest.mark.parametrize(("ended_on", "is_listed"), [(0, False), (1, True)])
def test_only_what_runs_today_is_listed(office: Office, sif: Service, ended_on: int, is_listed: bool) -> None:
    one, end = owned("Bea", office, sif, BEGAN), TODAY + timedelta(days=ended_on)
    end_assignment(one.pk, on=end, reason="klaar", origin=origin())
    assert lasting_too_long(TODAY).filter(pk=one.pk).exists() is is_listed


def test_a_service_without_a_longest_and_one_that_makes_no_owner_are_not_listed(
    office: Office, sif: Service
) -> None:
    owned("Bea", office, office.service, date(2010, 1, 1))
    sif.tendered = False
    sif.save()
    owned("Cis", office, sif, date(2010, 1, 1))
    assert not lasting_too_long(TODAY).exists()


def test_it_closes_nothing(office: Office, sif: Service) -> None:
    one = owned("Bea", office, sif, BEGAN)
    run(TODAY, clock=lambda: NOON)
    right = ViewRight.objects.get(dossier=one.dossier)
    assert (right.closed_on, right.last_day) == (None, None)


def test_a_mediator_reads_them_the_oldest_first_and_every_look_is_logged(
    mira: Tab, office: Office, sif: Service
) -> None:
    later, first = (owned(name, office, sif, on) for name, on in (("Bea", BEGAN), ("Cis", date(2024, 2, 29))))
    page = text(mira.get(ADDRESS))
    assert page.index("Cis") < page.index("Bea")
    assert "29 februari 2024 12 maanden tot en met 28 februari 2025 aanname, niet nagekeken" in page
    shown = ShownDossier.objects.filter(line__kind="list", line__person=office.mira.signature)
    assert set(shown.values_list("dossier", flat=True)) == {later.dossier_id, first.dossier_id}


def test_pages_go_by_key_and_ask_no_more_for_more(
    mira: Tab, office: Office, sif: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    asked = []
    for number in range(5):
        owned(f"Klant{number}", office, sif, BEGAN - timedelta(days=number // 2))
        with CaptureQueriesContext(connection) as queries:
            mira.get(ADDRESS)
        asked.append(len(queries))
    assert asked[0] == asked[-1] <= 12
    seen, after = [], ""
    for _ in range(3):
        answer = mira.get(ADDRESS, {"na": after} if after else {})
        seen += [line.assignment.pk for line in answer.context["lines"]]
        after = answer.context["after"]
    assert seen == list(lasting_too_long(TODAY).order_by("assigned_on", "pk").values_list("pk", flat=True))
    assert after == ""


@pytest.mark.parametrize("after", ["x", "2026-13-01_1", "_1", "2026-01-01_x"])
def test_a_place_that_is_none_is_refused(mira: Tab, after: str) -> None:
    assert mira.get(ADDRESS, {"na": after}).status_code == 400


def test_another_desk_and_a_counsellor_do_not_read_them(bas: Tab, carla: Tab) -> None:
    assert [tab.get(ADDRESS).status_code for tab in (bas, carla)] == [403, 403]


def test_the_rule_manager_reads_how_many_and_nobody_s_name(office: Office, sif: Service) -> None:
    owned("Bea", office, sif, BEGAN)
    rudi = signed_in_as(a_person("Rudi", Person.Role.RULE_MANAGER))
    count_due(NOON)
    page = text(rudi.get("/regels/cijfers/"))
    assert "Trajecten die te lang duren 1" in page
    assert "SIF: 1" in page.replace("SIF : 1", "SIF: 1")
    assert "Bea" not in page
