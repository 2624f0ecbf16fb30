"""How long a failed message waits, and when it is given up."""

from datetime import timedelta

import pytest

from inzage.outbox.trying_again import LONGEST, OLD, TRIES, gives_up, pause_after


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (1000, 300)])
def test_the_pause_doubles_up_to_five_minutes(failures: int, seconds: int) -> None:
    assert pause_after(failures, 1) == timedelta(seconds=seconds) <= LONGEST


def test_the_whole_of_the_pause_is_left_to_chance() -> None:
    assert [pause_after(5, chance).total_seconds() for chance in (0, 0.25, 0.5, 1)] == [0, 4, 8, 16]


@pytest.mark.parametrize(
    ("failures", "others_taken", "age", "given_up"),
    [
        (TRIES, True, timedelta(0), True),
        (TRIES - 1, True, OLD, False),
        (TRIES, False, OLD - timedelta(seconds=1), False),
        (10 * TRIES, False, timedelta(days=1), False),
        (TRIES, False, OLD, True),
    ],
)
def test_given_up_when_the_fault_seems_to_be_its_own(
    failures: int, others_taken: bool, age: timedelta, given_up: bool
) -> None:
    assert gives_up(failures, others_taken=others_taken, age=age) is given_up
