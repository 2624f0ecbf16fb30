"""A mediator assigns a client to an organisation, from a day on: told beforehand what that opens (S02)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Assignment
from inzage.partners.models import Service
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day, UnitByNumber
from inzage.portal.mediator.clients.foretelling import Foretold, foretold, is_as_told
from inzage.portal.mediator.clients.opening import Opened, for_assigning
from inzage.portal.mediator.clients.words import what_assigning_does, why_not
from inzage.portal.refusing import AlreadyThere
from inzage.view_rights.assigning import NotAssigned, assign
from inzage.view_rights.catching_up import locked
from inzage.view_rights.foreseeing import foresee_assignment
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import look

REFUSALS = (NotAssigned, NotGranted, AlreadyThere)
STEP, CONFIRMED, CHANGE = "step", "confirmed", "change"
"""The button that was pressed on the page that told what would happen."""


class Services(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A service by its code; each says whether it makes an owner."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, the code, and whether the right comes by itself."""
        named = f"{obj.name} ({obj.code})"
        return gettext("%(service)s: maakt eigenaar") % {"service": named} if obj.tendered else named


class Assigning(Entry):
    """To whom, under which service, from when, and whom the client can ask for."""

    unit = UnitByNumber(label=_("OE-nummer van de organisatie"))
    service = Services(
        Service.objects.order_by("name", "code"),
        to_field_name="code",
        label=_("Dienst"),
        empty_label=_("Kies een dienst"),
        error_messages={
            "required": _("Kies een dienst."),
            "invalid_choice": _("Kies een dienst van de lijst."),
        },
    )
    on = Day(label=_("Toegewezen vanaf"))
    contact = forms.CharField(
        label=_("Contact bij de organisatie"),
        max_length=200,
        required=False,
        help_text=_(
            "Bijvoorbeeld het nummer van het onthaal. Andere organisaties met inzagerecht lezen dit."
        ),
    )


@for_assigning
def assign_client(request: HttpRequest, found: Opened) -> HttpResponse:
    """First what is filled in, then what it does, and only then the deed."""
    entered = Assigning(request.POST or None, initial={"on": found.desk.today})
    step = request.POST.get(STEP)
    comes_to: Foretold | None = None
    if entered.is_valid() and step != CHANGE:
        try:
            comes_to, is_done = _foretold_or_done(request, found, entered)
        except REFUSALS as refusal:
            entered.add_error(None, why_not(refusal))
        else:
            if is_done:
                messages.success(request, gettext("De toewijzing is geregistreerd."))
                return redirect("desk-client-grounds", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {
            "dossier": found.dossier,
            "entered": entered,
            "wrong": wrong_of(entered),
            "foretold": comes_to,
        }
        return render(request, "portal/mediator/clients/assign.html", shown)

    return look(found.dossier, found.look, show)


@transaction.atomic
def _foretold_or_done(request: HttpRequest, found: Opened, entered: Assigning) -> tuple[Foretold, bool]:
    """What it comes to, and whether it was done: confirmed, and still as the page told. Two at once take turns."""
    locked(found.dossier.pk, origin=found.desk.origin)
    _refuse_twice(found, entered.cleaned_data)
    comes_to = _foretold(found, entered.cleaned_data)
    if request.POST.get(STEP) != CONFIRMED or not is_as_told(comes_to, request, entered):
        return comes_to, False
    filled = entered.cleaned_data
    how = {"on": filled["on"], "contact": filled["contact"], "origin": found.desk.origin}
    assign(found.dossier.pk, filled["unit"], filled["service"], **how)
    return comes_to, True


def _foretold(found: Opened, filled: dict[str, Any]) -> Foretold:
    unit, service, on, today = filled["unit"], filled["service"], filled["on"], found.desk.today
    foreseen = foresee_assignment(found.dossier.pk, unit, service, on=on, origin=found.desk.origin)
    shut_out = standing_objection(found.dossier.pk, unit.pk) is not None
    sentences = what_assigning_does(unit, service, on, foreseen, today=today, is_shut_out=shut_out)
    return foretold(sentences, foreseen, on > today, service.tendered, shut_out)


def _refuse_twice(found: Opened, entered: dict[str, Any]) -> None:
    same = Assignment.objects.filter(
        dossier=found.dossier,
        unit=entered["unit"],
        service=entered["service"],
        assigned_on=entered["on"],
        ended_on=None,
    )
    if same.exists():
        raise AlreadyThere(gettext("Deze toewijzing staat er al. Er is niets gewijzigd."))
