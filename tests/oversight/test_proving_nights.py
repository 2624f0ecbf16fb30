"""What is stored is right as of the last night that is done: what a later one begins or moves is no difference yet."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from inzage.oversight.differences import Difference
from inzage.oversight.proving import prove
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, propose_publication
from inzage.rules.days import midnight
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import ViewRight
from inzage.view_rights.running import run
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK
from tests.world import World, day, noon, origin

SHORTER = without_a_gap(BOOK.replace("2020-01-01", "2026-03-01").replace("months = 6", "months = 2"))


def found(on: str) -> list[Difference]:
    """What a proof on that day finds, but for facts that were changed by hand."""
    return [each for each in prove(today=day(on), processes=1).differences if each.kind != "fact"]


def by_hand(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_a_ground_whose_day_has_come_is_missed_once_the_night_of_its_day_is_done(world: World) -> None:
    world.assign("2025-01-10", from_="2025-03-01")
    world.night("2025-02-28")
    assert found("2025-03-01") == []
    world.night("2025-03-01")
    assert found("2025-03-01") == []
    by_hand("UPDATE view_rights_grant SET right_id = NULL")
    assert ("ground", None, world.piet.pk, world.spoor.pk) in [
        (each.kind, each.right, each.dossier, each.unit) for each in found("2025-03-01")
    ]


def test_a_ground_that_grants_nothing_is_missed_by_nobody(world: World) -> None:
    """Of an assignment after a death, and of a consent withdrawn before its day."""
    world.assign("2025-01-10", from_="2025-03-01")
    by_hand("UPDATE dossiers_client SET deceased_on = '2025-02-01' WHERE client_number = 'K1'")
    world.assign("2025-01-10", from_="2025-03-01", dossier=world.an)
    by_hand(f"UPDATE view_rights_grant SET withdrawn_on = granted_on WHERE dossier_id = {world.an.pk}")
    world.night("2025-03-02")
    assert not ViewRight.objects.exists()
    assert found("2025-03-02") == []


def test_a_run_for_a_day_to_come_did_no_later_night_than_its_own(world: World) -> None:
    run(day("2025-06-01"), clock=lambda: noon("2025-01-10"))
    world.assign("2025-01-11", from_="2025-03-01")
    assert found("2025-06-02") == []


def test_a_right_without_any_ground_is_found(world: World) -> None:
    right = world.grant("2025-01-10")
    by_hand("UPDATE view_rights_grant SET right_id = NULL")
    (difference,) = found("2025-02-01")
    assert (difference.kind, difference.right, difference.proven) == ("right", right.pk, "no ground")


def test_a_ground_of_a_right_that_is_not_there_is_found(world: World) -> None:
    """Here the right is of another dossier."""
    world.grant("2025-01-10")
    of_an = world.grant("2025-01-10", dossier=world.an)
    by_hand(f"UPDATE view_rights_grant SET right_id = {of_an.pk} WHERE dossier_id = {world.piet.pk}")
    grounds = [each for each in found("2025-02-01") if each.kind == "ground"]
    assert [(each.dossier, each.proven) for each in grounds] == [(world.piet.pk, "no such right")]


@pytest.fixture
def held(world: World, settings: Settings) -> ViewRight:
    """A right that is held since 10 July, with an activity entered ahead, which begins on the 15th."""
    settings.REQUIRE_VERIFIED_RULES = True
    world.end_assignment(world.assign("2024-06-01"), "2025-01-10")
    check_evening(day("2025-07-10"), clock=_evening)
    world.night("2025-07-11")
    world.activity("2025-07-15", entered="2025-07-12")
    assert world.right().held == "rule"
    return world.right()


def _evening() -> datetime:
    return midnight(day("2025-07-10")) + timedelta(hours=22)


def test_a_hold_that_a_fact_entered_ahead_lifts_is_no_difference_before_the_night_of_that_day(
    world: World, held: ViewRight
) -> None:
    for on in ("2025-07-14", "2025-07-15", "2025-07-16"):
        assert found(on) == []
    world.night("2025-07-15")
    assert world.right().held == ""
    assert found("2025-07-15") == []


def test_a_hold_that_a_use_case_lifts_before_the_night_is_no_difference(
    world: World, held: ViewRight
) -> None:
    world.activity("2025-07-15", kind="guidance")
    assert world.right().held == ""
    for on in ("2025-07-15", "2025-07-16"):
        assert found(on) == []


def test_a_hold_that_the_night_should_have_lifted_is_found(world: World, held: ViewRight) -> None:
    world.night("2025-07-14")
    run(day("2025-07-15"), clock=lambda: noon("2025-07-15"))
    by_hand(
        "UPDATE view_rights_viewright SET held = 'rule', proposed_last_day = '2025-07-10', last_day = '2025-08-09'"
    )
    (difference,) = found("2025-07-15")
    assert difference.right == held.pk


def test_a_decision_on_rule_books_that_is_still_to_be_carried_out_makes_no_difference(world: World) -> None:
    """Nor does it make one of a right that a use case judged by it already."""
    for dossier in (world.piet, world.an):
        world.grant("2025-06-10", dossier=dossier)
        world.close(world.activity("2025-07-01", dossier=dossier), "2026-01-15")
    draft = keep_draft(SHORTER, "maart.toml", origin=origin("2026-02-03"))
    published = propose_publication(draft, {}, origin=origin("2026-02-03"))
    approve(published, origin=origin("2026-02-03", by="person:2"))
    moved = propose_migration(draft, day("2026-03-20"), {"earlier": 2}, origin=origin("2026-02-04"))
    approve(moved, origin=origin("2026-02-04", by="person:2"))
    assert found("2026-02-05") == []
    world.cancel(world.activity("2026-02-05", dossier=world.an, requested=True), "2026-02-05")
    assert world.last_day(dossier=world.an) == "2026-03-20"
    assert found("2026-02-05") == []
    carry_out_decisions(clock=lambda: noon("2026-02-05"))
    assert world.last_day() == "2026-03-20"
    assert found("2026-02-05") == []
    by_hand(f"UPDATE view_rights_viewright SET last_day = '2026-07-15' WHERE dossier_id = {world.piet.pk}")
    assert [each.dossier for each in found("2026-02-05")] == [world.piet.pk]
