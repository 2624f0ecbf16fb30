"""States of a line in Stappen naar werk and what each allows; the whole small domain is enumerated."""

from datetime import date
from itertools import product

import pytest

from inzage.rules.lines import ALLOWED, Step, allowed_in, first_start, state_on
from inzage.rules.names import State

DAYS = [date(2025, 3, day) for day in range(1, 6)]


@pytest.mark.parametrize(("started_on", "closed_on", "cancelled_on"), list(product([None, *DAYS], repeat=3)))
def test_the_first_end_that_has_come_names_the_state(
    started_on: date | None, closed_on: date | None, cancelled_on: date | None
) -> None:
    for today in DAYS:
        state = state_on(today, started_on=started_on, closed_on=closed_on, cancelled_on=cancelled_on)
        closed = closed_on if closed_on and closed_on <= today else None
        cancelled = cancelled_on if cancelled_on and cancelled_on <= today else None
        if closed and (not cancelled or closed <= cancelled):
            assert state is State.CLOSED
        elif cancelled:
            assert state is State.CANCELLED
        else:
            assert state is (
                State.RUNNING if started_on is not None and started_on <= today else State.REQUESTED
            )


def test_what_each_state_allows() -> None:
    assert {step for state in ALLOWED for step in ALLOWED[state]} == set(Step) - {Step.TAKE_BACK_END}
    assert Step.START in ALLOWED[State.REQUESTED]
    assert Step.START not in ALLOWED[State.RUNNING]
    assert Step.REOPEN in ALLOWED[State.CLOSED] & ALLOWED[State.CANCELLED]
    assert Step.REOPEN not in ALLOWED[State.REQUESTED] | ALLOWED[State.RUNNING]
    assert Step.CLOSE not in ALLOWED[State.CLOSED] | ALLOWED[State.CANCELLED]
    assert Step.PERFORM in ALLOWED[State.CLOSED] & ALLOWED[State.RUNNING]
    assert Step.PERFORM not in ALLOWED[State.REQUESTED] | ALLOWED[State.CANCELLED]


@pytest.mark.parametrize("state", list(State))
def test_an_end_that_is_still_to_come_can_be_taken_back(state: State) -> None:
    assert Step.TAKE_BACK_END in allowed_in(state, end_announced=True, continued=False)
    assert allowed_in(state, end_announced=False, continued=False) == ALLOWED[state]


@pytest.mark.parametrize("state", list(State))
def test_a_line_that_is_continued_elsewhere_has_ended_for_good(state: State) -> None:
    left = allowed_in(state, end_announced=True, continued=True)
    assert left == ALLOWED[state] & {Step.START, Step.PERFORM}


@pytest.mark.parametrize(
    ("registered", "first"),
    [
        (date(2026, 3, 2), date(2026, 3, 3)),
        (date(2026, 2, 28), date(2026, 3, 1)),
        (date(2024, 2, 28), date(2024, 2, 29)),
        (date(2026, 3, 27), date(2026, 3, 28)),  # a Friday: calendar days, not working days
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_line_from_ibis_starts_from_the_next_calendar_day(registered: date, first: date) -> None:
    assert first_start(registered) == first
