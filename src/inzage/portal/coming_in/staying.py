"""A page that stays open asks how long its session still lasts, says when the end is near, and lets one stay."""

from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from inzage.portal import clock
from inzage.portal.acting import signed_in
from inzage.portal.coming_in.kept_form import OF_WHOM
from inzage.portal.coming_in.limits import WARNED, end_of, seconds_to_warning

PART = "portal/coming_in/left.html"


@login_not_required
@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """A part of a page: nothing yet, that the end is near, or that it came. Who asks doesn't stay by it.

    A stranger gets a part too: a redirect would take from the screen what somebody wrote there.
    """
    if signed_in(request) is None:
        return render(request, PART, {"ended": True, "is_kept": OF_WHOM in request.session})
    end = end_of(request.session, clock.now().timestamp())
    if end.seconds > WARNED.total_seconds():
        return render(request, PART, {"look_in": seconds_to_warning(end)})
    shown = {"near": end.limit, "minutes": ceil(end.seconds / 60), "look_in": ceil(end.seconds) + 1}
    return render(request, PART, shown)


@login_not_required
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is there: sending this is enough, as with any page (`session_limits.py`)."""
    if signed_in(request) is None:
        return render(request, PART, {"ended": True, "is_kept": OF_WHOM in request.session})
    end = end_of(request.session, clock.now().timestamp())
    return render(request, PART, {"stayed": True, "look_in": seconds_to_warning(end)})
