"""Coming in: the first page, signing in (in the demo by choosing a person), choosing a unit, signing out."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inzage.partners.models import Person
from inzage.portal import clock
from inzage.portal.acting import CHOSEN_UNIT, chosen_of, signed_in, units_of
from inzage.portal.checks import LOOPBACK
from inzage.portal.coming_in import pages
from inzage.portal.coming_in.kept_form import KEPT, on_to
from inzage.portal.coming_in.own_session import ENDED, begin, organisation_of
from inzage.portal.demo_people import ISSUER, people
from inzage.portal.going import safe_or
from inzage.portal.menu import menu_of


def index(request: HttpRequest) -> HttpResponse:
    """Everyone's own first page."""
    person = signed_in(request)
    own = menu_of(person, None, "/") if person else []
    return redirect(own[0].address if own else "today")


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """In the demo: choose who to be. Elsewhere the organisation's identity provider says who somebody is."""
    if request.method != "POST":
        shown = {
            "people": people() if settings.DEMO else [],
            "next": request.GET.get("next", ""),
            "by_provider": bool(settings.OIDC_ISSUER),
            "ended": request.session.pop(ENDED, "") if ENDED in request.session else "",
            "idle_minutes": settings.SESSION_IDLE_MINUTES,
            "hours": settings.SESSION_HOURS,
            "is_kept": KEPT in request.session,
        }
        return render(request, "portal/sign_in.html", shown)
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    chosen = get_object_or_404(Person, issuer=ISSUER, subject=request.POST.get("person", ""), is_active=True)
    begin(request, chosen, at=clock.now())
    return redirect(on_to(request, _next(request, otherwise="index")))


def _next(request: HttpRequest, *, otherwise: str) -> str:
    """Where the person was going, if that is a page of ours; otherwise that one."""
    return safe_or(request, request.POST.get("next", ""), otherwise=otherwise)


def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST only; a link followed by accident signs nobody out."""
    if request.method != "POST":
        return redirect("index")
    return pages.sign_out(request)


def choose_unit(request: HttpRequest) -> HttpResponse:
    """Somebody who works for several units says for which one now."""
    person = signed_in(request)
    if person is None or person.role != Person.Role.COUNSELLOR:
        raise PermissionDenied
    units = units_of(person, request)
    if request.method == "POST":
        unit = next((unit for unit in units if unit.oe_number == request.POST.get("unit")), None)
        if unit is None:
            raise Http404
        request.session[CHOSEN_UNIT] = unit.pk
        request.session.save()  # here, so that a locked database is answered as one
        return redirect(_next(request, otherwise="today"))
    shown = {
        "units": units,
        "chosen": chosen_of(units, request),
        "next": request.GET.get("next", ""),
        "organisation": organisation_of(request),
    }
    return render(request, "portal/choose_unit.html", shown)
