"""When a session ends: after nothing was done for a while, and after a day's work whatever was done."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from inzage.portal.coming_in.own_session import BEGUN_AT, SEEN_AT

EVERY = timedelta(minutes=1)
"""How often it is written down that somebody is there: at most so much sooner a session ends."""
WARNED = timedelta(minutes=2)
"""How long before the end a page says so. WCAG 2.2, 2.2.1 asks for 20 seconds at least."""
LONGEST_WAIT = timedelta(days=1)
"""More than any session lasts, and less than what a browser's clock can count to, after which it would ask at once."""
IDLE, LONG = "idle", "long"


class End(NamedTuple):
    """By which limit a session ends, and how many seconds from now; none or fewer, where it did."""

    limit: str
    seconds: float


def end_of(session: SessionBase, now: float) -> End:
    """Which limit comes first. A session from before there were limits begins now."""
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
    most = timedelta(hours=settings.SESSION_HOURS).total_seconds()
    by_idling = End(IDLE, session.get(SEEN_AT, now) + idle - now)
    by_lasting = End(LONG, session.get(BEGUN_AT, now) + most - now)
    return by_lasting if by_lasting.seconds <= by_idling.seconds else by_idling


def seconds_to_first_look(session: SessionBase, now: float) -> int:
    """After how many seconds a page that was made now asks how long the session still lasts.

    The same for every page, but for the last ones of a day's work: pages that say the same are the same to the letter.
    """
    idle = timedelta(minutes=settings.SESSION_IDLE_MINUTES) - WARNED - EVERY
    end = end_of(session, now)
    if end.limit == LONG:
        return min(_waits(idle.total_seconds()), seconds_to_warning(end))
    return _waits(idle.total_seconds())


def seconds_to_warning(end: End) -> int:
    """After how many seconds a page says that the end is near, or asks again."""
    return _waits(end.seconds - WARNED.total_seconds())


def _waits(seconds: float) -> int:
    return min(max(1, round(seconds)), int(LONGEST_WAIT.total_seconds()))
