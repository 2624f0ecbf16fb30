"""What is unusual: above three times the median of the nights on record, or above the floor where there are few."""

import pytest

from inzage.rules.thresholds import Limits, is_unusual

LIMITS = Limits()
QUIET = [10] * LIMITS.nights
"""As many nights as it takes, each of which ended ten."""


@pytest.mark.parametrize(("number", "unusual"), [(29, False), (30, False), (31, True)])
def test_more_than_three_times_the_median_is_unusual(number: int, unusual: bool) -> None:
    assert is_unusual(number, usual=QUIET, open_rights=0, limits=LIMITS) is unusual


@pytest.mark.parametrize(("number", "unusual"), [(25, False), (26, True)])
def test_a_few_are_never_unusual(number: int, unusual: bool) -> None:
    assert is_unusual(number, usual=[0] * 20, open_rights=0, limits=LIMITS) is unusual


@pytest.mark.parametrize(("nights", "unusual"), [(19, False), (20, True)])
def test_it_takes_twenty_nights_to_say_what_is_usual(nights: int, unusual: bool) -> None:
    assert is_unusual(500, usual=[10] * nights, open_rights=1_000, limits=LIMITS) is unusual


@pytest.mark.parametrize(
    ("number", "open_rights", "unusual"),
    [
        (1_000, 1_000, False),
        (1_001, 1_001, True),
        (1_001, 20_020, False),
        (1_001, 20_019, True),
    ],
)
def test_before_that_only_a_floor_counts(number: int, open_rights: int, unusual: bool) -> None:
    """More than 1,000 rights and more than 5 % of the open ones."""
    assert is_unusual(number, usual=[1] * 19, open_rights=open_rights, limits=LIMITS) is unusual


def test_one_wild_night_on_record_does_not_make_the_next_one_usual() -> None:
    assert is_unusual(500, usual=[*QUIET, 100_000], open_rights=0, limits=LIMITS)


def test_the_limits_can_be_set() -> None:
    assert not is_unusual(31, usual=QUIET, open_rights=0, limits=Limits(times=4))
