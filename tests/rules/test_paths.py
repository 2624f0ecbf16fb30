"""The steps that lead to a line as it is told, and those that are still to be taken."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inzage.rules.lines import Step
from inzage.rules.paths import EarlierStretch, NoPath, StepOn, path_to, way_on
from tests.world import day

TODAY = day("2025-03-01")


def step(name: str, on: str) -> StepOn:
    """A step on a day."""
    return StepOn(Step(name), day(on))


def path(**days: Any) -> list[str]:
    """The path as text; days as text too."""
    earlier = [
        EarlierStretch(step(how, ended_on), day(reopened_on))
        for how, ended_on, reopened_on in days.pop("earlier", ())
    ]
    known: dict[str, date | None] = dict.fromkeys(("requested_on", "started_on", "closed_on", "cancelled_on"))
    known |= {name: day(value) for name, value in days.items()}
    return [f"{step} {on}" for step, on in path_to(**known, earlier=earlier)]


def test_a_line_registered_as_started_has_no_start_of_its_own() -> None:
    assert path(started_on="2025-01-01") == path(requested_on="2025-01-01") == []
    assert path(requested_on="2025-01-01", started_on="2025-01-01") == ["start 2025-01-01"]


def test_a_whole_life_in_its_order() -> None:
    assert path(
        requested_on="2025-01-01",
        started_on="2025-01-05",
        earlier=[("close", "2025-01-10", "2025-01-20"), ("cancel", "2025-01-25", "2025-01-25")],
        closed_on="2025-02-01",
    ) == [
        "start 2025-01-05",
        *("close 2025-01-10", "reopen 2025-01-20", "cancel 2025-01-25", "reopen 2025-01-25"),
        "close 2025-02-01",
    ]


def test_a_line_cancelled_before_it_ran_starts_when_it_is_reopened() -> None:
    stretches = [("cancel", "2025-01-10", "2025-01-20")]
    days = {"requested_on": "2025-01-01", "started_on": "2025-01-22", "earlier": stretches}
    assert path(**days) == ["cancel 2025-01-10", "reopen 2025-01-20", "start 2025-01-22"]
    assert path(**days, closed_on="2025-01-22")[-2:] == ["start 2025-01-22", "close 2025-01-22"]


@pytest.mark.parametrize(
    ("closed_on", "cancelled_on", "end"),
    [
        ("2025-02-01", "2025-02-02", "close 2025-02-01"),
        ("2025-02-02", "2025-02-01", "cancel 2025-02-01"),
        ("2025-02-01", "2025-02-01", "close 2025-02-01"),
    ],
)
def test_of_a_closing_and_a_cancellation_the_first_counts(
    closed_on: str, cancelled_on: str, end: str
) -> None:
    assert path(started_on="2025-01-01", closed_on=closed_on, cancelled_on=cancelled_on) == [end]


@pytest.mark.parametrize(
    "days",
    [
        {"started_on": "2025-01-02", "closed_on": "2025-01-01"},
        {"requested_on": "2025-01-02", "started_on": "2025-01-01"},
        {"requested_on": "2025-01-01", "started_on": "2025-01-03", "closed_on": "2025-01-02"},
        {"started_on": "2025-01-01", "earlier": [("close", "2025-01-03", "2025-01-02")]},
        {
            "requested_on": "2025-01-01",
            "started_on": "2025-01-09",
            "earlier": [("close", "2025-01-03", "2025-01-04")],
            "closed_on": "2025-01-08",
        },
    ],
)
def test_days_out_of_order_lead_nowhere(days: Any) -> None:
    with pytest.raises(NoPath, match="lies before"):
        path(**days)


LIFE = (
    *(step("start", "2025-01-05"), step("close", "2025-01-10"), step("reopen", "2025-01-20")),
    step("close", "2025-02-01"),
)


@given(st.integers(0, len(LIFE)), st.integers(0, len(LIFE)))
def test_from_any_part_of_a_life_the_rest_follows_and_back_there_is_no_way(taken: int, told: int) -> None:
    if taken <= told:
        assert way_on(LIFE[:taken], LIFE[:told], today=TODAY) == LIFE[taken:told]
    else:
        with pytest.raises(NoPath, match="went otherwise here"):
            way_on(LIFE[:taken], LIFE[:told], today=TODAY)


def test_an_end_still_to_come_is_taken_back_and_one_that_has_come_is_not() -> None:
    for on, back in (("2025-03-02", True), ("2025-03-01", False)):
        taken = (step("close", on),)
        if back:
            assert way_on(taken, (), today=TODAY) == (StepOn(Step.TAKE_BACK_END, TODAY),)
        else:
            with pytest.raises(NoPath):
                way_on(taken, (), today=TODAY)


def test_an_end_still_to_come_is_moved_by_taking_it_back() -> None:
    moved = way_on((step("close", "2025-03-02"),), (step("cancel", "2025-03-05"),), today=TODAY)
    assert [each.step for each in moved] == ["take_back_end", "cancel"]
