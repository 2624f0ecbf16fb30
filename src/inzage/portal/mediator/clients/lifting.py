"""A desk lifts an objection for a client who asks it there and can't sign in: with the reason, once (0044)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.consents.models import Objection
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.mediator.clients.opening import Opened, for_opened
from inzage.view_rights.looking import look
from inzage.view_rights.objecting import NotObjected, lift


class Lifting(Entry):
    """Why, and that it is what the client wants."""

    reason = forms.CharField(
        label=_("Waarom u de uitsluiting opheft"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Schrijf hoe de klant het vroeg, en waarom niet zelf op het scherm. De klant kan dit lezen."
        ),
        error_messages={"required": _("Schrijf waarom de uitsluiting opgeheven wordt.")},
    )
    asked = forms.BooleanField(
        label=_("De klant vroeg mij dit, en ik keek na dat het de klant zelf was"),
        error_messages={"required": _("Vink aan dat de klant dit zelf vroeg, of ga terug naar de klant.")},
    )


@for_opened
def lift_objection(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """An objection of this client; another's doesn't exist here. One that was lifted already is told, not offered."""
    objection = Objection.objects.filter(dossier=found.dossier, pk=number).select_related("unit").first()
    if objection is None:
        raise Http404
    entered = Lifting(request.POST or None)
    if entered.is_valid():
        messages.success(request, _lifted(objection, entered, found))
        return redirect("desk-client-grounds", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {
            "dossier": found.dossier,
            "objection": objection,
            "entered": entered,
            "wrong": wrong_of(entered),
        }
        return render(request, "portal/mediator/clients/lift.html", shown)

    return look(found.dossier, found.look, show)


def _lifted(objection: Objection, entered: Lifting, found: Opened) -> str:
    """Lift it, and what to say of it."""
    try:
        lift(objection.pk, reason=entered.cleaned_data["reason"], origin=found.desk.origin)
    except NotObjected:
        return gettext("Deze uitsluiting was al opgeheven. Er is niets gewijzigd.")
    return gettext("%(unit)s is niet meer uitgesloten. De klant kan haar weer toestemming geven.") % {
        "unit": objection.unit.name
    }
