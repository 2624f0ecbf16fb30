"""One dossier: whose it is, why it may be seen and until when, and its Stappen naar werk (S01, S12)."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.addresses import with_home
from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Unit
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.actiris import on_actiris
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.fields import Day
from inzage.portal.language import spoken
from inzage.portal.partner.day.who_sees import seers
from inzage.portal.partner.steps import offered
from inzage.portal.reasons import days_left, reason_of
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import KINDS, choices
from inzage.rules.lines import Step as Doable
from inzage.rules.names import Kind, State
from inzage.view_rights.assigning import owner_on
from inzage.view_rights.catching_up import locked
from inzage.view_rights.explaining import what_moves, why
from inzage.view_rights.looking import NoRight, look_among
from inzage.view_rights.models import ViewRight
from inzage.view_rights.picture import picture_of
from inzage.view_rights.registering import (
    Actor,
    NewActivity,
    NotRegistered,
    register,
    steps_allowed_to,
)

BEGINNINGS = [("requested_on", _("is aangevraagd")), ("started_on", _("is gestart"))]


class Line(Entry):
    """A new line in Stappen naar werk, executed by the own unit."""

    kind = forms.ChoiceField(label=_("Soort"), choices=choices(KINDS))
    title = forms.CharField(
        label=_("Titel"), max_length=200, error_messages={"required": _("Vul de titel van de actie in.")}
    )
    begun = forms.ChoiceField(label=_("De actie"), choices=BEGINNINGS, initial="requested_on", widget=Radios)
    on = Day(label=_("Op"))
    course_number = forms.CharField(label=_("Cursusnummer"), max_length=40, required=False)
    outsourcing_number = forms.CharField(label=_("Uitbestedingsnummer"), max_length=40, required=False)

    def register_once(self, dossier: Dossier, counsellor: Counsellor) -> Activity:
        """Register, unless the same line stands there already. Call it in a transaction: two at once take turns."""
        locked(dossier.pk, origin=counsellor.origin)
        entered = self.cleaned_data
        same = ("kind", "title", "course_number", "outsourcing_number")
        line: dict[str, Any] = {name: entered[name] for name in same} | {entered["begun"]: entered["on"]}
        if Activity.objects.filter(dossier=dossier, unit=counsellor.unit, **line).exists():
            raise AlreadyThere(_("Deze actie staat er al. Er is niets toegevoegd."))
        new = NewActivity(executor=counsellor.unit, **line | {"kind": Kind(entered["kind"])})
        return register(dossier.pk, new, actor=Actor(counsellor.origin, counsellor.unit))


class Step(NamedTuple):
    """A line as the page lists it; of a closing and a cancellation the first counts; `may` is what can be done now."""

    activity: Activity
    state: State
    ended_on: date | None
    may: list[Doable]


def _ended_on(activity: Activity) -> date | None:
    return min((day for day in (activity.closed_on, activity.cancelled_on) if day), default=None)


def dossier_under(reference: uuid.UUID, *, home_on: date | None = None) -> Dossier:
    """The dossier under this reference; an unknown one is answered as one without a right.

    With its client; and with `home_on` also with the enrolment and where the client lives that day.
    """
    under = Dossier.objects.filter(reference=reference)
    found = (with_home(under, home_on) if home_on else under.select_related("client")).first()
    if found is None:
        raise NoRight
    return found


@for_counsellors
def dossier(request: HttpRequest, counsellor: Counsellor, reference: uuid.UUID) -> HttpResponse:
    """Shown while the unit's right stands; a new line can be registered here."""
    found = dossier_under(reference, home_on=counsellor.today)
    line = Line(request.POST or None, initial={"on": counsellor.today})
    if line.is_valid():
        with line.refusing(NotRegistered, AlreadyThere), transaction.atomic():
            line.register_once(found, counsellor)
        if line.is_valid():
            messages.success(request, _("De actie is geregistreerd."))
            return redirect("dossier", reference)

    def show(right: ViewRight, others: list[ViewRight]) -> HttpResponse:
        shown = {"form": line, "wrong": wrong_of(line), "others": seers(others)}
        return render(request, "portal/partner/dossier.html", _shown(found, right, counsellor) | shown)

    return look_among(found, counsellor.look(), show)


def _shown(found: Dossier, right: ViewRight, counsellor: Counsellor) -> dict[str, Any]:
    """What the page says of the dossier, but for who else may see it."""
    today = counsellor.today
    picture = picture_of(found, right)
    return {
        "dossier": found,
        "right": right,
        "reason": reason_of(right),
        "days_left": days_left(right.last_day, today),
        "explanation": why(right, picture.case, today=today, language=spoken()),
        "movers": what_moves(right, picture.case, today=today, language=spoken()),
        "is_school": counsellor.unit.kind == Unit.Kind.SCHOOL,
        "actiris": on_actiris(found, today, counsellor.unit),
        "owner": owner_on(picture.owners, today),
        "owners": picture.owners,
        "steps": _steps(picture.lines, counsellor),
    }


def _steps(lines: list[Activity], counsellor: Counsellor) -> list[Step]:
    """The lines; of the own ones, what can be done with each today."""
    today = counsellor.today
    continued = {line.continues_id for line in lines}
    return [
        Step(
            line,
            line.state_on(today),
            _ended_on(line),
            offered(steps_allowed_to(line, today, continued=line.pk in continued), line, today)
            if line.unit_id == counsellor.unit.pk
            else [],
        )
        for line in lines
    ]
