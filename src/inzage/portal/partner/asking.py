"""Asking a right, for the own unit or for another organisation (S03), and what became of what was asked."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm, FormState
from inzage.dossiers.models import Dossier
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.clients import dossiers_numbered
from inzage.portal.entering import Entry, PersonNumber, UnitByNumber
from inzage.portal.paging import newest_first
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import PURPOSES, choices
from inzage.rules.names import Purpose, Route
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.looking import write

WAYS = [
    (str(Route.FORM), "met het formulier, dat naar de bemiddelaar gaat"),
    (str(Route.MEDIATOR), "de klant geeft de toestemming bij de bemiddelaar"),
    (str(Route.BRUSSELS_FORM), "met het Brusselse formulier, dat naar VDAB Brussel gaat"),
]
UNDER_WAY = (FormState.ASKED, FormState.RECEIVED, FormState.SENT_BACK)
NO_CLIENT = (
    "Met dit nummer en deze familienaam vinden wij geen klant. Kijk beide na op het document van de klant."
)


class Question(Entry):
    """What is asked. Number and name must belong together, so that nobody learns who is a client from a number."""

    number = PersonNumber()
    family_name = forms.CharField(
        label="Familienaam van de klant",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(label="Waarvoor", choices=choices(PURPOSES), widget=forms.RadioSelect)
    route = forms.ChoiceField(
        label="Hoe de klant toestemt", choices=WAYS, initial=str(Route.FORM), widget=forms.RadioSelect
    )
    activity_title = forms.CharField(label="Begeleiding of opleiding", max_length=200, required=False)
    other = UnitByNumber(
        label="OE-nummer van een andere organisatie",
        required=False,
        help_text="Laat dit leeg als het recht voor uw eigen organisatie is. "
        "Anders krijgt alleen die andere organisatie het.",
    )

    def asked(self, counsellor: Counsellor) -> Asked:
        """As the use case takes it."""
        entered = self.cleaned_data
        return Asked(
            unit=entered["other"] or counsellor.unit,
            route=Route(entered["route"]),
            purpose=Purpose(entered["purpose"]),
            by=counsellor.unit,
            activity_title=entered["activity_title"],
        )


@for_counsellors
def ask(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Ask a right; the form then waits for the mediator or VDAB Brussel."""
    question = Question(request.POST or None)
    if question.is_valid():
        with question.refusing(AlreadyThere), transaction.atomic():
            dossier = _dossier(question)
            if dossier is None:
                question.add_error(None, NO_CLIENT)
            else:
                write(AccessLine.Kind.SEARCH, counsellor.look(), [(dossier.pk, None)])
                ask_once(dossier, question.asked(counsellor), counsellor)
        if question.is_valid():
            messages.success(request, "Het inzagerecht is aangevraagd. U ziet hier hoe ver het staat.")
            return redirect("asked")
    return render(request, "portal/partner/ask.html", {"question": question})


def _dossier(question: Question) -> Dossier | None:
    """The dossier of the client whose number and family name were given, whatever the capitals."""
    named = question.cleaned_data["family_name"].strip().casefold()
    found = dossiers_numbered(question.cleaned_data["number"]).select_related("client").order_by("pk")
    return next((dossier for dossier in found if dossier.client.family_name.casefold() == named), None)


def ask_once(dossier: Dossier, asked: Asked, counsellor: Counsellor) -> ConsentForm:
    """Ask, unless the same is under way already. Call it in a transaction: the lock makes two at once take turns."""
    locked(dossier.pk, origin=counsellor.origin)
    same = ConsentForm.objects.filter(
        dossier=dossier, unit=asked.unit, purpose=asked.purpose, asked_by=counsellor.unit, state__in=UNDER_WAY
    )
    if same.exists():
        raise AlreadyThere("Dit inzagerecht is al aangevraagd; die aanvraag loopt nog.")
    return ask_right(dossier.pk, asked, origin=counsellor.origin)


@for_counsellors
@transaction.atomic
def asked(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """What this unit asked, how far it is and what is missing. No names: asking opens no dossier (S01)."""
    forms_asked = ConsentForm.objects.filter(asked_by=counsellor.unit)
    page = newest_first(forms_asked.select_related("unit", "dossier__client"), request.GET.get("na", ""))
    listed = sorted({form.dossier_id for form in page.rows})
    write(AccessLine.Kind.LIST, counsellor.look(), [(dossier, None) for dossier in listed])
    return render(
        request,
        "portal/partner/asked.html",
        {"forms": page.rows, "after": page.after, "started": request.GET.get("na")},
    )
