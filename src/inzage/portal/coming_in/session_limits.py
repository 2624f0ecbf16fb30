"""A session ends when nothing was done for a while, and after a day's work whatever was done."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from inzage.portal import clock
from inzage.portal.acting import signed_in
from inzage.portal.busy import answer_when_busy
from inzage.portal.coming_in.own_session import BEGUN_AT, ENDED, SEEN_AT

EVERY = timedelta(minutes=1)
"""How often it is written down that somebody is there: at most so much sooner a session ends."""
IDLE, LONG = "idle", "long"


class SessionLimits:
    """Middleware that ends such sessions. It comes after the one that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to a session that is over, as to a stranger."""
        if signed_in(request) is None:
            return self._get_response(request)
        try:
            _look_at(request)
        except OperationalError as error:
            if busy := answer_when_busy(error):
                return busy
            raise
        return self._get_response(request)


def _look_at(request: HttpRequest) -> None:
    session, now = request.session, clock.now().timestamp()
    if ended := _over(session, now):
        session.flush()
        session[ENDED] = ended
        request.user = AnonymousUser()
    elif now - session.get(SEEN_AT, 0) >= EVERY.total_seconds():
        session.setdefault(BEGUN_AT, now)
        session[SEEN_AT] = now
        try:
            session.save()  # here, so that a locked database is answered as one
        except UpdateError:  # ended from elsewhere since it was read
            session.flush()
            request.user = AnonymousUser()
        session.modified = False


def _over(session: SessionBase, now: float) -> str:
    """Which limit has passed, if one has. A session from before there were limits begins now."""
    if now - session.get(BEGUN_AT, now) >= timedelta(hours=settings.SESSION_HOURS).total_seconds():
        return LONG
    if now - session.get(SEEN_AT, now) >= timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds():
        return IDLE
    return ""
