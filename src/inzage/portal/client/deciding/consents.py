"""A client's consents: what waits for an answer first, then to whom, for what and since when (S04)."""

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.consents.models import CONSENTED, DECLINED, ConsentForm, FormState, Objection
from inzage.portal.client.deciding.words import day_in_words
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.paging import PAGE, newest_first
from inzage.rules.days import day_of
from inzage.view_rights.bearing import restored_upon_consents
from inzage.view_rights.handing_over import WAITS_FOR_CLIENT
from inzage.view_rights.models import Grant, ViewRight

REFUSALS = {DECLINED: "declined", CONSENTED: "settled"}
"""The words of the template for a request that was not VDAB's to refuse."""


class Line(NamedTuple):
    """A consent, where it stands (`state`, a word of the template), on which day that was, and what can be done."""

    form: ConsentForm
    state: str
    on: str
    act: str


@for_clients
def consents(request: HttpRequest, own: OwnClient) -> HttpResponse:
    """No line in the access log: a client who reads about the own dossier is shown nobody else's."""
    forms = ConsentForm.objects.filter(dossier=own.dossier).select_related("unit", "asked_by")
    after = request.GET.get("na", "")
    page = newest_first(forms.exclude(state__in=WAITS_FOR_CLIENT), after)
    shut_out = Objection.objects.filter(dossier=own.dossier, lifted_at=None).select_related("unit")
    units = {objection.unit_id for objection in shut_out}
    waiting = forms.filter(state__in=WAITS_FOR_CLIENT).order_by("-changed_at", "-pk")
    shown = {
        "waiting": [(form, form.unit_id in units) for form in waiting[:PAGE]],
        "lines": _lines(page.rows, own),
        "shut_out": sorted(shut_out, key=lambda objection: objection.unit.name),
        "after": page.after,
        "started": after,
    }
    return render(request, "portal/client/consents.html", shown)


def _lines(forms: list[ConsentForm], own: OwnClient) -> list[Line]:
    granted = Grant.objects.filter(form__in=forms, right__isnull=False).select_related("right")
    rights = {grant.form_id: grant.right for grant in granted}
    restored = restored_upon_consents(own.dossier.pk, on=own.today)
    return [_line(form, rights.get(form.pk), restored.get(form.pk), own.today) for form in forms]


def _line(form: ConsentForm, right: ViewRight | None, restored: ViewRight | None, today: date) -> Line:
    """A consent whose own right is over still counts where it bears a `restored` one of the unit."""
    if form.state == FormState.RECEIVED:
        return Line(form, "received", day_in_words(day_of(form.changed_at)), "decline")
    if form.state == FormState.REFUSED:
        return Line(form, REFUSALS.get(form.remark, "refused"), "", "")
    if form.withdrawn_on is not None:
        act = "" if form.withdrawn_on <= today else "withdraw"
        return Line(form, "withdrawn", day_in_words(form.withdrawn_on), act)
    last_day = right.last_day if right else None
    if restored is not None and last_day is not None and last_day < today:
        last_day = restored.last_day
    if last_day is not None and last_day < today:
        return Line(form, "over", day_in_words(last_day), "")
    return Line(form, "standing", day_in_words(last_day) if last_day else "", "withdraw")
