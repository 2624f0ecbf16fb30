"""When a night ends unusually many rights: of one unit, by one rule, or in all (docs/decisions/0056)."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Limits(NamedTuple):
    """What is still usual.

    More than `times` the median of the usual nights is not, where it is more than `least` too. With fewer than
    `nights` on record nothing is usual yet: then only more than `floor` rights, and more than `percent` of the part's
    open ones, are too many.
    """

    times: int = 3
    least: int = 25
    nights: int = 20
    floor: int = 1000
    percent: int = 5


def is_unusual(number: int, *, usual: Sequence[int], open_rights: int, limits: Limits) -> bool:
    """Whether that many ends in one night are too many to go on without a person.

    `usual` is how many each night on record ended in this part, those that ended none included; `open_rights` how many
    stand open in it.
    """
    if len(usual) < limits.nights:
        return number > limits.floor and number * 100 > open_rights * limits.percent
    return number > limits.least and number > limits.times * median(usual)
