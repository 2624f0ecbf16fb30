"""How many questions a minute each caller may ask: counted in this process, in a number a caller (GCRA)."""

from collections.abc import Callable
from typing import NamedTuple

MINUTE = 60
MANY = 10_000
"""How many callers are counted before those who have been quiet are dropped."""


class Rate:
    """So many a minute for each caller, all of them at once after a minute's rest.

    Kept of a caller is the moment at which nothing of what it took counts any more. `clock` gives seconds that only
    go forward.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float]) -> None:
        self._a_minute, self._clock = a_minute, clock
        self._clear_at: dict[str, float] = {}

    def wait(self, name: str, count: int) -> float:
        """In how many seconds this caller may take `count` more: 0 or less is now."""
        return self._after(name, count) - MINUTE

    def take(self, name: str, count: int) -> None:
        """Count them, also beyond the rate; then they are owed, but never for more than a minute of waiting."""
        now = self._clock()
        if len(self._clear_at) >= MANY and name not in self._clear_at:
            self._clear_at = {who: clear_at for who, clear_at in self._clear_at.items() if clear_at > now}
        self._clear_at[name] = now + min(self._after(name, count), 2 * MINUTE)

    def _after(self, name: str, count: int) -> float:
        """In how many seconds all would count no more, with `count` more taken now."""
        left = max(self._clear_at.get(name, 0) - self._clock(), 0)
        return left + count * MINUTE / self._a_minute


class Rates(NamedTuple):
    """The rates of a gate: decisions, and the two by which somebody could find out what is there."""

    decisions: Rate
    searches: Rate
    denials: Rate
