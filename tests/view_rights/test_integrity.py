"""What must always hold stands in the database itself: written past the application it is refused, on both engines."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from inzage.dossiers.models import Assignment, Client
from inzage.partners.models import Partner
from inzage.rules.names import Part
from inzage.view_rights.ending import record_death
from inzage.view_rights.looking import Look, look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor, close, reopen
from tests.database import refused
from tests.world import World, day, origin


def copied(table: str, pk: int, **other: object) -> bool:
    """Whether the database refuses a copy of this row with other values."""
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
            if column.name != "id"
        ]
    values = [other.get(column, column) for column in columns]
    shown = ", ".join("%s" if column in other else column for column in columns)
    given = [value for column, value in zip(columns, values, strict=True) if column in other]
    return refused(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {shown} FROM {table} WHERE id = %s", *given, pk
    )


def test_one_open_right_per_unit_and_dossier(world: World) -> None:
    right = world.grant("2025-01-10")
    assert copied("view_rights_viewright", right.pk)
    assert not copied("view_rights_viewright", right.pk, unit_id=world.haven.pk)
    assert not copied("view_rights_viewright", right.pk, dossier_id=world.an.pk)


@pytest.mark.parametrize(
    ("assigned_on", "ended_on", "is_refused"),
    [
        ("2025-03-31", None, True),
        ("2025-04-01", None, False),
        ("2024-12-01", "2025-01-11", True),
        ("2024-12-01", "2025-01-10", False),
        ("2025-02-01", "2025-02-01", False),  # of no days
    ],
)
def test_one_owner_at_a_time(world: World, assigned_on: str, ended_on: str | None, is_refused: bool) -> None:
    first = world.end_assignment(world.assign("2025-01-10"), "2025-04-01")
    other = {
        "unit_id": world.haven.pk,
        "assigned_on": assigned_on,
        "ended_on": ended_on,
        "end_reason": "klaar" if ended_on else "",
    }
    assert copied("dossiers_assignment", first.pk, **other) is is_refused
    assert not copied("dossiers_assignment", first.pk, **other, dossier_id=world.an.pk)
    assert not copied("dossiers_assignment", first.pk, **other, makes_owner=False)


def test_an_owner_cannot_be_moved_over_another(world: World) -> None:
    world.end_assignment(world.assign("2025-01-10"), "2025-04-01")
    later = world.assign("2025-04-01", unit=world.haven)
    assert refused("UPDATE dossiers_assignment SET assigned_on = '2025-03-31' WHERE id = %s", later.pk)
    assert not refused("UPDATE dossiers_assignment SET assigned_on = '2025-04-02' WHERE id = %s", later.pk)


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ("ended_on = '2025-02-01'", True),
        ("end_reason = 'klaar'", True),
        ("ended_on = '2025-01-09', end_reason = 'klaar'", True),
        ("ended_on = '2025-01-10', end_reason = 'klaar'", False),
    ],
)
def test_an_assignment_ends_with_its_reason_and_not_before_it_began(
    world: World, change: str, is_refused: bool
) -> None:
    assignment = world.assign("2025-01-10")
    assert refused(f"UPDATE dossiers_assignment SET {change} WHERE id = %s", assignment.pk) is is_refused


@pytest.mark.parametrize("end", ["closed_on", "cancelled_on"])
@pytest.mark.parametrize(("on", "is_refused"), [("2025-01-14", True), ("2025-01-15", False)])
def test_an_activity_ends_not_before_it_started(world: World, end: str, on: str, is_refused: bool) -> None:
    activity = world.activity("2025-01-15")
    assert refused(f"UPDATE dossiers_activity SET {end} = %s WHERE id = %s", on, activity.pk) is is_refused


def test_an_activity_was_requested_or_started(world: World) -> None:
    activity = world.activity("2025-01-15")
    assert refused("UPDATE dossiers_activity SET started_on = NULL WHERE id = %s", activity.pk)


@pytest.mark.parametrize("digit", range(11))
def test_every_digit_of_an_insz_number_counts(world: World, digit: int) -> None:
    good = Client.objects.get(client_number="K1").insz
    wrong = good[:digit] + str((int(good[digit]) + 1) % 10) + good[digit + 1 :]
    assert refused("UPDATE dossiers_client SET insz = %s WHERE client_number = 'K1'", wrong)
    assert not refused("UPDATE dossiers_client SET insz = %s WHERE client_number = 'K1'", good)


@pytest.mark.parametrize("insz", ["", "6001029990", "600102999001", "60010299A00", "           "])
def test_an_insz_number_has_eleven_digits(world: World, insz: str) -> None:
    assert refused("UPDATE dossiers_client SET insz = %s WHERE client_number = 'K1'", insz)


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_of_a_kbo_number_counts(world: World, digit: int) -> None:
    good = Partner.objects.get().kbo_number
    wrong = good[:digit] + str((int(good[digit]) + 1) % 10) + good[digit + 1 :]
    assert refused("UPDATE partners_partner SET kbo_number = %s", wrong)
    assert not refused("UPDATE partners_partner SET kbo_number = %s", good)


@pytest.mark.parametrize(
    "change",
    [
        "closed_on = NULL, closed_at = NULL, closing_reason = ''",
        "last_day = '2026-01-01'",
        "closing_reason = 'revoked'",
        "rule = 'closing.executor'",
        "granted_on = '2025-01-09'",
    ],
)
def test_a_closed_right_is_final(world: World, change: str) -> None:
    right = world.grant("2025-01-10")
    world.night("2025-07-11")
    assert refused(f"UPDATE view_rights_viewright SET {change} WHERE id = %s", right.pk)


def test_a_right_closes_with_day_moment_and_reason_and_is_never_deleted(world: World) -> None:
    right = world.grant("2025-01-10")
    assert refused("UPDATE view_rights_viewright SET closed_on = '2025-02-01' WHERE id = %s", right.pk)
    assert refused("UPDATE view_rights_viewright SET closing_reason = 'term' WHERE id = %s", right.pk)
    assert refused("DELETE FROM view_rights_viewright WHERE id = %s", right.pk)
    assert ViewRight.objects.get().closed_on is None


KEPT = (
    *("dossiers_assignmentversion", "dossiers_activityversion", "dossiers_clientversion"),
    *("consents_consentformversion", "view_rights_viewrightversion", "view_rights_grantversion"),
    *("dossiers_performance", "view_rights_closing", "access_log_accessline", "access_log_showndossier"),
    "dossiers_earlierrun",
)


@pytest.mark.parametrize("table", KEPT)
def test_history_and_log_only_ever_grow(world: World, table: str) -> None:
    _leave_a_row_everywhere(world)
    assert refused(f"DELETE FROM {table}")
    assert refused(f"UPDATE {table} SET id = id")
    assert emptied(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0


def emptied(table: str) -> bool:
    """Whether the database refuses each engine's own way past its triggers on changing and deleting."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return refused(f"REPLACE INTO {table} SELECT * FROM {table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or pending checks alone would refuse it
    with pytest.raises(DatabaseError, match=r"append-only|keeps its rows"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")
    return True


@pytest.mark.parametrize("is_closed", [False, True])
def test_no_right_is_replaced_by_another(world: World, is_closed: bool) -> None:
    right = world.grant("2025-01-10")
    if is_closed:
        world.night("2025-07-11")
    assert emptied("view_rights_viewright")
    if connection.vendor == "sqlite":
        left = ("id", "opened_at")
        columns = ", ".join(
            str(field.column) for field in ViewRight._meta.concrete_fields if field.column not in left
        )
        other = f"REPLACE INTO view_rights_viewright (opened_at, {columns}) SELECT '2025-01-01', {columns}"
        assert refused(f"{other} FROM view_rights_viewright") is not is_closed
    assert ViewRight.objects.filter(pk=right.pk, opened_at=right.opened_at).exists()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        *(
            (("view_rights_viewright"), f"{column} = 'xx'")
            for column in ("relation", "ends_by", "anchor_event")
        ),
        ("view_rights_viewright", "ends_by = 'corrected'"),
        ("view_rights_viewright", "held = 'xx', proposed_last_day = '2025-07-10'"),
        ("view_rights_grant", "ground = 'mediator', form_id = NULL"),
        ("view_rights_grant", "ground = 'assignment'"),
        ("view_rights_grant", "ground = 'xx'"),
        ("consents_consentform", "state = 'xx'"),
        ("consents_consentform", "purpose = 'xx'"),
        ("consents_consentform", "granted_on = '2025-01-09'"),
        ("consents_consentform", "state = 'refused'"),
    ],
)
def test_what_has_a_name_has_one_that_is_known_and_goes_with_the_rest(
    world: World, table: str, change: str
) -> None:
    world.grant("2025-01-10")
    assert refused(f"UPDATE {table} SET {change}")


def test_a_right_closes_after_its_last_day(world: World) -> None:
    world.grant("2025-01-10")
    closing = "UPDATE view_rights_viewright SET closed_at = opened_at, closing_reason = 'revoked', closed_on"
    assert refused(f"{closing} = '2025-02-01', last_day = '2025-02-01'")
    assert not refused(f"{closing} = '2025-02-01', last_day = '2025-01-31'")


def _leave_a_row_everywhere(world: World) -> None:
    world.assign("2025-01-09", unit=world.brug)
    world.grant("2025-01-10")
    activity = world.activity("2025-01-11", unit=world.haven)
    actor = Actor(origin("2025-01-12"))
    perform(activity.pk, Hours(day("2025-01-12"), Decimal(4)), actor=actor)
    reopen(close(activity.pk, on=day("2025-01-12"), actor=actor).pk, on=day("2025-01-12"), actor=actor)
    look(world.piet, Look(origin("2025-01-12"), world.spoor, Part.GENERAL, uuid4()), lambda _right: None)
    record_death(world.an.pk, deceased_on=day("2025-01-12"), origin=origin("2025-01-12"))
    world.night("2025-07-11")
    assert Assignment.objects.exists()
