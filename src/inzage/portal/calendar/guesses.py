"""How often an unknown address was tried from one place: counted in this process, within an hour."""

from collections import deque
from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)
MANY = 10_000
"""How many places are counted before those that have been quiet are dropped."""


class Guesses:
    """The moments at which something unknown was asked for, by the place from which it was."""

    def __init__(self) -> None:
        self._tried: dict[str, deque[datetime]] = {}

    def refused_until(self, place: str, at: datetime, *, most: int) -> datetime | None:
        """Count one, and say until when it is refused, where there were `most` in the hour before it already."""
        tried = self._of(place, at)
        while tried and tried[0] <= at - WITHIN:
            tried.popleft()
        if len(tried) >= most:
            return tried[0] + WITHIN
        tried.append(at)
        return None

    def _of(self, place: str, at: datetime) -> deque[datetime]:
        if len(self._tried) >= MANY and place not in self._tried:
            self._tried = {who: when for who, when in self._tried.items() if when[-1] > at - WITHIN}
        return self._tried.setdefault(place, deque())
