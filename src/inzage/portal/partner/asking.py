"""Asking a right, for the own unit or for another organisation (S03)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.clients import WhichClient
from inzage.portal.entering import Radios, wrong_of
from inzage.portal.fields import UnitByNumber
from inzage.portal.partner.asking_link import link_in
from inzage.portal.refusing import AlreadyThere
from inzage.portal.words import PURPOSES, choices
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Purpose, Route
from inzage.view_rights.brussels_forms import routes_of_consent
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.explaining import in_words
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to

WAYS = [
    (str(Route.FORM), "met het formulier; woont de klant in Brussel, dan wordt dat het Brusselse formulier"),
    (str(Route.MEDIATOR), "de klant geeft de toestemming bij de bemiddelaar"),
]
OTHER_DOSSIER = (
    "Dit nummer en deze familienaam horen niet bij het dossier waarvan u komt. Kijk ze na. "
    "Er is niets aangevraagd."
)
AT_BRUSSELS = (
    "Deze klant woont in Brussel: kies het formulier. Dat is dan het Brusselse, dat naar VDAB Brussel gaat."
)


class Question(WhichClient):
    """What is asked. Number and name must belong together, so that nobody learns who is a client from a number.

    Where the person came from a dossier, they must belong to that one.
    """

    dossier = forms.Field(required=False, widget=forms.HiddenInput(attrs={"id": False}))
    purpose = forms.ChoiceField(
        label="Waarvoor",
        choices=choices(PURPOSES),
        widget=Radios,
        error_messages={"required": "Kies waarvoor."},
    )
    route = forms.ChoiceField(
        label="Hoe de klant toestemt",
        choices=WAYS,
        initial=str(Route.FORM),
        widget=Radios,
        error_messages={"required": "Kies hoe de klant toestemt."},
    )
    activity_title = forms.CharField(
        label="Naam van de begeleiding of opleiding", max_length=200, required=False
    )
    other = UnitByNumber(
        label="OE-nummer van een andere organisatie",
        required=False,
        help_text="Laat dit leeg als het recht voor uw eigen organisatie is. "
        "Anders krijgt alleen die andere organisatie het.",
    )
    again = forms.BooleanField(
        label="Ik vraag het toch aan: een nieuwe toekenning kan het recht verlengen", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._confirming = self.fields.pop("again")
        if "again" in self.data:
            self.fields["again"] = self._confirming

    def only_one(self, found: list[Dossier]) -> Dossier | None:
        """The dossier; of those that number and name belong to, the one that the person came from, if from any."""
        came_from = self.cleaned_data["dossier"]
        if not came_from:
            return super().only_one(found)
        same = [dossier for dossier in found if str(dossier.reference) == came_from]
        if found and not same:
            self.add_error(None, OTHER_DOSSIER)
            return None
        return super().only_one(same)

    def asked(self, dossier: Dossier, counsellor: Counsellor) -> Asked:
        """As the use case takes it: which form it becomes follows from where the client lives (S11, S17)."""
        entered = self.cleaned_data
        unit = entered["other"] or counsellor.unit
        route = Route(entered["route"])
        by_form, *others = routes_of_consent(dossier, unit, by=counsellor.unit, on=counsellor.today)
        if route is not Route.FORM and route not in others:
            self.add_error("route", AT_BRUSSELS)
        return Asked(
            unit=unit,
            route=by_form if route is Route.FORM else route,
            purpose=Purpose(entered["purpose"]),
            by=counsellor.unit,
            activity_title=entered["activity_title"],
        )

    def is_confirmed_beside(self, right: ViewRight) -> bool:
        """Whether the person goes on although this own right stands; if not, the form tells of it and asks."""
        if self.cleaned_data.get("again"):
            return True
        until = f"tot en met {in_words(right.last_day, 'nl')}" if right.last_day else "zonder einde in zicht"
        self.fields["again"] = self._confirming
        self.add_error("again", f"Uw organisatie heeft al een inzagerecht op dit dossier, {until}.")
        return False


@for_counsellors
def ask(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Ask a right; the form then waits for the mediator, or is to be handed in at VDAB Brussel."""
    link = link_in(request, counsellor)
    question = Question(request.POST or None, initial=link.initial())
    form = _asked(question, counsellor) if question.is_valid() else None
    if form is not None:
        messages.success(request, "Het inzagerecht is aangevraagd. U ziet hier hoe ver het staat.")
        return redirect("brussels-form", form.pk) if form.route in BRUSSELS else redirect("asked")
    came_from = question["dossier"].value()
    shown = {"question": question, "wrong": wrong_of(question), "link": link, "came_from": came_from}
    return render(request, "portal/partner/ask.html", shown)


@transaction.atomic
def _asked(question: Question, counsellor: Counsellor) -> ConsentForm | None:
    """Ask, or put at the form why not. The line of the search stays in every case: something was told."""
    found = question.found()
    own = {
        right.dossier_id: right
        for right in open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier__in=found)
    }
    shown = [(dossier.pk, own.get(dossier.pk)) for dossier in found]
    write(AccessLine.Kind.SEARCH, counsellor.look(), shown)
    dossier = question.only_one(found)
    if dossier is None:
        return None
    asked = question.asked(dossier, counsellor)
    standing = own.get(dossier.pk) if asked.unit == counsellor.unit else None
    if not question.is_valid() or (standing is not None and not question.is_confirmed_beside(standing)):
        return None
    with question.refusing(AlreadyThere, NotGranted), transaction.atomic():
        return ask_once(dossier, asked, counsellor)
    return None


def ask_once(dossier: Dossier, asked: Asked, counsellor: Counsellor) -> ConsentForm:
    """Ask, unless the same is under way already. Call it in a transaction: the lock makes two at once take turns."""
    locked(dossier.pk, origin=counsellor.origin)
    same = ConsentForm.objects.filter(
        dossier=dossier, unit=asked.unit, purpose=asked.purpose, asked_by=counsellor.unit, state__in=UNDER_WAY
    )
    if same.exists():
        raise AlreadyThere("Dit inzagerecht is al aangevraagd; die aanvraag loopt nog.")
    return ask_right(dossier.pk, asked, origin=counsellor.origin)
