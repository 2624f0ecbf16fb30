"""One line in Stappen naar werk: its days, its performances, and what can be done with it now."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.dossiers.models import Activity
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import wrong_of
from inzage.portal.partner.dossier import dossier_under
from inzage.portal.partner.steps import ENTRIES, StepEntry, entry_of, offered, starts_from
from inzage.portal.refusing import AlreadyThere
from inzage.rules.lines import Step
from inzage.rules.names import Part, State
from inzage.view_rights.looking import NoRight, look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NotRegistered, steps_allowed


@for_counsellors
def activity(request: HttpRequest, counsellor: Counsellor, reference: uuid.UUID, number: int) -> HttpResponse:
    """Shown while the unit's right on the dossier stands; a step is carried out and the page shown anew."""
    dossier = dossier_under(reference)
    line = Activity.objects.select_related("unit").filter(dossier=dossier, pk=number).first()
    if line is None:
        raise NoRight
    entered = _entered(request, line)
    if entered is not None and entered.is_valid():
        with entered.refusing(NotRegistered, AlreadyThere), transaction.atomic():
            entered.carry_out(line, Actor(counsellor.origin, counsellor.unit))
        if entered.is_valid():
            messages.success(request, entered.said(counsellor.today))
            return redirect("activity", reference, number)

    def show(_right: ViewRight | None) -> HttpResponse:
        line.refresh_from_db(from_queryset=Activity.objects.select_related("unit"))
        shown = _shown(line, counsellor.today) | {"dossier": dossier, "wrong": wrong_of(entered)}
        may_register = line.unit == counsellor.unit
        entries = _entries(request, line, entered, counsellor.today) if may_register or entered else []
        return render(
            request, "portal/partner/activity.html", {**shown, "entries": entries, "own": may_register}
        )

    return look(dossier, counsellor.look(Part.STEPS), show)


def _entered(request: HttpRequest, line: Activity) -> StepEntry | None:
    """The step that was sent in, if any."""
    if request.method != "POST":
        return None
    sent = request.POST.get("step", "")
    if sent not in ENTRIES:
        raise Http404
    step = Step(sent)
    return entry_of(step, line)(request.POST, prefix=step)


def _entries(request: HttpRequest, line: Activity, entered: StepEntry | None, today: date) -> list[StepEntry]:
    """What the state of the line allows now; and what was just refused, with its reason and what was entered."""
    allowed = offered(steps_allowed(line, today), line, today)
    initial = _initial(request, line, today)
    return [
        entered if entered and entered.step is step else entry_of(step, line)(prefix=step, initial=initial)
        for step in ENTRIES
        if step in allowed or (entered and entered.step is step)
    ]


def _initial(request: HttpRequest, line: Activity, today: date) -> dict[str, Any]:
    """Today; or the entry of the day that is to be corrected."""
    day = request.GET.get("dag")
    days = line.performances.filter(replaced_by=None) if day else ()
    wanted = next((entry for entry in days if str(entry.day) == day), None)
    if wanted is None:
        return {"on": today, "title": line.title}
    return {
        "on": wanted.day,
        "present": wanted.hours_present,
        "absent": wanted.hours_absent,
        "absence_reason": wanted.absence_reason,
    }


def _shown(line: Activity, today: date) -> dict[str, Any]:
    """What the page says of the line."""
    entries = line.performances.filter(replaced_by=None).select_related("replaces")
    state = line.state_on(today)
    return {
        "activity": line,
        "state": state,
        "starts_from": starts_from(line) if state is State.REQUESTED and not line.started_on else None,
        "performances": entries.order_by("-day"),
    }
