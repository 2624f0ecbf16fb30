"""A fact that was changed past the application is found, whether or not it moves a right: no version says so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import Objection
from inzage.oversight.differences import Difference
from inzage.oversight.histories import changed_anywhere, changed_in
from inzage.oversight.proving import prove
from inzage.view_rights import ending, objecting
from inzage.view_rights.scopes import between
from tests.world import World, day, origin


@pytest.fixture
def register(world: World) -> World:
    """One fact of each kind, each with more than one version; and the same of another dossier."""
    for dossier in (world.an, world.piet):
        world.grant("2025-01-10", dossier=dossier)
        world.end_assignment(world.assign("2025-01-10", dossier=dossier), "2025-01-15")
        world.close(world.activity("2025-01-15", dossier=dossier), "2025-01-20")
        objection = objecting.object_to(dossier.pk, world.brug, reason="buurman", origin=origin("2025-01-20"))
        assert objection is not None
    objecting.lift(Objection.objects.get(dossier=world.an).pk, origin=origin("2025-01-22"))
    ending.record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-02"))
    return world


def found(on: str = "2025-02-03") -> list[Difference]:
    """The facts that a proof finds."""
    return [each for each in prove(today=day(on), processes=1).differences if each.kind == "fact"]


def changed(table: str, change: str, where: str) -> None:
    """Past the application, and past what guards its constraints."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE {where}")
        assert cursor.rowcount == 1


def test_what_the_application_writes_is_what_its_history_says(register: World) -> None:
    assert prove(today=day("2025-02-03"), processes=1).differences == []


OF_PIET = "dossier_id = (SELECT id FROM dossiers_dossier WHERE client_id = (SELECT id FROM dossiers_client WHERE %s))"
PIET = "client_number = 'K1'"


@pytest.mark.parametrize(
    ("table", "change", "stored", "proven"),
    [
        ("dossiers_activity", "closed_on = '2025-01-21'", "closed_on 2025-01-21", "closed_on 2025-01-20"),
        ("dossiers_activity", "closed_on = NULL", "closed_on None", "closed_on 2025-01-20"),
        (
            "dossiers_activity",
            "work_ended_on = '2025-01-19'",
            "work_ended_on 2025-01-19",
            "work_ended_on None",
        ),
        ("dossiers_activity", "title = 'Verzinsel'", "title", "title"),
        (
            "dossiers_assignment",
            "assigned_on = '2025-01-09'",
            "assigned_on 2025-01-09",
            "assigned_on 2025-01-10",
        ),
        ("dossiers_assignment", "makes_owner = false", "makes_owner False", "makes_owner True"),
        ("view_rights_grant", "withdrawn_on = '2025-03-01'", "withdrawn_on 2025-03-01", "withdrawn_on None"),
        ("consents_objection", "reason = 'Verzinsel'", "reason", "reason"),
        (
            "consents_objection",
            "lifted_at = objected_at, lifted_by = 'x'",
            "lifted_at 2025-01-20",
            "lifted_at None",
        ),
        ("dossiers_client", "deceased_on = NULL", "deceased_on None", "deceased_on 2025-02-01"),
        ("dossiers_client", "deceased_on = '2025-02-02'", "deceased_on 2025-02-02", "deceased_on 2025-02-01"),
        (
            "dossiers_client",
            "death_recorded_on = NULL",
            "death_recorded_on None",
            "death_recorded_on 2025-02-02",
        ),
    ],
)
def test_a_row_changed_by_hand_is_found_with_what_it_was(
    register: World, table: str, change: str, stored: str, proven: str
) -> None:
    """Back to what it was once, too; and what somebody wrote is not repeated."""
    where = PIET if table == "dossiers_client" else OF_PIET % PIET
    if table == "view_rights_grant":
        where += " AND form_id IS NOT NULL"
    changed(table, change, where)
    (difference,) = found()
    assert difference.dossier == register.piet.pk
    assert (stored in difference.stored, proven in difference.proven) == (True, True)
    assert "Verzinsel" not in difference.stored


@pytest.mark.parametrize("table", ["dossiers_activity", "view_rights_grant", "dossiers_assignment"])
def test_a_fact_that_is_another_units_by_hand_is_found(register: World, table: str) -> None:
    only = " AND form_id IS NOT NULL" if table == "view_rights_grant" else ""
    changed(table, f"unit_id = {register.haven.pk}", OF_PIET % PIET + only)
    (difference,) = found()
    assert (difference.unit, f"unit_id {register.spoor.pk}" in difference.proven) == (register.haven.pk, True)


def test_a_fact_without_any_version_is_found(register: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_activity (dossier_id, unit_id, kind, title, course_number, outsourcing_number, "
            "started_on) VALUES (%s, %s, 'training', '', '', '', '2024-01-01')",
            [register.an.pk, register.haven.pk],
        )
    (difference,) = found()
    assert (difference.dossier, difference.unit, difference.proven) == (
        register.an.pk,
        register.haven.pk,
        "no version",
    )


def test_it_asks_as_many_questions_of_many_dossiers_as_of_one(register: World) -> None:
    dossiers = sorted([register.an.pk, register.piet.pk])
    with CaptureQueriesContext(connection) as of_one:
        assert [*changed_in(between(dossiers[0], dossiers[0])), *changed_anywhere()] == []
    with CaptureQueriesContext(connection) as of_all:
        assert [*changed_in(between(*dossiers)), *changed_anywhere()] == []
    assert len(of_all) == len(of_one)
