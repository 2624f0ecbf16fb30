"""Every look at the client's own dossier, newest first, by day; by organisation and period where wanted (S01)."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Dossier
from inzage.partners.models import Unit
from inzage.portal.client.log import Wanted, page_of_log
from inzage.portal.client.looks import by_day, in_words, told
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.view_rights.models import ViewRight

VDAB = "vdab"


class Filter(Entry):
    """Whose looks, and of which days. Sent in the address: it names organisations and days, and nobody."""

    organisatie = forms.ChoiceField()
    van = Day(label=_("Vanaf"), required=False)
    tot = Day(label=_("Tot en met"), required=False)

    def __init__(self, units: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Iedereen")), (VDAB, "VDAB"), *units.items()]
        self.fields["organisatie"] = forms.ChoiceField(
            label=_("Organisatie"), required=False, choices=choices
        )

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        entered = super().clean() or {}
        since, until = entered.get("van"), entered.get("tot")
        if since and until and until < since:
            self.add_error("tot", _("Deze dag ligt vóór de eerste dag. Kijk de dagen na."))
        return entered

    def wanted(self) -> Wanted:
        """What was asked for; everything, where nothing was or where it can't be read."""
        if not self.is_valid():
            return Wanted()
        unit = {"": None, VDAB: ""}.get(self.cleaned_data["organisatie"], self.cleaned_data["organisatie"])
        return Wanted(unit, self.cleaned_data["van"], self.cleaned_data["tot"])

    def address(self) -> str:
        """The same filter in an address."""
        return urlencode({name: value for name, value in self.data.items() if name in self.fields and value})


@for_clients
def who_looked(request: HttpRequest, own: OwnClient) -> HttpResponse:
    """The client's own looking is not in it (docs/decisions/0043)."""
    units, after = units_about(own.dossier), request.GET.get("na", "")
    chosen = Filter(units, request.GET if request.GET else None)
    page = page_of_log(own.dossier.pk, chosen.wanted(), after)
    words = told(page.rows, own.dossier, units, own.today)
    shown = {
        "filter": chosen,
        "wrong": wrong_of(chosen),
        "is_filtered": bool(chosen.is_bound and chosen.address()),
        "keep": chosen.address() if chosen.is_bound else "",
        "days": by_day(in_words(seen, words) for seen in page.rows),
        "after": page.after,
        "started": after,
    }
    return render(request, "portal/client/who_looked.html", shown)


def units_about(dossier: Dossier) -> dict[str, str]:
    """The organisations that can have looked: with a right, a form, an activity or an assignment, now or ever."""
    forms_of = ConsentForm.objects.filter(dossier=dossier)
    asked_by = forms_of.filter(asked_by__isnull=False).values("asked_by")
    named = [
        model.objects.filter(dossier=dossier).values("unit") for model in (ViewRight, Activity, Assignment)
    ]
    about = [Q(pk__in=units) for units in (forms_of.values("unit"), asked_by, *named)]
    units = Unit.objects.filter(reduce(or_, about)).order_by("name", "pk")
    return dict(units.values_list("oe_number", "name"))
