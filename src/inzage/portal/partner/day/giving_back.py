"""Giving a right back early: told beforehand what that does, confirmed, and done once however often it is sent."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Activity, Dossier
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.partner.dossier import dossier_under
from inzage.rules.names import ClosingReason
from inzage.view_rights import ending
from inzage.view_rights.looking import NoRight, look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing_right
from inzage.view_rights.watching import running_on


class GivingBack(Entry):
    """The right that the page was about: another one, granted since, is not given back by an old page."""

    right = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput(attrs={"id": False})
    )
    remark = forms.CharField(
        label=_("Waarom u het recht teruggeeft"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dit staat daarna bij uw berichten. Schrijf geen gegevens van de klant."),
    )
    sure = forms.BooleanField(
        label=_("Ik geef dit inzagerecht terug, en weet dat dit niet ongedaan te maken is"),
        error_messages={"required": _("Vink aan dat u het recht teruggeeft, of ga terug naar het dossier.")},
    )


@for_counsellors
def give_back(request: HttpRequest, counsellor: Counsellor, reference: uuid.UUID) -> HttpResponse:
    """Shown while the right stands; afterwards on to the closed rights, where it then is."""
    dossier = dossier_under(reference)
    entered = GivingBack(request.POST or None)
    if entered.is_valid():
        messages.success(request, _given_back(dossier, entered, counsellor))
        return redirect("closed-rights")

    def show(right: ViewRight | None) -> HttpResponse:
        assert right is not None
        running = Activity.objects.filter(running_on(counsellor.today), dossier=dossier, unit=counsellor.unit)
        shown = {"dossier": dossier, "right": right, "running": list(running.order_by("pk"))}
        form = entered if entered.is_bound else GivingBack(initial={"right": right.pk})
        return render(
            request, "portal/partner/day/give_back.html", {**shown, "entered": form, "wrong": wrong_of(form)}
        )

    return look(dossier, counsellor.look(), show)


def _given_back(dossier: Dossier, entered: GivingBack, counsellor: Counsellor) -> str:
    """Give it back, and what to say of it; NoRight where it was no right of this unit on this dossier to give back."""
    own = ViewRight.objects.filter(dossier=dossier, unit=counsellor.unit, pk=entered.cleaned_data["right"])
    standing = standing_right(dossier.pk, counsellor.unit.pk, on=counsellor.today)
    if own.filter(closing_reason=ClosingReason.GIVEN_BACK).exists():
        return gettext("Dit inzagerecht was al teruggegeven. Er is niets gewijzigd.")
    if standing is None or not own.filter(pk=standing.pk).exists():
        raise NoRight
    try:
        ending.give_back(standing.pk, remark=entered.cleaned_data["remark"], origin=counsellor.origin)
    except ending.AlreadyClosed:
        return gettext("Dit inzagerecht was intussen al afgesloten. Er is niets gewijzigd.")
    return gettext("Het inzagerecht is teruggegeven. Uw organisatie ziet dit dossier niet meer.")
