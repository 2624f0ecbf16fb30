"""Lists come from an index in their order, however many rows there are that they don't show."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm
from inzage.partners.models import Service
from inzage.portal.managing import counting
from inzage.portal.paging import ByLastDay, ByName, longest_waiting
from inzage.portal.partner.choosing import named
from inzage.portal.protection.finding import Wanted, latest_first, lines_of
from inzage.rule_books.in_force import books
from inzage.view_rights.lasting import lasting_too_long
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to
from tests.portal.office import NOON, TODAY, Office


def test_rights_without_an_end_are_read_from_those_of_their_unit(office: Office) -> None:
    """By their number alone, all rights of all units might be walked to find the few that there are."""
    with CaptureQueriesContext(connection) as queries:
        ByLastDay(TODAY).rows(open_to(office.own.pk, on=TODAY), "", 51)
    for query in queries:
        plan = plan_of(query["sql"])
        assert "right_by_unit" in plan
        assert "viewright_pkey" not in plan
        assert "TEMP B-TREE" not in plan


WHOLE_TABLES = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
ONE_BY_ONE = "SET LOCAL enable_nestloop = off"
ROWS_NOT_VACUUMED = "UPDATE pg_class SET relallvisible = 1000000 WHERE relname LIKE 'view_rights_%'"
SORTS = "SET LOCAL enable_sort = off"
IN_TURN = {
    "received": "forms_to_handle",
    "asked": "forms_asked_in_turn",
    "sent_back": "forms_sent_back_in_turn",
}


@pytest.mark.parametrize("state", UNDER_WAY)
@pytest.mark.django_db
def test_each_stack_of_forms_is_read_in_its_turn(state: str) -> None:
    """Also those that nobody has to handle now."""
    with CaptureQueriesContext(connection) as queries:
        longest_waiting(ConsentForm.objects.filter(state=state, route__in=["form", "mediator"]), "")
    plan = plan_of(queries[0]["sql"])
    assert IN_TURN[state] in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("goes_on", [False, True])
def test_rights_by_name_are_read_in_their_order(office: Office, goes_on: bool) -> None:
    """From where the page begins: not all names of the unit."""
    by_name, own = ByName(ViewRight.objects.filter(unit=office.own)), open_to(office.own.pk, on=TODAY)
    with CaptureQueriesContext(connection) as queries:
        by_name.rows(own.select_related("dossier__client"), str(office.right.pk) if goes_on else "", 51)
    plan = plan_of(queries[-1]["sql"])
    assert "right_by_name" in plan
    assert "TEMP B-TREE" not in plan


def test_a_name_is_sought_in_the_index_by_name_alone(office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        named(open_to(office.own.pk, on=TODAY), office.own, "anna verz")
    plan = plan_of(queries[0]["sql"])
    assert "right_by_name" in plan
    assert ("Index Only Scan" in plan) is (connection.vendor == "postgresql")
    assert "dossiers_client" not in plan


def test_rights_are_counted_by_ground_in_indexes_without_the_closed_ones(office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        counting.by_ground(office.own, on=TODAY)
    plan = plan_of(queries[-1]["sql"], WHOLE_TABLES, ONE_BY_ONE, ROWS_NOT_VACUUMED)
    assert "open_rights_counted" in plan
    assert "grants_of_unit" in plan


def test_ownerships_that_last_too_long_are_found_by_their_service(office: Office) -> None:
    """By the service's own number, beside the day: not by its code among all ownerships there are."""
    Service.objects.create(
        code=next(iter(books().on(TODAY).longest)), name="Met een langste duur", tendered=True
    )
    with CaptureQueriesContext(connection) as queries:
        list(lasting_too_long(TODAY))
    assert "ownerships_by_service" in plan_of(queries[-1]["sql"])


@pytest.fixture
def long_log(office: Office) -> None:
    """Lines of many people and units on many days, counted by the database, which goes by that."""
    lines = [
        AccessLine(
            at=NOON - timedelta(hours=number),
            kind="export" if number % 100 == 0 else "look",
            person=f"person:{number % 300}",
            unit=f"OE{number % 200}",
            part="general",
        )
        for number in range(3000)
    ]
    AccessLine.objects.bulk_create(lines)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE access_log_accessline")


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "access_log_accessline_at"),
        (Wanted(person="person:1"), "lines_by_person"),
        (Wanted(unit="OE1"), "lines_of_unit"),
        (Wanted(kind="export"), "lines_by_kind"),
        (Wanted(person="person:1", since=date(2026, 1, 1), until=TODAY), "lines_by_person"),
        (Wanted(unit="OE1", since=date(2026, 1, 1)), "lines_of_unit"),
    ],
)
def test_the_newest_lines_come_from_an_index_in_their_order(
    long_log: None, wanted: Wanted, index: str
) -> None:
    """Nothing is sorted and nothing skipped: the first page and any later one cost the same in a log of any length."""
    for after in ("", "1772000000000000_77"):
        with CaptureQueriesContext(connection) as queries:
            latest_first(lines_of(wanted), after)
        plan = plan_of(queries[0]["sql"])
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort Key: access_log_accessline.at" not in plan


def plan_of(statement: str, *dear: str) -> str:
    """How the database would answer where these ways of reading are as dear as in a large register."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in dear or (WHOLE_TABLES, SORTS):
                cursor.execute(way)
            cursor.execute(f"EXPLAIN {statement}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return "\n".join(row[3] for row in cursor.fetchall())
