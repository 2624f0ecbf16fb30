"""The states of a line in Stappen naar werk, and what each allows."""

from datetime import date
from enum import StrEnum

from inzage.rules.names import State
from inzage.rules.periods import day_after


class Step(StrEnum):
    """What can be done to a line."""

    START = "start"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"
    REPLACE_EXECUTOR = "replace_executor"
    TAKE_BACK_END = "take_back_end"
    PERFORM = "perform"


class Hindrance(StrEnum):
    """Why a line can't be registered or changed."""

    NO_DAY = "no_day"
    START_BEFORE_REQUEST = "start_before_request"
    END_BEFORE_START = "end_before_start"
    REOPENED_OUTSIDE = "reopened_outside"
    CONTINUED = "continued"
    SAME_EXECUTOR = "same_executor"
    HOURS = "hours"
    HOURS_OUTSIDE = "hours_outside"
    STATE = "state"
    OTHER_EXECUTOR = "other_executor"
    NO_RIGHT = "no_right"
    TOO_SOON_AFTER_IBIS = "too_soon_after_ibis"
    NO_TITLE = "no_title"
    NEW_EXECUTOR_WITHOUT_RIGHT = "new_executor_without_right"


ALLOWED: dict[State, frozenset[Step]] = {
    State.REQUESTED: frozenset({Step.START, Step.CLOSE, Step.CANCEL, Step.REPLACE_EXECUTOR}),
    State.RUNNING: frozenset({Step.CLOSE, Step.CANCEL, Step.REPLACE_EXECUTOR, Step.PERFORM}),
    State.CLOSED: frozenset({Step.REOPEN, Step.PERFORM}),
    State.CANCELLED: frozenset({Step.REOPEN}),
}
"""Performances are still registered after the closing: that is what the months of a term are for."""

ENDINGS = frozenset({Step.CLOSE, Step.CANCEL, Step.REOPEN, Step.REPLACE_EXECUTOR, Step.TAKE_BACK_END})


def allowed_in(state: State, *, end_announced: bool, continued: bool) -> frozenset[Step]:
    """What can be done to a line in this state. An end that is still to come can be taken back.

    A line that another executor continues has ended for good.
    """
    steps = ALLOWED[state] | ({Step.TAKE_BACK_END} if end_announced else frozenset())
    return steps - ENDINGS if continued else steps


def state_on(
    day: date, *, started_on: date | None, closed_on: date | None, cancelled_on: date | None
) -> State:
    """The state at the end of `day`: of a closing and a cancellation the first counts, on one day the closing."""
    ends = [(closed_on, State.CLOSED), (cancelled_on, State.CANCELLED)]
    past = [(ended_on, state) for ended_on, state in ends if ended_on is not None and ended_on <= day]
    if past:
        return min(past, key=lambda end: end[0])[1]
    return State.RUNNING if started_on is not None and started_on <= day else State.REQUESTED


def first_start(ibis_registered_on: date) -> date:
    """The first day on which a line registered in IBIS can be set to bezig: the next calendar day (S16)."""
    return day_after(ibis_registered_on)
