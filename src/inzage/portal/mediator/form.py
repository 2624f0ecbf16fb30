"""One form at the desk: what is on it, what is missing, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.consents.informing import text_on, told_for
from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import municipality_of
from inzage.notices.mailboxes import mailbox_of
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.actiris import named
from inzage.portal.entering import act_in, wrong_of
from inzage.portal.mediator.handling import ACTS, Act, acts_for
from inzage.portal.mediator.work_list import forms_of
from inzage.portal.paper.listing import on_paper
from inzage.portal.reasons import reason_of
from inzage.portal.refusing import AlreadyThere, NotReceived
from inzage.portal.words import MISSING
from inzage.rules.brussels import in_brussels
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.granting import NotGranted, missing_from_form
from inzage.view_rights.looking import look
from inzage.view_rights.viewing import standing_right

SHOWN = ("asked_by", "unit", "dossier__client")
"""What the page says of a form is read with it."""


@for_desks
def form(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """A form of this desk; another desk's doesn't exist here."""
    consent = forms_of(desk).select_related(*SHOWN).filter(pk=number).first()
    if consent is None:
        raise Http404
    entered = act_in(request, ACTS, consent)
    if entered is not None and entered.is_valid():
        with entered.refusing(NotGranted, AlreadyThere, NotReceived), transaction.atomic():
            entered.carry_out(desk.origin)
        if entered.is_valid():
            messages.success(request, entered.done)
            return redirect("form", number)

    def show(_right: object) -> HttpResponse:
        consent.refresh_from_db(from_queryset=ConsentForm.objects.select_related(*SHOWN))
        return render(request, "portal/mediator/form.html", _shown(consent, entered, desk))

    return look(consent.dossier, desk.look(f"formulier {consent.pk}"), show)


def _shown(consent: ConsentForm, entered: Act | None, desk: DeskWorker) -> dict[str, Any]:
    """What the page says of the form: what it lacks, what can be done, and the right that the unit has today."""
    missing = missing_from_form(consent)
    offered = acts_for(consent, missing)
    if entered is not None:
        entered.is_offered = type(entered) in offered
    right = standing_right(consent.dossier_id, consent.unit_id, on=desk.today)
    today = desk.today
    lives_in = municipality_of(consent.dossier.client, today)
    return {
        "form": consent,
        "is_brussels": consent.route in BRUSSELS,
        "mailbox": mailbox_of(consent.route),
        "told": told_for(consent),
        "text": text_on(consent.completed_on or today),
        "lives_in": named(lives_in),
        "lives_in_brussels": in_brussels(lives_in, today),
        "missing": [MISSING[part] for part in missing],
        "acts": [entered if isinstance(entered, act) else act(consent) for act in offered],
        "wrong": wrong_of(entered),
        "right": right,
        **on_paper(consent, None),
        "reason": reason_of(right) if right else None,
    }
