"""Chance that can be repeated: everything drawn for a client hangs on the seed and the client's place alone."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice(Random):
    """A source of chance with the few throws a history needs."""

    def chance(self, share: float) -> bool:
        """True in this share of the throws."""
        return self.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def after(self, day: date, low: int, high: int) -> date:
        """A day from `low` to `high` days after `day`."""
        return day + timedelta(days=self.between(low, high))


class Weighted(Generic[T]):
    """Values that are drawn in proportion to their weights."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = tuple(weights)
        self._until = list(accumulate(weights.values()))

    def drawn(self, dice: Dice) -> T:
        """One of the values."""
        return self.values[bisect_right(self._until, dice.random() * self._until[-1])]
