"""Searching the access log: by person, organisation, client, period and kind. Asked in the body, kept on record."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person
from inzage.portal.clients import dossiers_numbered
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day, PersonNumber, UnitByNumber
from inzage.portal.protection.exported import TooMany, exported
from inzage.portal.protection.finding import Wanted, latest_first, lines_of
from inzage.portal.protection.rows import Numbered, rows_of
from inzage.portal.protection.watching import on_record, shown_in
from inzage.portal.protection.words import KINDS

PAGE = "portal/protection/search.html"
AT_FIRST = timedelta(days=30)
"""The period that stands in the form: most questions are about the last weeks."""


class Search(Entry):
    """What is looked for; each field that is left empty asks nothing."""

    person = forms.CharField(
        label=gettext_lazy("Persoon"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("De volledige naam, of een kenmerk zoals person:12."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = UnitByNumber(label=gettext_lazy("OE-nummer"), required=False)
    number = PersonNumber(
        label=gettext_lazy("Klant"), required=False, help_text=gettext_lazy("Het hele INSZ of klantnummer.")
    )
    since = Day(label=gettext_lazy("Vanaf"), required=False)
    until = Day(label=gettext_lazy("Tot en met"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort"),
        required=False,
        choices=[("", gettext_lazy("alle soorten")), *KINDS.items()],
    )

    def clean_person(self) -> str:
        """The signature of that person."""
        named = str(self.cleaned_data["person"]).strip()
        if not named or ":" in named:
            return named
        found = list(Person.objects.filter(name__iexact=named).order_by("pk")[:5])
        if len(found) == 1:
            return found[0].signature
        if not found:
            raise ValidationError(_("Niemand heet precies zo. Kijk de naam na, of vul het kenmerk in."))
        signatures = ", ".join(each.signature for each in found)
        raise ValidationError(
            _("Meer dan één persoon heet zo: vul een kenmerk in (%(signatures)s).")
            % {"signatures": signatures}
        )

    def clean(self) -> dict[str, Any]:
        """A period begins before it ends."""
        entered: dict[str, Any] = super().clean() or {}
        since, until = entered.get("since"), entered.get("until")
        if since and until and until < since:
            self.add_error("until", _("Deze dag ligt vóór het begin van de periode."))
        return entered

    def clients(self) -> dict[int, Numbered] | None:
        """The dossiers of the client whose number was entered; None where none was."""
        number = self.cleaned_data["number"]
        if not number:
            return None
        found = dossiers_numbered(number).values_list("pk", "reference", "client__client_number")
        return {pk: Numbered(pk, reference, client_number) for pk, reference, client_number in found}

    def wanted(self, clients: dict[int, Numbered] | None) -> Wanted:
        """What was entered, as it is looked for."""
        entered = self.cleaned_data
        return Wanted(
            person=entered["person"],
            unit=entered["unit"].oe_number if entered["unit"] else "",
            dossiers=None if clients is None else frozenset(clients),
            since=entered["since"],
            until=entered["until"],
            kind=entered["kind"],
        )


def said(wanted: Wanted) -> str:
    """What was looked for, for the record: by which fields, and not which person, as a client reads the record too."""
    fields = {
        "persoon": wanted.person,
        "organisatie": wanted.unit,
        "klant": wanted.dossiers is not None,
        "periode": wanted.since or wanted.until,
        "soort": wanted.kind,
    }
    return " ".join(["gezocht", *(f"op {name}" for name, value in fields.items() if value)])


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
def access_log(request: HttpRequest, officer: Official) -> HttpResponseBase:
    """The form; and what was found by it, a page at a time, or all of it as a file."""
    if request.method != "POST":
        at_first = {"since": officer.today - AT_FIRST, "until": officer.today}
        return render(request, PAGE, {"search": Search(initial=at_first)})
    search = Search(request.POST)
    if not search.is_valid():
        return render(request, PAGE, {"search": search, "wrong": wrong_of(search)})
    clients = search.clients()
    wanted = search.wanted(clients)
    if "export" in request.POST:
        with search.refusing(TooMany):
            return exported(wanted, officer, said(wanted))
        return render(request, PAGE, {"search": search, "wrong": wrong_of(search)})
    return _found(request, officer, search, wanted, clients)


@transaction.atomic
def _found(
    request: HttpRequest,
    officer: Official,
    search: Search,
    wanted: Wanted,
    clients: dict[int, Numbered] | None,
) -> HttpResponse:
    """A page of lines. Where one client was asked for, that one alone is named on each line that shows it."""
    page = latest_first(lines_of(wanted), request.POST.get("na", ""))
    rows = rows_of(page.rows, only=clients if clients and len(clients) == 1 else None)
    on_record(AccessLine.Kind.SEARCH, officer, shown_in(rows), said(wanted))
    shown = {
        "search": search,
        "asked": True,
        "rows": rows,
        "after": page.after,
        "started": request.POST.get("na"),
        "entered": {name: request.POST.get(name, "") for name in search.fields},
        "no_client": clients == {},
    }
    return render(request, PAGE, shown)
