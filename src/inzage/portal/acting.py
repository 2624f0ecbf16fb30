"""Who acts in a request: a counsellor for one unit, or somebody at a desk of VDAB; and who may reach which page."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from inzage.access_log.models import Why
from inzage.consents.desks import ROUTES
from inzage.journal.models import Origin
from inzage.partners.models import Person, Unit
from inzage.portal import clock
from inzage.portal.coming_in.own_session import organisation_of
from inzage.portal.guessing.waiting import TooOften, answer_too_often
from inzage.rules.days import day_of
from inzage.rules.names import Part, Route
from inzage.view_rights.looking import Look, NoRight

CHOSEN_UNIT = "unit"
FOR_UNIT = "for_unit"
"""Every form of a counsellor says for which unit it was opened: in another tab another one may be chosen since."""
BACK_TO = "back_to"

P = ParamSpec("P")


@dataclass(frozen=True)
class Somebody:
    """A person, the moment of the request (the clock is read once) and the request's own id."""

    person: Person
    at: datetime = field(default_factory=lambda: clock.now())
    request_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def origin(self) -> Origin:
        """How what this person does is signed."""
        return Origin(self.person.signature, self.at, "portal")

    @property
    def today(self) -> date:
        """The day of the request in Brussels."""
        return day_of(self.at)


@dataclass(frozen=True, kw_only=True)
class Counsellor(Somebody):
    """Somebody who works for a partner, now for `unit`: everything is seen as that unit sees it (S03)."""

    unit: Unit

    def look(self, part: Part = Part.GENERAL) -> Look:
        """A look at a part of a dossier, as the access log names it. The general part lists its steps too."""
        return Look(self.origin, self.unit, part, self.request_id)


@dataclass(frozen=True, kw_only=True)
class DeskWorker(Somebody):
    """A mediator or the Brussels desk, with the routes by which forms come to that desk."""

    routes: tuple[Route, ...]

    def look(self, work: str = "") -> Look:
        """A look by VDAB's own people, as the access log names it, with the work that led to it."""
        return self._look(work, Why.WORK)

    def look_because(self, stated: str) -> Look:
        """A look for which this person stated the reason; empty where none had to be."""
        return self._look(stated, Why.STATED)

    def _look(self, reason: str, why: Why) -> Look:
        return Look(self.origin, None, Part.GENERAL, self.request_id, reason, why if reason else Why.NONE)


def signed_in(request: HttpRequest) -> Person | None:
    """The person behind the session."""
    return request.user if isinstance(request.user, Person) else None


def units_of(person: Person, request: HttpRequest) -> list[Unit]:
    """The units the person works for today, of the organisation for which he or she signed in, where that names one."""
    units = [membership.unit for membership in person.works_for]
    organisation = organisation_of(request)
    return [unit for unit in units if unit.is_of(organisation.code)] if organisation else units


def manages(person: Person, unit: Unit) -> bool:
    """Whether this person manages that unit."""
    return any(membership.manages for membership in person.works_for if membership.unit_id == unit.pk)


def chosen_of(units: list[Unit], request: HttpRequest) -> Unit | None:
    """The one that was chosen in this session; an only one needs no choosing."""
    if len(units) == 1:
        return units[0]
    return next((unit for unit in units if unit.pk == request.session.get(CHOSEN_UNIT)), None)


def for_counsellors(
    view: Callable[Concatenate[HttpRequest, Counsellor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for partners' people only. Without a right nothing is told, whether the dossier exists or not (S01)."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = signed_in(request)
        if person is None or person.role != Person.Role.COUNSELLOR:
            raise PermissionDenied
        units = units_of(person, request)
        _turn_back(units, request)
        unit = chosen_of(units, request)
        if unit is None:
            return _choose_first(request)
        if request.method == "POST" and request.POST.get(FOR_UNIT) != unit.oe_number:
            return _for_another(units, request)
        counsellor = Counsellor(person, unit=unit)
        try:
            return view(request, counsellor, *args, **kwargs)
        except NoRight:
            return render(request, "portal/partner/no_right.html", status=404)
        except TooOften as refused:
            return answer_too_often(request, counsellor.look(), refused)

    return page


def _choose_first(request: HttpRequest) -> HttpResponse:
    """To the choice of a unit, and from there back to the page that was asked for."""
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return redirect(f"{reverse('choose-unit')}{back}")


def _turn_back(units: list[Unit], request: HttpRequest) -> None:
    """Choose the unit again for which a form was opened, where the person asked for that with the form.

    Where none is chosen, as after signing in again, the form says for which.
    """
    wanted = request.POST.get(BACK_TO if chosen_of(units, request) else FOR_UNIT)
    if unit := next((unit for unit in units if unit.oe_number == wanted), None):
        request.session[CHOSEN_UNIT] = unit.pk


def _for_another(units: list[Unit], request: HttpRequest) -> HttpResponse:
    """Refuse a form that was opened for another unit; what was entered stays, to be sent after turning back.

    No page can hand a browser a file: those are named, to be chosen again.
    """
    wanted = request.POST.get(FOR_UNIT)
    ours = {FOR_UNIT, BACK_TO, "csrfmiddlewaretoken"}
    shown = {
        "opened_for": next((unit for unit in units if unit.oe_number == wanted), None),
        "entered": [
            (name, value) for name, values in request.POST.lists() if name not in ours for value in values
        ],
        "files": [(name, file.name) for name, files in request.FILES.lists() for file in files],
    }
    return render(request, "portal/partner/other_unit.html", shown, status=409)


def for_desks(
    view: Callable[Concatenate[HttpRequest, DeskWorker, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for mediators and the Brussels desk only."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = signed_in(request)
        if person is None or not person.handles_forms:
            raise PermissionDenied
        desk = DeskWorker(person, routes=ROUTES[person.role])
        try:
            return view(request, desk, *args, **kwargs)
        except TooOften as refused:
            return answer_too_often(request, desk.look(), refused)

    return page


def for_schools(
    view: Callable[Concatenate[HttpRequest, Counsellor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for people of a school only (S10)."""

    @wraps(view)
    def page(
        request: HttpRequest, counsellor: Counsellor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if counsellor.unit.kind != Unit.Kind.SCHOOL:
            raise PermissionDenied
        return view(request, counsellor, *args, **kwargs)

    return for_counsellors(page)


def for_brussels(
    view: Callable[Concatenate[HttpRequest, DeskWorker, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for VDAB Brussel only."""

    @wraps(view)
    def page(request: HttpRequest, desk: DeskWorker, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if Route.BRUSSELS_FORM not in desk.routes:
            raise PermissionDenied
        return view(request, desk, *args, **kwargs)

    return for_desks(page)
