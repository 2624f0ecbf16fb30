"""VDAB takes a right away: told beforehand what that does, with a reason that is kept, done once however often sent."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Activity, Assignment
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.mediator.clients.opening import Opened, for_opened
from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.closing import has_ended
from inzage.view_rights.looking import look
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.watching import running_on


class Revoking(Entry):
    """Why, and that it is meant."""

    reason = forms.CharField(
        label=_("Waarom VDAB dit recht intrekt"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De organisatie leest dit bij haar berichten. Schrijf geen gegevens van de klant."),
        error_messages={"required": _("Schrijf waarom het recht ingetrokken wordt.")},
    )
    sure = forms.BooleanField(
        label=_("Ik trek dit inzagerecht in, en weet dat dit niet ongedaan te maken is"),
        error_messages={"required": _("Vink aan dat u het recht intrekt, of ga terug naar de klant.")},
    )


@for_opened
def revoke(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """A right on this dossier; another dossier's doesn't exist here. One that ended already is told, not offered."""
    right = ViewRight.objects.filter(dossier=found.dossier, pk=number).select_related("unit").first()
    if right is None:
        raise Http404
    entered = Revoking(request.POST or None)
    if entered.is_valid():
        messages.success(request, _revoked(right, entered, found))
        return redirect("desk-client", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {"dossier": found.dossier, "right": right, "entered": entered, "wrong": wrong_of(entered)}
        return render(
            request, "portal/mediator/clients/revoke.html", {**shown, **_consequences(right, found)}
        )

    return look(found.dossier, found.look, show)


def _consequences(right: ViewRight, found: Opened) -> dict[str, object]:
    """What the page says that goes on, or would open the dossier again."""
    today, of_unit = found.desk.today, {"dossier": right.dossier_id, "unit": right.unit_id}
    to_come = Grant.objects.filter(right=None, withdrawn_on=None, granted_on__gt=today, **of_unit)
    owns = Assignment.objects.filter(makes_owner=True, ended_on=None, assigned_on__lte=today, **of_unit)
    return {
        "is_over": right.closed_on is not None or has_ended(right, today),
        "to_come": to_come.order_by("granted_on").first(),
        "owns": owns.exists(),
        "running": Activity.objects.filter(running_on(today), **of_unit).count(),
    }


def _revoked(right: ViewRight, entered: Revoking, found: Opened) -> str:
    """Revoke it, and what to say of it."""
    try:
        ending.revoke(right.pk, remark=entered.cleaned_data["reason"], origin=found.desk.origin)
    except ending.AlreadyClosed:
        right.refresh_from_db()
        if right.closing_reason == ClosingReason.REVOKED:
            return gettext("Dit inzagerecht was al ingetrokken. Er is niets gewijzigd.")
        return gettext("Dit inzagerecht was al afgesloten. Er is niets gewijzigd.")
    return gettext("Het inzagerecht van %(unit)s is ingetrokken. De organisatie krijgt daarvan bericht.") % {
        "unit": right.unit.name
    }
