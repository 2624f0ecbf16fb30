"""How many a second are taken in; the others are asked to come back."""

import threading
from datetime import datetime


class Pace:
    """At most so many a second in this process, and as many at once after a pause."""

    def __init__(self, most: int) -> None:
        self._most, self._left = most, float(most)
        self._last: datetime | None = None
        self._lock = threading.Lock()

    def allows(self, at: datetime) -> bool:
        """Whether one more may come in at this moment; counts it."""
        with self._lock:
            passed = (at - self._last).total_seconds() if self._last else 0.0
            self._left = min(self._most, self._left + max(passed, 0.0) * self._most)
            self._last = at
            if self._left < 1:
                return False
            self._left -= 1
            return True
