"""When a message that failed is tried again, and when it is given up: pure, the chance is an argument."""

from datetime import timedelta

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)
TRIES = 15
BLAMELESS = TRIES // 2
"""Where nobody was there, a message is tried ever later, but counts as tried no more often than this."""
OLD = timedelta(days=3)
OUTAGE = timedelta(minutes=10)
"""After so long without a message taken, the other side counts as away."""


def pause_after(failures: int, chance: float) -> timedelta:
    """How long to wait after so many failures: up to twice as long each time, never more than LONGEST.

    The whole of it is left to `chance` (from 0 to 1), so that messages that failed together don't come back together.
    """
    doubled: timedelta = FIRST * 2 ** min(failures - 1, 30)
    return min(LONGEST, doubled) * chance


def gives_up(failures: int, *, others_taken: bool, age: timedelta) -> bool:
    """Whether the fault seems to be the message's own: tried often, while others were taken; or tried often and old.

    While nothing is taken at all the other side is away, which is no reason to give up a message.
    """
    return failures >= TRIES and (others_taken or age >= OLD)


def tries_without_anybody(tries: int, *, others_taken: bool) -> int:
    """How often a message counts as tried, after `tries`, when nobody was there: that is no fault of its own.

    While others are taken it must not add up to giving up; in an outage everything only waits longer.
    """
    return max(tries, min(tries + 1, BLAMELESS)) if others_taken else tries + 1
