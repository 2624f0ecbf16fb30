"""A desk lifts an objection for a client who asks it there and can't sign in: with the reason, once (0044)."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.consents.models import Objection
from inzage.portal.entering import Entry
from inzage.portal.mediator.clients.deeds import Deed, of_client, told_or_done
from inzage.portal.mediator.clients.opening import Opened, for_opened
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


LIFTING = Deed(_("Uitsluiting opheffen"), Lifting, "portal/mediator/clients/lift.html", "desk-client-grounds")


@for_opened
def lift_objection(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """An objection of this client."""
    objection = of_client(Objection, found, number)

    def do(entered: Entry) -> str:
        try:
            lift(objection.pk, reason=entered.cleaned_data["reason"], origin=found.desk.origin)
        except NotObjected:
            return gettext("Deze uitsluiting was al opgeheven. Er is niets gewijzigd.")
        return gettext("%(unit)s is niet meer uitgesloten. De klant kan haar weer toestemming geven.") % {
            "unit": objection.unit.name
        }

    def tell() -> dict[str, object]:
        return {"objection": objection, "is_over": objection.lifted_at is not None}

    return told_or_done(request, found, LIFTING, do, tell)
