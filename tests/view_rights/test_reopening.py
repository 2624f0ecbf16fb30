"""Ends that don't last: reopened lines, announced ends taken back, executors replaced (decision 0008)."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from inzage.dossiers.models import Activity, EarlierRun
from inzage.partners.models import Unit
from inzage.rules.lines import Hindrance, Step
from inzage.view_rights.listing import rights_on
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import (
    Actor,
    NotRegistered,
    cancel,
    close,
    reopen,
    replace_executor,
    steps_allowed,
    take_back_end,
)
from tests.world import World, day, origin

ON = "2025-02-10"


def actor(on: str, unit: Unit | None = None) -> Actor:
    return Actor(origin(on), unit)


def listed(on: str) -> tuple[str | None, str | None]:
    """Relation and last day, as the list of rights says them for that day."""
    (right,) = rights_on(day(on))
    return right["relation"], right["last_day"]


@pytest.fixture
def reopened(world: World) -> Activity:
    """A training from 15 January to 1 February, that runs again from the 10th."""
    world.grant("2025-01-10")
    line = world.close(world.activity("2025-01-15"), "2025-02-01")
    return reopen(line.pk, on=day(ON), actor=actor(ON))


@pytest.mark.parametrize(
    ("on", "last_day"),
    [("2025-01-31", None), ("2025-02-01", "2025-08-01"), ("2025-02-09", "2025-08-01"), (ON, None)],
)
def test_a_reopened_line_ran_neither_before_its_day_nor_after_its_earlier_end(
    reopened: Activity, on: str, last_day: str | None
) -> None:
    assert listed(on) == ("executor", last_day)


def test_closed_again_the_later_closing_counts_and_the_earlier_run_stays(
    world: World, reopened: Activity
) -> None:
    close(reopened.pk, on=day("2025-03-31"), actor=actor("2025-03-31"))
    assert world.last_day() == "2025-09-30"
    assert [str(run) for run in EarlierRun.objects.all()] == [f"{reopened.pk} 2025-01-15 to 2025-02-01"]
    assert listed("2025-02-05") == ("executor", "2025-08-01")
    assert world.is_proven("2025-03-31")


def test_a_request_cancelled_and_reopened_never_ran(world: World) -> None:
    world.grant("2025-01-10")
    line = world.cancel(world.activity("2025-01-15", requested=True), "2025-02-01")
    reopen(line.pk, on=day(ON), actor=actor(ON))
    cancel(line.pk, on=day("2025-03-01"), actor=actor("2025-03-01"))
    assert (world.last_day(), world.right().rule) == ("2025-07-10", "closing.no-activity")


@pytest.mark.parametrize(
    ("on", "taken"),
    [("2025-02-01", True), ("2025-02-02", False), ("2025-02-09", False), (ON, True), ("2025-02-11", True)],
)
def test_no_hours_between_two_runs(reopened: Activity, on: str, taken: bool) -> None:
    with suppress(NotRegistered):
        perform(reopened.pk, Hours(day(on), Decimal(7)), actor=actor("2025-02-20"))
    assert reopened.performances.exists() is taken


def test_an_announced_end_is_taken_back_until_its_day(world: World) -> None:
    world.grant("2025-01-10")
    line = world.activity("2025-01-15")
    cancel(line.pk, on=day("2025-06-01"), actor=actor(ON))
    assert world.last_day() == "2025-12-01"
    take_back_end(line.pk, actor=actor("2025-05-31"))
    assert (world.last_day(), EarlierRun.objects.count()) == (None, 0)
    close(line.pk, on=day("2025-06-01"), actor=actor("2025-06-01"))
    with pytest.raises(NotRegistered) as refused:
        take_back_end(line.pk, actor=actor("2025-06-01"))
    assert refused.value.hindrance is Hindrance.STATE


def test_a_line_without_an_end_has_none_to_take_back(world: World) -> None:
    line = world.activity("2025-01-15")
    assert Step.TAKE_BACK_END not in steps_allowed(line, day(ON))
    with pytest.raises(NotRegistered):
        take_back_end(line.pk, actor=actor(ON))


def replaced(world: World, on: str, *, entered: str) -> Activity:
    line = world.activity("2025-01-15")
    replace_executor(line.pk, world.haven, on=day(on), actor=actor(entered))
    return line


@pytest.mark.parametrize("entered", [ON, "2025-02-01"])
def test_a_line_that_another_unit_continues_runs_no_more_here(world: World, entered: str) -> None:
    line = replaced(world, ON, entered=entered)
    later = date(2025, 5, 1)
    for step in (reopen, close, cancel):
        with pytest.raises(NotRegistered) as refused:
            step(line.pk, on=later, actor=actor("2025-05-01"))
        assert refused.value.hindrance is Hindrance.CONTINUED
    with pytest.raises(NotRegistered, match="Haven"):
        replace_executor(line.pk, world.brug, on=later, actor=actor("2025-05-01"))
    assert Activity.objects.count() == 2


def test_an_executor_is_not_replaced_by_itself(world: World) -> None:
    line = world.activity("2025-01-15")
    with pytest.raises(NotRegistered) as refused:
        replace_executor(line.pk, world.spoor, on=day(ON), actor=actor(ON))
    assert refused.value.hindrance is Hindrance.SAME_EXECUTOR
