"""The client consents at the mediator: no form is asked, the right is granted at once (S04)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.clients import WhichClient
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.fields import UnitByNumber
from inzage.portal.guessing.waiting import may_search
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import PURPOSES, choices
from inzage.rules.names import Purpose, Route
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import Asked, record_consent_at_mediator
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight

WHY = "toestemming bij de bemiddelaar"


class ToWhat(Entry):
    """To what a client consents, for which organisation."""

    unit = UnitByNumber(label=_("OE-nummer van de organisatie"))
    purpose = forms.ChoiceField(
        label=_("Waarvoor"),
        choices=choices(PURPOSES),
        widget=Radios,
        error_messages={"required": _("Kies waarvoor.")},
    )
    activity_title = forms.CharField(
        label=_("Naam van de begeleiding of opleiding"), max_length=200, required=False
    )

    def asked(self) -> Asked:
        """As the use case takes it."""
        entered = self.cleaned_data
        return Asked(
            entered["unit"],
            Route.MEDIATOR,
            Purpose(entered["purpose"]),
            activity_title=entered["activity_title"],
        )


class Consent(ToWhat, WhichClient):
    """Who consents, asked first, and to what."""


@for_desks
def record_consent(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """For mediators only: VDAB Brussel works with forms. Granted, the page of this consent shows what came of it."""
    if Route.MEDIATOR not in desk.routes:
        raise PermissionDenied
    consent = Consent(request.POST or None)
    right = _granted(consent, desk) if consent.is_valid() else None
    if right is None:
        return render(
            request, "portal/mediator/consent.html", {"consent": consent, "wrong": wrong_of(consent)}
        )
    messages.success(request, _("De toestemming is geregistreerd en het inzagerecht is toegekend."))
    return redirect("form", right.grants.filter(dossier=right.dossier_id).latest("pk").form_id)


@transaction.atomic
def _granted(consent: Consent, desk: DeskWorker) -> ViewRight | None:
    """The right, or at the form why not. The line of the search stays in every case: something was told."""
    may_search(desk.person, desk.at)
    found = consent.found()
    write(AccessLine.Kind.SEARCH, desk.look(WHY), [(dossier.pk, None) for dossier in found])
    dossier = consent.only_one(found)
    if dossier is not None:
        with consent.refusing(NotGranted, AlreadyThere), transaction.atomic():
            return record_once(dossier, consent.asked(), desk)
    return None


def record_once(dossier: Dossier, asked: Asked, desk: DeskWorker) -> ViewRight:
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
        raise AlreadyThere(_("Deze toestemming is vandaag al geregistreerd. Er is niets gewijzigd."))
    return record_consent_at_mediator(dossier.pk, asked, origin=desk.origin)
