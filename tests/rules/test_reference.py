"""The reference itself, against the vectors and examples that were worked out by hand: who is it, when does it end."""

import json
from datetime import date, timedelta

import pytest

from tests.rules.cases import day
from tests.rules.reference import Activity
from tests.rules.reference_books import last_day_after
from tests.rules.test_periods import VECTORS
from tests.rules.told_shortly import activity, consent, ended, owned, right, rights

GRANTED = "2025-01-10"

NEAR_FEBRUARY = [("2024-02-28", "2024-08-28"), ("2023-08-29", "2024-02-29"), ("2023-08-28", "2024-02-28")]


@pytest.mark.parametrize(("event", "last_day"), VECTORS + NEAR_FEBRUARY)
def test_six_months_end_where_the_decision_says(event: str, last_day: str) -> None:
    """S20, S21."""
    assert last_day_after(day(event)) == day(last_day)


def test_months_add_up_however_many() -> None:
    assert last_day_after(day("2025-01-31"), months=1) == day("2025-02-28")
    assert last_day_after(day("2024-02-29"), months=12) == day("2025-02-28")
    assert last_day_after(day("2025-02-28"), months=36) == day("2028-02-29")


def test_clamping_differs_on_five_hundred_days_of_the_century() -> None:
    differing = 0
    for place in range((date(2100, 1, 1) - date(2000, 1, 1)).days):
        event = date(2000, 1, 1) + timedelta(days=place)
        differing += last_day_after(event).day not in (event.day, *range(28, event.day))
    assert differing == 500


EXAMPLE = """
{"client_number": "K1", "oe_number": "OE101", "granted_on": "2025-01-10", "last_granted_on": "2025-01-10",
"grounds": ["form"], "relation": "executor", "rule": "closing.executor",
"anchor": {"event": "activity_closed", "on": "2025-02-28"}, "last_day": "2025-08-31",
"closed_on": "2025-09-01", "closing_reason": "term", "held": null, "proposed_last_day": null}
"""


def test_the_example_of_the_register_format_comes_out_key_by_key_in_its_order() -> None:
    """S20."""
    lines = consent("2025-01-10"), activity("2025-01-20", "2025-02-28")
    assert list(right(*lines, on="2025-09-01").items()) == list(json.loads(EXAMPLE).items())
    eve = right(*lines, on="2025-08-31")
    assert (eve["last_day"], eve["closed_on"], eve["closing_reason"]) == ("2025-08-31", None, None)


def test_an_end_is_not_known_before_its_day() -> None:
    """S20."""
    lines = consent("2025-01-10"), activity("2025-01-20", "2025-02-28")
    assert ended(right(*lines, on="2025-01-10")) == ("closing.no-activity", "granted", "2025-07-10")
    assert ended(right(*lines, on="2025-02-27")) == ("closing.executor", None, None)
    assert ended(right(*lines, on="2025-02-28")) == ("closing.executor", "activity_closed", "2025-08-31")
    assert rights(*lines, on="2025-01-09") == []


def test_an_assignment_under_a_tendered_service_opens_and_owns() -> None:
    """S02, S18."""
    owner = right(owned("2025-03-01"))
    assert (owner["grounds"], owner["relation"]) == (["assignment"], "owner")
    assert ended(owner) == ("closing.owner.TIBB4", None, None)
    assert rights(owned("2025-03-01", service="VRIJ")) == []


def test_a_former_owner_has_six_months_from_the_end_of_the_ownership() -> None:
    """S19."""
    former = right(owned("2024-03-01", "2025-04-30"))
    assert former["relation"] == "former_owner"
    assert ended(former) == ("closing.owner.TIBB4", "ownership_ended", "2025-10-31")


def test_an_assignment_of_no_days_still_grants() -> None:
    """S02, S19."""
    former = right(owned("2025-03-01", "2025-03-01"))
    assert ended(former) == ("closing.owner.TIBB4", "ownership_ended", "2025-09-01")


@pytest.mark.parametrize(
    ("granted", "rule", "event"),
    [
        ("2025-06-01", "closing.owner.TIBB4", "ownership_ended"),  # joins the right of the assignment
        ("2025-12-01", "closing.owner.TIBB4", "granted"),  # on its last day: still joins
        ("2025-12-02", "closing.no-activity", "granted"),  # a right of its own, which never saw the ownership
    ],
)
def test_an_ownership_counts_for_the_right_in_which_it_ended(granted: str, rule: str, event: str) -> None:
    """S19."""
    last = rights(owned("2025-01-01", "2025-06-01"), consent(granted))[-1]
    assert (last["rule"], last["anchor"]["event"]) == (rule, event)


def test_an_ownership_that_ended_on_the_day_the_right_began_counts() -> None:
    """S19."""
    of = right(consent("2025-03-01"), owned("2025-03-01", "2025-03-01"))
    assert (of["grounds"], of["relation"]) == (["assignment", "form"], "former_owner")


def test_two_services_at_once_are_named_by_the_later_then_by_code() -> None:
    """S19."""
    later = owned("2025-01-01"), owned("2025-02-01", service="WIJ3")
    assert right(*later)["rule"] == "closing.owner.WIJ3"
    same = owned("2025-01-01", service="WIJ3"), owned("2025-01-01")
    assert right(*same)["rule"] == "closing.owner.TIBB4"


@pytest.mark.parametrize(
    ("closed", "rule", "last_day"),
    [
        ("2025-05-27", "closing.owner.TIBB4", "2025-11-28"),
        ("2025-05-28", "closing.owner.TIBB4", "2025-11-28"),  # on one day: the owner's
        ("2025-05-29", "closing.executor", "2025-11-29"),
    ],
)
def test_the_later_of_the_two_ends_counts(closed: str, rule: str, last_day: str) -> None:
    """S18 to S20."""
    of = right(owned("2025-01-01", "2025-05-28"), activity("2025-02-01", closed))
    assert (of["rule"], of["last_day"]) == (rule, last_day)


def test_different_ends_with_one_last_day_are_the_owners() -> None:
    """S19, S20: 28 and 31 August both end on 28 February."""
    of = right(owned("2025-01-01", "2025-08-28"), activity("2025-02-01", "2025-08-31"))
    assert ended(of) == ("closing.owner.TIBB4", "ownership_ended", "2026-02-28")


def test_a_former_owner_who_still_executes_is_an_executor() -> None:
    """S18."""
    lines = owned("2025-01-01", "2025-05-28"), activity("2025-02-01", "2026-01-10")
    assert right(*lines, on="2025-12-31")["relation"] == "executor"
    assert ended(right(*lines, on="2025-12-31")) == ("closing.executor", None, None)


def test_without_activity_six_months_count_from_the_last_grant() -> None:
    """S21."""
    of = right(consent("2025-01-15"), consent("2025-03-31", route="mediator"))
    assert (of["granted_on"], of["last_granted_on"]) == ("2025-01-15", "2025-03-31")
    assert of["grounds"] == ["mediator", "form"]
    assert ended(of) == ("closing.no-activity", "granted", "2025-09-30")


@pytest.mark.parametrize(("again", "opened"), [("2025-07-15", 1), ("2025-07-16", 2)])
def test_a_grant_on_the_last_day_joins_and_one_the_day_after_opens(again: str, opened: int) -> None:
    """S21, S22."""
    assert len(rights(consent("2025-01-15"), consent(again))) == opened


@pytest.mark.parametrize(
    ("closed", "event", "last_day"),
    [
        ("2025-02-28", "granted", "2025-09-01"),
        ("2025-03-01", "activity_closed", "2025-09-01"),  # on one day: the end
        ("2025-03-02", "activity_closed", "2025-09-02"),
    ],
)
def test_an_end_before_the_grant_counts_from_the_grant(closed: str, event: str, last_day: str) -> None:
    """S20."""
    of = right(activity("2025-01-01", closed), consent("2025-03-01"))
    assert ended(of) == ("closing.executor", event, last_day)


def test_the_latest_of_several_closings_counts_and_a_running_one_keeps_open() -> None:
    """S20."""
    lines = consent("2025-01-10"), activity("2025-01-20", "2025-05-05"), activity("2025-02-01", "2025-03-01")
    assert right(*lines)["anchor"] == {"event": "activity_closed", "on": "2025-05-05"}
    running = activity(None, requested="2025-02-01", kind="trajectory")
    assert ended(right(*lines, running)) == ("closing.executor", None, None)


def test_trajectory_activities_alone_close_like_others() -> None:
    """S18, S20."""
    of = right(consent("2025-01-10"), activity("2025-01-20", "2025-05-05", kind="trajectory"))
    assert ended(of) == ("closing.executor", "activity_closed", "2025-11-05")


@pytest.mark.parametrize(
    ("line", "event", "on"),
    [
        (activity("2025-02-01", "2025-03-03", cancelled="2025-03-02"), "activity_cancelled", "2025-03-02"),
        (activity("2025-02-01", "2025-03-03", cancelled="2025-03-03"), "activity_closed", "2025-03-03"),
        (activity("2025-02-01", "2025-03-03", cancelled="2025-03-04"), "activity_closed", "2025-03-03"),
        (activity("2025-03-02", cancelled="2025-03-02"), "activity_cancelled", "2025-03-02"),
        (activity(None, "2025-03-03", requested="2025-02-01"), "activity_closed", "2025-03-03"),
        (activity(None, requested="2025-02-01", cancelled="2025-03-03"), "granted", GRANTED),
        (activity(None, "2025-03-04", requested="2025-02-01", cancelled="2025-03-03"), "granted", GRANTED),
    ],
)
def test_of_a_closing_and_a_cancelling_the_first_counts(line: Activity, event: str, on: str) -> None:
    """S20."""
    assert right(consent(GRANTED), line)["anchor"] == {"event": event, "on": on}
