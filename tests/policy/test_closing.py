"""Closing: which rule ends which right, on which day (S18 to S22)."""

from datetime import date

import pytest

from inzage.consents.models import ConsentForm
from inzage.rules.names import Kind
from inzage.view_rights.ending import record_death
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, cancel, reopen, replace_executor
from inzage.view_rights.withdrawing import withdraw
from tests.world import World, day, origin

# An event and the last day six months after it, counted the Belgian way (decision 0002).
SIX_MONTHS = [
    ("2025-01-15", "2025-07-15"),
    ("2025-02-28", "2025-08-31"),
    ("2024-02-29", "2024-08-31"),
    ("2025-04-30", "2025-10-31"),
    ("2025-06-30", "2025-12-31"),
    ("2025-08-27", "2026-02-27"),
    ("2025-08-28", "2026-02-28"),
    ("2025-08-31", "2026-02-28"),
    ("2023-08-31", "2024-02-29"),
    ("2025-12-31", "2026-06-30"),
]


def around(last_day: str) -> list[str]:
    """The day before, the day itself, the day after."""
    return [str(date.fromordinal(day(last_day).toordinal() + step)) for step in (-1, 0, 1)]


def usable(world: World, last_day: str) -> list[bool]:
    """Whether Spoor may view Piet's dossier the day before, on and after that day; no run in between."""
    return [world.may_view(on) for on in around(last_day)]


ENDS = [True, True, False]


def test_s18_owner_before_executor_before_none(world: World) -> None:
    world.grant("2025-01-10")
    assert world.right().relation == "none"
    activity = world.activity("2025-01-11")
    assert world.right().relation == "executor"
    assignment = world.assign("2025-01-12")
    assert world.right().relation == "owner"
    world.end_assignment(assignment, "2025-01-13")
    assert world.right().relation == "executor"
    world.close(activity, "2025-01-14")
    assert (world.right().relation, world.right().rule) == ("executor", "closing.executor")
    assert world.is_proven("2025-01-14")


def test_s18_what_another_unit_does_makes_nobody_else_executor_or_owner(world: World) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-11", unit=world.haven)
    world.assign("2025-01-12", unit=world.brug)
    world.activity("2025-01-11", dossier=world.an)
    assert (world.right().relation, world.last_day()) == ("none", "2025-07-10")


@pytest.mark.parametrize(("ended_on", "last_day"), SIX_MONTHS)
def test_s19_an_owner_keeps_the_right_until_six_months_after_the_ownership(
    world: World, ended_on: str, last_day: str
) -> None:
    assignment = world.assign("2022-03-03")
    assert world.last_day() is None
    world.end_assignment(assignment, ended_on)
    right = world.right()
    assert (world.last_day(), right.relation, right.rule) == (last_day, "former_owner", "closing.owner.TIBB4")
    assert usable(world, last_day) == ENDS


def test_s19_the_rule_is_that_of_the_service_and_says_it_is_an_assumption(world: World) -> None:
    assignment = world.assign("2025-01-10", service=world.wij3)
    assert (world.right().rule, world.right().rule_status) == ("closing.owner.WIJ3", "assumption")
    world.end_assignment(assignment, "2025-03-01")
    assert (world.right().rule, world.right().rule_status) == ("closing.owner.WIJ3", "assumption")


def test_s19_ownership_that_ended_before_the_right_began_does_not_count(world: World) -> None:
    world.end_assignment(world.assign("2024-01-10"), "2024-02-01")
    assert world.night("2024-09-01").closed == 1
    world.grant("2024-10-05")
    assert (world.right().relation, world.last_day()) == ("none", "2025-04-05")


def test_s19_an_owner_who_still_executes_ends_with_the_later_of_the_two(world: World) -> None:
    assignment = world.assign("2025-01-10")
    activity = world.activity("2025-01-15")
    world.end_assignment(assignment, "2025-03-01")
    assert (world.right().relation, world.last_day()) == ("executor", None)
    world.close(activity, "2025-04-10")
    assert (world.right().rule, world.last_day()) == ("closing.executor", "2025-10-10")


def test_s19_on_a_tie_the_owners_rule_is_named(world: World) -> None:
    assignment = world.assign("2025-01-10")
    activity = world.activity("2025-01-15")
    world.end_assignment(assignment, "2025-03-01")
    world.close(activity, "2025-03-01")
    assert (world.right().rule, world.last_day()) == ("closing.owner.TIBB4", "2025-09-01")


@pytest.mark.parametrize(("closed_on", "last_day"), SIX_MONTHS)
def test_s20_an_executor_keeps_the_right_until_six_months_after_the_activity(
    world: World, closed_on: str, last_day: str
) -> None:
    world.grant("2022-03-03")
    activity = world.activity("2022-03-04")
    assert world.last_day() is None
    world.close(activity, closed_on)
    assert (world.last_day(), world.right().rule) == (last_day, "closing.executor")
    assert usable(world, last_day) == ENDS


@pytest.mark.parametrize("kind", list(Kind))
def test_s20_no_term_runs_while_another_activity_does(world: World, kind: Kind) -> None:
    world.grant("2025-01-10")
    first, second = world.activity("2025-01-11"), world.activity("2025-01-12", kind=kind)
    world.close(first, "2025-02-01")
    assert world.last_day() is None
    world.close(second, "2025-03-10")
    assert world.last_day() == "2025-09-10"


def test_s20_a_request_counts_as_running(world: World) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-11", requested=True)
    assert (world.last_day(), world.right().relation) == (None, "executor")


def test_s20_an_activity_closed_before_the_grant_counts_from_the_grant(world: World) -> None:
    world.close(world.activity("2024-01-11"), "2024-02-01")
    world.grant("2025-01-10")
    right = world.right()
    assert (right.rule, right.anchor_event, world.last_day()) == ("closing.executor", "granted", "2025-07-10")


def test_s20_cancelled_before_it_ran_it_never_counted(world: World) -> None:
    world.grant("2025-01-10")
    activity = world.activity("2025-01-11", requested=True)
    world.cancel(activity, "2025-02-01")
    assert (world.right().relation, world.last_day()) == ("none", "2025-07-10")


def test_s20_cancelled_after_it_ran_it_counts_as_closed_that_day(world: World) -> None:
    world.grant("2025-01-10")
    cancel(world.activity("2025-01-11").pk, on=day("2025-02-01"), actor=Actor(origin("2025-02-01")))
    assert (world.right().anchor_event, world.last_day()) == ("activity_cancelled", "2025-08-01")


def test_s20_reopened_it_runs_again_but_revives_no_closed_right(world: World) -> None:
    world.grant("2025-01-10")
    activity = world.close(world.activity("2025-01-11"), "2025-02-01")
    reopen(activity.pk, on=day("2025-08-01"), actor=Actor(origin("2025-08-01")))
    assert world.last_day() is None
    world.close(activity, "2025-08-01", entered="2025-08-02")
    reopen(activity.pk, on=day("2026-02-02"), actor=Actor(origin("2026-02-02")))
    assert world.last_day() == "2026-02-01"
    assert not world.may_view("2026-02-02")


def test_s20_replaced_it_is_closed_for_the_former_executor(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", unit=world.haven)
    activity = world.activity("2025-01-11")
    replace_executor(activity.pk, world.haven, on=day("2025-02-01"), actor=Actor(origin("2025-02-01")))
    assert world.last_day() == "2025-08-01"
    assert (world.last_day(unit=world.haven), world.right(unit=world.haven).relation) == (None, "executor")


def test_s20_a_closing_day_to_come_counts_as_running_until_then(world: World) -> None:
    world.grant("2025-01-10")
    world.close(world.activity("2025-01-11"), "2025-03-01", entered="2025-02-01")
    assert world.last_day() == "2025-09-01"
    assert usable(world, "2025-09-01") == ENDS


def test_s20_a_closing_entered_late_ends_no_right_before_the_day_of_entry(world: World) -> None:
    world.grant("2024-01-10")
    activity = world.activity("2024-01-11")
    world.close(activity, "2024-02-01", entered="2025-03-05")
    assert world.last_day() == "2025-03-05"
    assert usable(world, "2025-03-05") == ENDS


def test_s20_trajectory_only_is_a_gap_in_the_page_treated_alike_and_told(world: World) -> None:
    world.grant("2025-01-10")
    world.close(world.activity("2025-01-11", kind=Kind.TRAJECTORY), "2025-02-01")
    right = world.right()
    assert (right.rule, right.rule_gap, world.last_day()) == ("closing.executor", True, "2025-08-01")
    assert world.night("2025-08-02").rule_gaps == 1


@pytest.mark.parametrize(("granted_on", "last_day"), SIX_MONTHS)
def test_s21_an_executor_of_nothing_has_six_months_from_the_grant(
    world: World, granted_on: str, last_day: str
) -> None:
    world.grant(granted_on)
    assert (world.last_day(), world.right().rule) == (last_day, "closing.no-activity")
    assert usable(world, last_day) == ENDS


def test_s21_a_new_grant_while_one_is_open_counts_from_then(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-07-10")
    assert (ViewRight.objects.count(), world.right().granted_on, world.last_day()) == (
        1,
        day("2025-01-10"),
        "2026-01-10",
    )


def test_s21_a_grant_on_the_first_day_without_opens_a_new_right(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-07-11")
    assert ViewRight.objects.count() == 2
    assert (world.right().granted_on, world.last_day()) == (day("2025-07-11"), "2026-01-11")
    assert world.is_proven("2025-07-11")


def test_s22_the_run_closes_what_ended_and_nothing_else(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-11", dossier=world.an)
    assert world.night("2025-07-10").closed == 0
    assert world.night("2025-07-11").closed == 1
    assert (world.right().closed_on, world.right().closing_reason) == (day("2025-07-11"), "term")
    assert world.right(dossier=world.an).closed_on is None
    assert world.night("2025-07-11").closed == 0


def test_s22_a_missed_night_never_lengthens_a_right(world: World) -> None:
    world.grant("2025-01-10")
    assert not world.may_view("2025-07-11")
    report = world.night("2025-09-30")
    assert (report.closed, world.right().closed_on) == (1, day("2025-07-11"))


def test_s22_withdrawal_and_death_do_not_wait_for_the_night(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    withdraw(
        ConsentForm.objects.get(dossier=world.piet).pk,
        withdrawn_on=day("2025-02-01"),
        origin=origin("2025-02-01"),
    )
    record_death(world.an.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-01"))
    assert [world.may_view("2025-02-01", dossier=dossier) for dossier in (world.piet, world.an)] == [
        False,
        False,
    ]
    assert [world.right(dossier=dossier).closing_reason for dossier in (world.piet, world.an)] == [
        "withdrawn",
        "deceased",
    ]
