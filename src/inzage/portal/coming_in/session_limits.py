"""A session ends when nothing was done for a while, and after a day's work whatever was done."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from inzage.partners.models import Person
from inzage.portal import clock
from inzage.portal.acting import signed_in
from inzage.portal.busy import answer_when_busy
from inzage.portal.coming_in.kept_form import KEPT, OF_WHOM, is_sent_by, keep
from inzage.portal.coming_in.limits import EVERY, end_of
from inzage.portal.coming_in.own_session import BEGUN_AT, ENDED, SEEN_AT

NOT_KEPT = {"sign-out"}
"""Where people send what need not be sent again once they were signed out."""


class SessionLimits:
    """Middleware that ends such sessions, and keeps what is sent to one that ended.

    It comes after the one that knows who is signed in, and before the one that sends strangers to sign in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to a session that is over, as to a stranger."""
        if (person := signed_in(request)) is None:
            return self._get_response(request)
        try:
            _look_at(request, person)
        except OperationalError as error:
            if busy := answer_when_busy(error):
                return busy
            raise
        response = self._get_response(request)
        if signed_in(request) and is_sent_by(request) and _is_taken(response):
            _forget(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _named: object
    ) -> HttpResponse | None:
        """Keep what was sent too late; by now it is sure that it came from a page of ours."""
        if request.method != "POST" or signed_in(request) is not None or OF_WHOM not in request.session:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in NOT_KEPT or not getattr(view, "login_required", True):
            return None
        try:
            keep(request, at=clock.now())
        except OperationalError as error:
            if busy := answer_when_busy(error):
                return busy
            raise
        return None


def _look_at(request: HttpRequest, person: Person) -> None:
    session, now = request.session, clock.now().timestamp()
    end = end_of(session, now)
    if end.seconds <= 0:
        session.flush()
        session[ENDED], session[OF_WHOM] = end.limit, person.pk
        request.user = AnonymousUser()
    elif now - session.get(SEEN_AT, 0) >= EVERY.total_seconds() and request.path != reverse("session-left"):
        session.setdefault(BEGUN_AT, now)
        session[SEEN_AT] = now
        try:
            session.save()  # here, so that a locked database is answered as one
        except UpdateError:  # ended from elsewhere since it was read
            session.flush()
            request.user = AnonymousUser()
        session.modified = False


def _is_taken(response: HttpResponse) -> bool:
    """Whether the page took what was sent: it refused nothing, and did not first ask for which unit it is."""
    return response.status_code < 400 and not response.get("Location", "").startswith(reverse("choose-unit"))


def _forget(request: HttpRequest) -> None:
    """It was sent. Where the database is locked it stays kept, for an hour at most."""
    del request.session[KEPT]
    with suppress(OperationalError, UpdateError):
        request.session.save()
    request.session.modified = False
