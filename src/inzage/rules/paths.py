"""The steps that lead to what a line in Stappen naar werk is said to be, and those that are still to be taken."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from inzage.rules.lines import Step


class StepOn(NamedTuple):
    """A step, and the day as of which it was or is taken."""

    step: Step
    on: date


class EarlierStretch(NamedTuple):
    """A stretch that ended (closed or cancelled) before the line was reopened."""

    ended: StepOn
    reopened_on: date


class NoPath(Exception):
    """No steps lead there: the message says which days stand in the way."""


ENDS = (Step.CLOSE, Step.CANCEL)


def path_to(
    *,
    requested_on: date | None,
    started_on: date | None,
    closed_on: date | None,
    cancelled_on: date | None,
    earlier: Sequence[EarlierStretch] = (),
) -> tuple[StepOn, ...]:
    """The steps after the registration, in their order. Of a closing and a cancellation the first counts.

    A line registered as started has no start of its own. Raises NoPath where the days are out of order.
    """
    path = [step for stretch in earlier for step in (stretch.ended, StepOn(Step.REOPEN, stretch.reopened_on))]
    ends = [StepOn(Step.CLOSE, closed_on)] if closed_on else []
    if cancelled_on and not (closed_on and closed_on <= cancelled_on):
        ends = [StepOn(Step.CANCEL, cancelled_on)]
    path += ends
    if requested_on and started_on:
        path.insert(_place_of_start(path, started_on), StepOn(Step.START, started_on))
    begun_on = requested_on or started_on
    last = begun_on
    for step, on in path:
        if last and on < last:
            raise NoPath(f"'{step}' on {on} lies before {last}, the day of what went before it.")
        last = on
    return tuple(path)


def _place_of_start(path: Sequence[StepOn], started_on: date) -> int:
    """Before the first end from that day on; a start after the last end has no place, and is found out of order."""
    ends = [place for place, (step, _on) in enumerate(path) if step in ENDS]
    after = [place for place in ends if path[place].on >= started_on]
    if after:
        return after[0]
    return ends[-1] if ends and path[-1].step in ENDS else len(path)


def way_on(taken: tuple[StepOn, ...], whole: tuple[StepOn, ...], *, today: date) -> tuple[StepOn, ...]:
    """The steps still to take: an end that was announced is taken back where it isn't said any more.

    Raises NoPath where what was done is no part of the whole.
    """
    if whole[: len(taken)] == taken:
        return whole[len(taken) :]
    announced = bool(taken) and taken[-1].step in ENDS and taken[-1].on > today
    if announced and whole[: len(taken) - 1] == taken[:-1]:
        return (StepOn(Step.TAKE_BACK_END, today), *whole[len(taken) - 1 :])
    raise NoPath(f"It went otherwise here: {_shown(taken)}; said now: {_shown(whole)}.")


def _shown(path: Sequence[StepOn]) -> str:
    return ", ".join(f"{step} on {on}" for step, on in path) or "nothing since the registration"
