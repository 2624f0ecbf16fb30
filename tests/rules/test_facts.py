"""What a case comes to on a day: before, on and after each of its days."""

from datetime import date
from typing import Any

import pytest

from inzage.rules.facts import Anchor, days_of, facts_on, has_no_ground_left
from inzage.rules.names import Event
from tests.rules.cases import case, day, executed, grant, opt, owned


@pytest.mark.parametrize(
    ("on", "last"), [("2025-02-28", "2025-01-15"), ("2025-03-01", "2025-03-01"), ("2025-03-02", "2025-03-01")]
)
def test_a_grant_counts_from_its_day_on(on: str, last: str) -> None:
    of = case(grant("2025-01-15"), grant("2025-03-01"))
    assert facts_on(of, day(on)).last_granted_on == day(last)


@pytest.mark.parametrize(
    ("on", "last"), [("2025-03-31", "2025-03-01"), ("2025-04-01", "2025-01-15"), ("2025-04-02", "2025-01-15")]
)
def test_a_withdrawn_grant_counts_until_the_eve(on: str, last: str) -> None:
    of = case(grant("2025-01-15"), grant("2025-03-01", withdrawn="2025-04-01"))
    assert facts_on(of, day(on)).last_granted_on == day(last)


def test_the_order_of_grants_does_not_matter() -> None:
    grants = grant("2025-03-01"), grant("2025-01-15")
    assert facts_on(case(*grants), day("2025-05-01")) == facts_on(case(*grants[::-1]), day("2025-05-01"))


@pytest.mark.parametrize(
    ("on", "service", "ended"),
    [
        ("2025-01-31", None, 0),
        ("2025-02-01", "TIBB4", 0),
        ("2025-03-31", "TIBB4", 0),
        ("2025-04-01", None, 1),
    ],
)
def test_an_ownership_runs_from_its_day_to_the_eve_of_its_end(
    on: str, service: str | None, ended: int
) -> None:
    facts = facts_on(case(grant("2025-01-15"), owns=(owned("2025-02-01", "2025-04-01"),)), day(on))
    assert (facts.owned_service, len(facts.ended_ownerships)) == (service, ended)


@pytest.mark.parametrize(
    ("on", "executes", "last_end"),
    [
        ("2025-01-31", False, None),
        ("2025-02-01", True, None),
        ("2025-03-31", True, None),
        ("2025-04-01", False, Anchor(Event.ACTIVITY_CLOSED, date(2025, 4, 1))),
    ],
)
def test_an_activity_runs_from_its_request_to_the_eve_of_its_end(
    on: str, executes: bool, last_end: Anchor | None
) -> None:
    does = (executed(requested="2025-02-01", started="2025-02-10", closed="2025-04-01"),)
    facts = facts_on(case(grant("2025-01-15"), does=does), day(on))
    assert (facts.executes, facts.last_end) == (executes, last_end)


@pytest.mark.parametrize(
    ("ends", "ended_on", "ended_by"),
    [
        ({"closed": "2025-03-10", "cancelled": "2025-03-11"}, "2025-03-10", Event.ACTIVITY_CLOSED),
        ({"closed": "2025-03-10", "cancelled": "2025-03-10"}, "2025-03-10", Event.ACTIVITY_CLOSED),
        ({"closed": "2025-03-10", "cancelled": "2025-03-09"}, "2025-03-09", Event.ACTIVITY_CANCELLED),
        ({}, None, None),
    ],
)
def test_of_several_ends_the_first_counts_and_on_one_day_the_closing(
    ends: dict[str, Any], ended_on: str | None, ended_by: Event | None
) -> None:
    stint = executed(started="2025-02-01", **ends)
    assert (stint.ended_on, stint.ended_by) == (opt(ended_on), ended_by)


@pytest.mark.parametrize(
    ("requested", "started", "begun"),
    [
        ("2025-02-01", "2025-02-10", "2025-02-01"),
        (None, "2025-02-10", "2025-02-10"),
        ("2025-02-01", None, "2025-02-01"),
    ],
)
def test_an_activity_begins_with_the_first_of_request_and_start(
    requested: str | None, started: str | None, begun: str
) -> None:
    assert executed(requested=requested, started=started).begun_on == day(begun)


@pytest.mark.parametrize(
    ("started", "ended_by"),
    [
        (None, None),
        ("2025-03-09", Event.ACTIVITY_CANCELLED),
        ("2025-03-10", Event.ACTIVITY_CANCELLED),
        ("2025-03-11", None),
    ],
)
def test_a_cancelled_activity_counts_only_if_it_ever_ran(started: str | None, ended_by: Event | None) -> None:
    assert executed(requested="2025-02-01", started=started, cancelled="2025-03-10").ended_by == ended_by


def test_on_one_day_a_closing_goes_before_a_cancellation_as_the_last_end() -> None:
    both = (
        executed(started="2025-02-01", closed="2025-03-10"),
        executed(started="2025-02-01", cancelled="2025-03-10"),
    )
    for does in (both, both[::-1]):
        facts = facts_on(case(grant("2025-01-15"), does=does), day("2025-03-10"))
        assert facts.last_end == Anchor(Event.ACTIVITY_CLOSED, day("2025-03-10"))


@pytest.mark.parametrize(
    ("on", "moved"),
    [
        ("2025-02-09", "2025-01-15"),
        ("2025-02-10", "2025-02-10"),
        ("2025-03-01", "2025-03-05"),
        ("2025-04-01", "2025-04-01"),
    ],
)
def test_the_latest_move_is_the_latest_end_or_its_recording(on: str, moved: str) -> None:
    of = case(
        grant("2025-01-15"),
        grant("2025-01-20", withdrawn="2025-02-10"),
        owns=(owned("2025-01-15", "2025-03-01", recorded="2025-03-05"),),
        does=(executed(requested="2025-01-20", cancelled="2025-04-01", recorded="2025-03-20"),),
    )
    assert facts_on(of, day(on)).moved_on == day(moved)


def test_trajectory_only_means_that_something_counts_and_all_of_it_is_trajectory() -> None:
    never_ran = executed(requested="2025-02-01", cancelled="2025-02-10")
    trajectory = executed(started="2025-02-01", closed="2025-02-10", trajectory=True)
    given = grant("2025-01-15")
    on = day("2025-03-01")
    assert facts_on(case(given), on).trajectory_only is False
    assert not facts_on(case(given, does=(never_ran._replace(trajectory=True),)), on).trajectory_only
    assert facts_on(case(given, does=(never_ran, trajectory)), on).trajectory_only
    assert not facts_on(case(given, does=(trajectory, executed(started="2025-02-20"))), on).trajectory_only


@pytest.mark.parametrize(("on", "left"), [("2025-02-28", False), ("2025-03-01", True), ("2025-03-02", True)])
def test_no_ground_is_left_from_the_day_the_last_is_withdrawn(on: str, left: bool) -> None:
    of = case(grant("2025-01-15", withdrawn="2025-02-10"), grant("2025-01-20", withdrawn="2025-03-01"))
    assert has_no_ground_left(of, day(on)) is left


def test_a_ground_given_that_day_does_not_count_as_left_yet() -> None:
    of = case(grant("2025-01-15", withdrawn="2025-03-01"), grant("2025-03-01"))
    assert has_no_ground_left(of, day("2025-03-01"))
    assert not has_no_ground_left(of, day("2025-03-02"))


def test_every_day_on_which_something_happens_is_listed_and_none_on_which_it_was_only_recorded() -> None:
    ended = executed(started="2025-01-06", closed="2025-01-07", recorded="2025-01-20")
    of = case(
        grant("2025-01-01", withdrawn="2025-01-02"),
        owns=(owned("2025-01-03", "2025-01-04", recorded="2025-01-20"), owned("2025-01-05")),
        does=(ended, executed(requested="2025-01-08")),
        died="2025-01-09",
    )
    assert sorted(days_of(of)) == [date(2025, 1, number) for number in range(1, 10)]


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_an_end_entered_late_moves_the_facts_on_the_day_of_entry(end: str) -> None:
    ends: dict[str, Any] = {end: "2025-03-01", "recorded": "2025-04-10"}
    facts = facts_on(
        case(grant("2025-01-15"), does=(executed(started="2025-02-01", **ends),)), day("2025-04-10")
    )
    assert facts.moved_on == day("2025-04-10")


def test_the_latest_of_several_moves_counts_whatever_their_order() -> None:
    does = (
        executed(started="2025-02-01", closed="2025-03-01", recorded="2025-04-10"),
        executed(started="2025-02-01", closed="2025-03-20"),
    )
    owns = (owned("2025-02-01", "2025-02-20", recorded="2025-04-12"), owned("2025-03-01", "2025-03-05"))
    for flip in (1, -1):
        facts = facts_on(case(grant("2025-01-15"), does=does[::flip], owns=owns[::flip]), day("2025-05-01"))
        assert facts.moved_on == day("2025-04-12")
        facts = facts_on(case(grant("2025-01-15"), does=does[::flip]), day("2025-05-01"))
        assert facts.moved_on == day("2025-04-10")


def test_what_begins_later_hides_nothing_that_comes_after_it_in_the_list() -> None:
    does = (executed(started="2025-06-01"), executed(started="2025-02-01"))
    owns = (owned("2025-06-01"), owned("2025-02-01", service="SIF"))
    given = (grant("2025-06-01"), grant("2025-01-15"))
    facts = facts_on(case(*given, does=does, owns=owns), day("2025-03-01"))
    assert (facts.executes, facts.owned_service, facts.last_granted_on) == (True, "SIF", day("2025-01-15"))


@pytest.mark.parametrize("flip", [1, -1])
def test_of_two_services_at_once_the_later_assigned_counts_then_the_first_by_code(flip: int) -> None:
    later = (owned("2025-02-01", service="WIJ3"), owned("2025-02-02", service="TIBB4"))[::flip]
    tied = (owned("2025-02-01", service="WIJ3"), owned("2025-02-01", service="TIBB4"))[::flip]
    for owns in (later, tied):
        assert facts_on(case(grant("2025-01-15"), owns=owns), day("2025-03-01")).owned_service == "TIBB4"


def test_an_end_announced_beforehand_moves_the_facts_on_its_own_day() -> None:
    owns = (owned("2025-02-01", "2025-03-01", recorded="2025-02-10"),)
    does = (executed(started="2025-02-01", closed="2025-03-02", recorded="2025-02-10"),)
    assert facts_on(case(grant("2025-01-15"), owns=owns), day("2025-04-01")).moved_on == day("2025-03-01")
    assert facts_on(case(grant("2025-01-15"), does=does), day("2025-04-01")).moved_on == day("2025-03-02")


@pytest.mark.parametrize("trajectory", [True, False])
def test_a_cancelled_activity_is_of_its_own_kind(trajectory: bool) -> None:
    does = (executed(started="2025-02-01", cancelled="2025-03-01", trajectory=trajectory),)
    assert facts_on(case(grant("2025-01-15"), does=does), day("2025-04-01")).trajectory_only is trajectory
