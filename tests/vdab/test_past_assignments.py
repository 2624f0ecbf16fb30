"""Heard of when its right would be over by now, an assignment opens nothing and tells nobody (S02, S19)."""

import json
from typing import Any

import pytest

from inzage.adapters.vdab.wire import apply_waiting
from inzage.adapters.vdab.wording import message_of
from inzage.dossiers.models import Assignment, AssignmentVersion
from inzage.inbox.keeping import keep
from inzage.notices.models import Notice
from inzage.view_rights.models import Grant, ViewRight
from tests.vdab.saying import Event, assigned, became, consented, died, ended, tell
from tests.world import World, day, noon

TODAY = "2025-03-01"
LONG_OVER = ended("2020-01-10", "2020-02-01")


def keep_all(*said: Event) -> None:
    """Keep all of these before any is carried out."""
    keep("vdab", [message_of(json.dumps(each)) for each in said], at=noon(TODAY))
    apply_waiting(lambda: noon(TODAY))


def test_what_is_long_over_is_recorded_and_opens_nothing(world: World) -> None:
    tell(LONG_OVER)
    assert became(LONG_OVER) == ("applied", "")
    recorded = Assignment.objects.get()
    assert (recorded.assigned_on, recorded.ended_on) == (day("2020-01-10"), day("2020-02-01"))
    assert (recorded.end_recorded_on, AssignmentVersion.objects.count()) == (day(TODAY), 1)
    assert not any(model._default_manager.exists() for model in (ViewRight, Grant, Notice))
    assert not world.may_view(TODAY)
    assert world.is_proven(TODAY)


@pytest.mark.parametrize(
    ("ended_on", "last_day"), [("2024-08-31", None), ("2024-09-01", TODAY), ("2024-09-02", "2025-03-02")]
)
def test_up_to_and_including_its_last_day_it_opens(world: World, ended_on: str, last_day: str | None) -> None:
    """Six months after the end: the last day is yesterday, today, tomorrow."""
    tell(ended("2024-06-10", ended_on))
    assert (world.last_day() if ViewRight.objects.exists() else None) == last_day
    assert world.may_view(TODAY) is (last_day is not None)
    assert Notice.objects.filter(kind="granted").count() == (last_day is not None)
    assert world.is_proven("2025-03-02")


@pytest.mark.parametrize("first", [0, 1])
def test_a_beginning_and_an_end_that_both_wait_open_nothing_either(world: World, first: int) -> None:
    both = [assigned("2020-01-10"), LONG_OVER]
    keep_all(both[first], both[1 - first])
    assert [became(each)[0] for each in both] == ["overtaken", "applied"]
    assert not any(model._default_manager.exists() for model in (ViewRight, Notice))


def test_where_the_end_that_waits_can_not_be_taken_the_beginning_is(world: World) -> None:
    begin, end = assigned("2025-01-10"), ended("2025-01-10", "2025-02-01", oe_number="OE9")
    keep_all(begin, end)
    assert (became(begin), became(end)) == (("applied", ""), ("quarantined", "unknown_unit"))
    assert world.may_view(TODAY)


def test_a_beginning_and_an_end_set_free_together_open_nothing_either(world: World) -> None:
    """Both waited in quarantine until another unit's assignment ended."""
    mine: Any = {"assignment_id": "A2", "oe_number": "OE3"}
    tell(assigned("2019-01-10"), assigned("2020-01-10", **mine), ended("2020-01-10", "2020-02-01", **mine))
    tell(ended("2019-01-10", "2019-12-01"))
    assert Assignment.objects.filter(ended_on__isnull=False).count() == 2
    assert not ViewRight.objects.filter(unit=world.haven).exists()


def test_what_stood_before_its_end_came_lasts_up_to_the_day_of_recording(world: World) -> None:
    """The unit was told, and may have looked: that day stays lawful."""
    tell(assigned("2020-01-10"), LONG_OVER)
    assert (world.last_day(), world.may_view(TODAY), world.may_view("2025-03-02")) == (TODAY, True, False)
    assert world.is_proven("2025-03-02")


def test_a_right_that_stands_takes_in_only_what_it_would_have_met(world: World) -> None:
    world.grant("2025-01-01")
    before = world.last_day()
    tell(LONG_OVER)
    assert (world.last_day(), Grant.objects.filter(ground="assignment").count()) == (before, 0)
    assert Notice.objects.filter(kind="granted").count() == 1
    tell(ended("2024-12-01", "2025-01-15", assignment_id="A2"))
    assert (world.last_day(), Grant.objects.filter(ground="assignment").count()) == ("2025-07-15", 1)
    assert world.is_proven(TODAY)


def test_an_activity_that_still_runs_keeps_the_right_open_as_history_has_it(world: World) -> None:
    world.activity("2020-01-20")
    tell(LONG_OVER)
    assert (world.may_view(TODAY), world.last_day()) == (True, None)


def test_an_activity_that_ended_then_too_and_was_recorded_today_keeps_nothing_open(world: World) -> None:
    line = world.activity("2020-01-20")
    world.close(line, "2020-01-25", entered=TODAY)
    tell(LONG_OVER)
    assert not ViewRight.objects.exists()


def test_of_somebody_who_died_what_was_over_before_is_recorded_all_the_same(world: World) -> None:
    afterwards = ended("2025-02-20", "2025-02-25", assignment_id="A2")
    tell(died("2025-02-15"), LONG_OVER, afterwards)
    assert (became(LONG_OVER)[0], became(afterwards)) == ("applied", ("quarantined", "deceased"))
    assert not ViewRight.objects.exists()


def test_a_new_ground_opens_a_right_of_its_own_afterwards(world: World) -> None:
    tell(LONG_OVER, consented("2025-02-20"))
    assert (world.right().granted_on, world.last_day()) == (day(TODAY), "2025-09-01")
