"""The client of a dossier is told of Actiris: the text, and the step that keeps it (S08)."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.actiris import Inform, brussels_state, text_today
from inzage.portal.entering import wrong_of
from inzage.portal.partner.dossier import dossier_under
from inzage.view_rights.informing import NotInformed
from inzage.view_rights.looking import NoRight, look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing_right

DONE = _("Genoteerd: de klant is ingelicht over VDAB en Actiris.")


@for_counsellors
def inform_client(request: HttpRequest, counsellor: Counsellor, reference: uuid.UUID) -> HttpResponse:
    """For who has a right on the dossier; who is still asking one does it on the page of the form."""
    dossier = dossier_under(reference, home_on=counsellor.today)
    if request.method == "POST" and not standing_right(dossier.pk, counsellor.unit.pk, on=counsellor.today):
        raise NoRight
    text = text_today(counsellor.today)
    entered = Inform(text, request.POST or None, today=counsellor.today)
    if entered.is_valid():
        with entered.refusing(NotInformed):
            entered.carry_out(dossier, counsellor.unit, counsellor.origin)
        if entered.is_valid():
            messages.success(request, DONE)
            return redirect("dossier", reference)

    def show(_right: ViewRight | None) -> HttpResponse:
        shown = {"dossier": dossier, "text": text, "entered": entered, "wrong": wrong_of(entered)}
        shown["actiris"] = brussels_state(dossier, counsellor.today)
        return render(request, "portal/partner/inform.html", shown)

    return look(dossier, counsellor.look(), show)
