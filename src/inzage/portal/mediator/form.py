"""One form at the desk: what is on it, what is missing, and what can be done with it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.consents.models import ConsentForm
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.mediator.handling import ACTS, Act, acts_for
from inzage.portal.mediator.work_list import forms_of
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import MISSING
from inzage.view_rights.granting import NotGranted, missing_from_form
from inzage.view_rights.looking import look


@for_desks
def form(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """A form of this desk; another desk's doesn't exist here."""
    consent = forms_of(desk).select_related("asked_by", "unit", "dossier__client").filter(pk=number).first()
    if consent is None:
        raise Http404
    entered = _entered(request, consent)
    if entered is not None and entered.is_valid():
        with entered.refusing(NotGranted, AlreadyThere), transaction.atomic():
            entered.carry_out(desk.origin)
        if entered.is_valid():
            messages.success(request, entered.done)
            return redirect("form", number)

    def show(_right: object) -> HttpResponse:
        consent.refresh_from_db()
        missing = missing_from_form(consent)
        acts = [
            entered if isinstance(entered, act) else act(consent) for act in _acts(consent, missing, entered)
        ]
        shown = {"form": consent, "missing": [MISSING[part] for part in missing], "acts": acts}
        return render(request, "portal/mediator/form.html", shown)

    return look(consent.dossier, desk.look(f"formulier {consent.pk}"), show)


def _acts(consent: ConsentForm, missing: list[str], entered: Act | None) -> list[type[Act]]:
    """What can be done now; and what was just refused, with its reason and what was entered."""
    acts = acts_for(consent, missing)
    if entered is not None and type(entered) not in acts:
        acts.append(type(entered))
    return acts


def _entered(request: HttpRequest, consent: ConsentForm) -> Act | None:
    """The act that was sent in, if any."""
    if request.method != "POST":
        return None
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(consent, request.POST)
