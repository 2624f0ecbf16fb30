"""From the form on paper to its request on screen: the client types the code that stands on it (S04, S06)."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.consents.codes import sheet_coded
from inzage.consents.models import FormSheet
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.guessing.waiting import TooOften, answer_too_often, may_search
from inzage.view_rights.handing_over import WAITS_FOR_CLIENT
from inzage.view_rights.looking import write

NOT_FOUND = _(
    "Bij deze code vinden wij geen vraag die op uw antwoord wacht. Kijk de code na. Of kijk bij uw toestemmingen of "
    "u al antwoordde."
)


class ByCode(Entry):
    """The code as it was copied."""

    code = forms.CharField(
        label=_("Code van het formulier"),
        max_length=60,
        help_text=_(
            "Zestien letters en cijfers, bovenaan op het formulier. Hoofdletters, streepjes en spaties hoeven niet."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Vul de code in die op het formulier staat.")},
    )


@for_clients
def by_code(request: HttpRequest, own: OwnClient) -> HttpResponse:
    """No such code, another client's and one that was answered are told alike; each counts as a search in vain."""
    entry = ByCode(request.POST or None)
    if entry.is_valid():
        try:
            sheet = _found(entry.cleaned_data["code"], own)
        except TooOften as refused:
            return answer_too_often(request, own.look(), refused, page="portal/client/too_often.html")
        if sheet is not None:
            return redirect(f"{reverse('client-form', args=[sheet.form_id])}?taal={sheet.language}")
        entry.add_error("code", NOT_FOUND)
    return render(request, "portal/client/by_code.html", {"entry": entry, "wrong": wrong_of(entry)})


@transaction.atomic
def _found(code: str, own: OwnClient) -> FormSheet | None:
    """The sheet, where its request is this client's and waits for an answer; else the search is on record."""
    may_search(own.person, own.at)
    sheet = sheet_coded(code)
    if sheet is not None and _waits_for(own, sheet):
        return sheet
    write(AccessLine.Kind.SEARCH, own.look(), [])
    return None


def _waits_for(own: OwnClient, sheet: FormSheet) -> bool:
    form = sheet.form
    waits = form.state in WAITS_FOR_CLIENT and form.withdrawn_on is None
    return form.dossier_id == own.dossier.pk and waits
