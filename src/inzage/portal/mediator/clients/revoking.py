"""VDAB takes a right away: told beforehand what that does, with a reason that is kept, done once however often sent."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Activity, Assignment
from inzage.portal.entering import Entry
from inzage.portal.mediator.clients.deeds import Deed, of_client, told_or_done
from inzage.portal.mediator.clients.opening import Opened, for_opened
from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.closing import has_ended
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


REVOKING = Deed(_("Inzagerecht intrekken"), Revoking, "portal/mediator/clients/revoke.html", "desk-client")


@for_opened
def revoke(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """A right on this dossier."""
    right = of_client(ViewRight, found, number)

    def do(entered: Entry) -> str:
        try:
            ending.revoke(right.pk, remark=entered.cleaned_data["reason"], origin=found.desk.origin)
        except ending.AlreadyClosed:
            right.refresh_from_db()
            if right.closing_reason == ClosingReason.REVOKED:
                return gettext("Dit inzagerecht was al ingetrokken. Er is niets gewijzigd.")
            return gettext("Dit inzagerecht was al afgesloten. Er is niets gewijzigd.")
        return gettext(
            "Het inzagerecht van %(unit)s is ingetrokken. De organisatie krijgt daarvan bericht."
        ) % {"unit": right.unit.name}

    return told_or_done(request, found, REVOKING, do, lambda: _consequences(right, found.desk.today))


def _consequences(right: ViewRight, today: date) -> dict[str, object]:
    """What the page says that goes on, or would open the dossier again."""
    of_unit = {"dossier": right.dossier_id, "unit": right.unit_id}
    to_come = Grant.objects.filter(right=None, withdrawn_on=None, granted_on__gt=today, **of_unit)
    owns = Assignment.objects.filter(makes_owner=True, ended_on=None, assigned_on__lte=today, **of_unit)
    return {
        "right": right,
        "is_over": right.closed_on is not None or has_ended(right, today),
        "to_come": to_come.order_by("granted_on").first(),
        "owns": owns.exists(),
        "running": Activity.objects.filter(running_on(today), **of_unit).count(),
    }
