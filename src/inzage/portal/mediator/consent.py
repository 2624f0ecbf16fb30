"""The client consents at the mediator: no form is asked, the right is granted at once (S04)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.clients import dossiers_numbered
from inzage.portal.entering import Entry, PersonNumber, UnitByNumber
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import PURPOSES, choices
from inzage.rules.names import Purpose, Route
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import Asked, record_consent_at_mediator
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import write

NO_CLIENT = "Er is geen klant met dit nummer. Kijk het nummer na."
SEVERAL = (
    "Dit nummer staat bij meer dan een klant. Vul het klantnummer in, en meld het aan de gegevensbeheerder."
)
WHY = "toestemming bij de bemiddelaar"


class Consent(Entry):
    """Who consents, to what, for which organisation."""

    number = PersonNumber()
    unit = UnitByNumber(label="OE-nummer van de organisatie")
    purpose = forms.ChoiceField(label="Waarvoor", choices=choices(PURPOSES), widget=forms.RadioSelect)
    activity_title = forms.CharField(label="Begeleiding of opleiding", max_length=200, required=False)

    def asked(self) -> Asked:
        """As the use case takes it."""
        entered = self.cleaned_data
        return Asked(
            entered["unit"],
            Route.MEDIATOR,
            Purpose(entered["purpose"]),
            activity_title=entered["activity_title"],
        )


@for_desks
def record_consent(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """For mediators only: VDAB Brussel works with forms."""
    if Route.MEDIATOR not in desk.routes:
        raise PermissionDenied
    consent = Consent(request.POST or None)
    if consent.is_valid():
        with consent.refusing(NotGranted, AlreadyThere), transaction.atomic():
            found = list(dossiers_numbered(consent.cleaned_data["number"]).order_by("pk"))
            write(AccessLine.Kind.SEARCH, desk.look(WHY), [(dossier.pk, None) for dossier in found])
            if len(found) == 1:
                record_once(found[0], consent.asked(), desk)
            else:
                consent.add_error("number", SEVERAL if found else NO_CLIENT)
        if consent.is_valid():
            messages.success(request, "De toestemming is geregistreerd en het inzagerecht is toegekend.")
            return redirect("work-list")
    return render(request, "portal/mediator/consent.html", {"consent": consent})


def record_once(dossier: Dossier, asked: Asked, desk: DeskWorker) -> None:
    """Record, unless the same was recorded today. Call it in a transaction: two at once take turns."""
    locked(dossier.pk, origin=desk.origin)
    same = ConsentForm.objects.filter(
        dossier=dossier,
        unit=asked.unit,
        purpose=asked.purpose,
        route=asked.route,
        granted_on=desk.today,
        withdrawn_on=None,
    )
    if same.exists():
        raise AlreadyThere("Deze toestemming is vandaag al geregistreerd. Er is niets gewijzigd.")
    record_consent_at_mediator(dossier.pk, asked, origin=desk.origin)
