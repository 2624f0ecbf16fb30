"""What was changed past the application is found: `prove` judges every right from its facts and compares."""

import pytest
from django.db import connection

from inzage.oversight.proving import prove
from inzage.view_rights.models import ViewRight
from tests.world import World, day


def changed(table: str, change: str) -> None:
    """Change every row of a table past the application."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
        assert cursor.rowcount > 0


def differing(on: str) -> list[int | None]:
    """The rights that differ."""
    found = prove(today=day(on), processes=1).differences
    return [difference.right for difference in found if difference.kind == "right"]


@pytest.mark.parametrize(
    "change",
    [
        "relation = 'owner'",
        "rule = 'closing.executor'",
        "rule_version = '1999-01-01'",
        "rule_status = 'assumption'",
        "rule_gap = true",
        "anchor_on = '2025-01-11'",
        "anchor_event = 'activity_closed'",
        "last_day = '2025-07-11'",
        "last_day = NULL",
        "ends_by = 'deceased'",
        "closed_on = '2025-02-01', closed_at = opened_at, closing_reason = 'revoked', last_day = '2025-01-31'",
        "held = 'rule', proposed_last_day = '2025-07-10'",
    ],
)
def test_a_right_that_is_not_what_its_facts_say_is_found(world: World, change: str) -> None:
    right = world.grant("2025-01-10")
    assert differing("2025-02-01") == []
    changed("view_rights_viewright", change)
    assert differing("2025-02-01") == [right.pk]


@pytest.mark.parametrize(
    "change",
    [
        "granted_on = '2025-01-09'",
        "granted_on = '2025-01-11'",
        "unit_id = (SELECT max(id) FROM partners_unit)",
        "dossier_id = (SELECT max(id) FROM dossiers_dossier)",
    ],
)
def test_a_right_that_begins_or_belongs_elsewhere_than_its_grounds_is_found(
    world: World, change: str
) -> None:
    right = world.grant("2025-01-10")
    changed("view_rights_viewright", change)
    assert differing("2025-02-01") == [right.pk]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("view_rights_grant", "granted_on = '2025-01-11'"),
        ("view_rights_grant", "withdrawn_on = '2025-01-20'"),
        ("dossiers_activity", "closed_on = '2025-01-21'"),
        ("dossiers_activity", "closed_on = NULL"),
        ("dossiers_activity", "kind = 'trajectory'"),
        ("dossiers_activity", "unit_id = (SELECT max(id) FROM partners_unit)"),
        ("dossiers_client", "deceased_on = '2025-02-10'"),
    ],
)
def test_a_fact_changed_past_the_application_is_found_by_the_right_it_moves(
    world: World, table: str, change: str
) -> None:
    right = world.grant("2025-01-10")
    if table != "view_rights_grant":
        world.close(world.activity("2025-01-15"), "2025-01-20")
    assert differing("2025-02-01") == []
    changed(table, change)
    assert differing("2025-02-01") == [right.pk]


def test_what_time_alone_brings_is_no_difference(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-10", from_="2025-03-01", dossier=world.an)
    for on in ("2025-01-10", "2025-07-10", "2025-07-11", "2026-01-01"):
        assert differing(on) == []
    world.night("2026-01-01")
    assert differing("2026-01-01") == []
    assert ViewRight.objects.count() == 2
