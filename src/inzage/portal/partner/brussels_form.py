"""A Brussels form on its way: which way it goes, what the client is told, and handing it in (S08, S11, S17)."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.consents.information import LANGUAGES as IN_LANGUAGES
from inzage.consents.informing import text_on, told_for
from inzage.consents.models import ConsentForm, FormState
from inzage.journal.models import Origin
from inzage.notices.mailboxes import mailbox_of
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.actiris import Inform, text_today
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.fields import Day
from inzage.portal.partner.informing import DONE
from inzage.portal.words import LANGUAGES, MISSING, choices
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.consenting import deliver
from inzage.view_rights.granting import NotGranted, missing_from_form
from inzage.view_rights.informing import NotInformed
from inzage.view_rights.looking import write
from inzage.view_rights.viewing import standing_right

HANDED_IN = _("Het formulier is ingediend bij VDAB Brussel. U krijgt een bericht als het nagekeken is.")

SHOWN = ("unit", "asked_by", "dossier__client")
"""What the page says of a form is read with it."""


class HandIn(Entry):
    """The form is complete: it goes to VDAB Brussel."""

    name, button = "hand_in", _("Indienen bij VDAB Brussel")
    completed_on = Day(
        label=_("Ingevuld op"),
        to_come=False,
        error_messages={
            "required": _("Vul de dag in waarop de klant het formulier invulde."),
            "invalid": _("Vul een dag in die bestaat, zoals 28/02/2026."),
        },
    )
    informed = forms.BooleanField(
        label=_("Op het formulier staat dat de klant weet dat VDAB en Actiris gegevens uitwisselen"),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Taal van het formulier"),
        choices=choices(LANGUAGES),
        initial="nl",
        required=False,
        widget=Radios,
    )

    def __init__(self, form: ConsentForm, *args: Any, **kwargs: Any) -> None:
        initial = {"completed_on": form.completed_on, "informed": form.informed_of_actiris}
        super().__init__(*args, prefix=self.name, initial=initial, **kwargs)
        if form.informed_of_actiris:
            del self.fields["informed"], self.fields["language"]

    def carry_out(self, form: ConsentForm, origin: Origin) -> None:
        """Deliver it; what the client was told, recorded already, stays."""
        entered = self.cleaned_data
        deliver(
            form.pk,
            completed_on=entered["completed_on"],
            informed_of_actiris=entered.get("informed", form.informed_of_actiris),
            language=entered.get("language") or "nl",
            origin=origin,
        )


@for_counsellors
def brussels_form(request: HttpRequest, counsellor: Counsellor, number: int) -> HttpResponse:
    """A form that this unit asked. No name: asking opens no dossier (S01)."""
    form = _asked_by(counsellor, number)
    text = text_today(counsellor.today)
    sent = request.POST.get("act")
    tell = Inform(text, request.POST if sent == Inform.name else None, today=counsellor.today)
    hand_in = HandIn(form, request.POST if sent == HandIn.name else None)
    if tell.is_valid():
        with tell.refusing(NotInformed):
            tell.carry_out(form.dossier, counsellor.unit, counsellor.origin)
        if tell.is_valid():
            messages.success(request, DONE)
            return redirect("brussels-form", number)
    if hand_in.is_valid():
        with hand_in.refusing(NotGranted), transaction.atomic():
            hand_in.carry_out(form, counsellor.origin)
        if hand_in.is_valid():
            messages.success(request, HANDED_IN)
            return redirect("brussels-form", number)
    shown = {"tell": tell, "hand_in": hand_in, "wrong": wrong_of(tell) or wrong_of(hand_in)}
    return _page(request, counsellor, form, "portal/partner/brussels_form.html", {**shown, "text": text})


@for_counsellors
def print_form(request: HttpRequest, counsellor: Counsellor, number: int) -> HttpResponse:
    """The form on paper: the same text, its version, and the mailbox it goes to."""
    form = _asked_by(counsellor, number)
    language = request.GET.get("taal", "nl")
    if language not in IN_LANGUAGES:
        raise Http404
    text = text_on(form.completed_on or counsellor.today)
    shown = {"words": getattr(text, language), "text": text, "language": language}
    return _page(request, counsellor, form, "portal/partner/print_form.html", shown)


def _asked_by(counsellor: Counsellor, number: int) -> ConsentForm:
    """The form, where the own unit asked it; another's doesn't exist here."""
    asked = ConsentForm.objects.filter(asked_by=counsellor.unit, route__in=BRUSSELS, pk=number)
    form = asked.select_related(*SHOWN).first()
    if form is None:
        raise Http404
    return form


@transaction.atomic
def _page(
    request: HttpRequest, counsellor: Counsellor, form: ConsentForm, page: str, shown: dict[str, Any]
) -> HttpResponse:
    """The page, and the line in the log that names the dossier."""
    form.refresh_from_db(from_queryset=ConsentForm.objects.select_related(*SHOWN))
    right = standing_right(form.dossier_id, counsellor.unit.pk, on=counsellor.today)
    write(AccessLine.Kind.LIST, counsellor.look(), [(form.dossier_id, right)])
    return render(
        request, page, {**_state_of(form, counsellor.today), **shown, "may_open": right is not None}
    )


def _state_of(form: ConsentForm, today: date) -> dict[str, Any]:
    """Where the form goes, what it lacks, and what can be done with it."""
    handled = form.state in (FormState.GRANTED, FormState.REFUSED)
    return {
        "form": form,
        "mailbox": mailbox_of(form.route),
        "missing": [] if handled else [MISSING[part] for part in missing_from_form(form)],
        "told": told_for(form),
        "is_handled": handled,
        "today": today,
    }
