"""A unit's own dossiers: those it may see today, filtered, sorted and searched."""

from typing import NamedTuple

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.paging import page_of
from inzage.portal.partner.choosing import OfDossiers, named
from inzage.portal.reasons import Reason, days_left, reason_of
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight


class Line(NamedTuple):
    """A right as the list shows it."""

    right: ViewRight
    reason: Reason
    days_left: str


class Sought(Entry):
    """A name or a number, sent in the body: no address holds either."""

    zoek = forms.CharField(
        label=_("Naam of nummer"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Vul een naam of een nummer in.")},
    )


@for_counsellors
@transaction.atomic
def my_dossiers(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The rights of the unit that stand today, with last day and reason; the line in the log names each (S01)."""
    chosen, sought = OfDossiers(request), Sought(request.POST or None)
    rights = chosen.rights(counsellor.unit, on=counsellor.today)
    if sought.is_valid():
        rights = named(rights, counsellor.unit, sought.cleaned_data["zoek"])
    after = request.POST.get("na") or request.GET.get("na", "")
    page = page_of(rights, chosen.order(counsellor.unit, on=counsellor.today), after)
    ends_here = after and not page.rows  # going on after the last one is no search that found nobody
    kind = AccessLine.Kind.SEARCH if sought.is_valid() and not ends_here else AccessLine.Kind.LIST
    write(kind, counsellor.look(), [(right.dossier_id, right) for right in page.rows])
    shown = {
        "lines": [Line(one, reason_of(one), days_left(one.last_day, counsellor.today)) for one in page.rows],
        "after": page.after,
        "started": after,
        "chosen": chosen,
        "sought": sought,
        "wrong": wrong_of(sought),
        "searched": sought.cleaned_data["zoek"] if sought.is_valid() else "",
    }
    return render(request, "portal/partner/day/dossiers.html", shown)
