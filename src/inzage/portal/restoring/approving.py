"""What waits for another person's approval: mediators and rule managers see it, and decide on what others asked.

No client is named: a dossier is named by its reference, and opened from the client's page with a reason.
"""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.paging import oldest_first
from inzage.portal.reasons import Reason, reason_of_end
from inzage.portal.restoring.words import WHY_NOT, why_not
from inzage.view_rights.held import Restoration, RestorationAnswer
from inzage.view_rights.restoring import (
    NotRestored,
    approve_restoration,
    hindrance,
    refuse_restoration,
    to_approve,
    why_not_restored,
    would_run_until,
)

MEDIATOR = Person.Role.MEDIATOR
ROLES = (MEDIATOR, Person.Role.RULE_MANAGER)


class Asked(NamedTuple):
    """A request, why the right ended, who asked, and whether that was who reads it."""

    request: Restoration
    ended: Reason
    somebody: str
    is_own: bool


class Deciding(Entry):
    """Yes, or no with the reason."""

    answer = forms.ChoiceField(
        label=_("Uw beslissing"),
        choices=[("yes", _("Goedkeuren: er komt vandaag een nieuw recht")), ("no", _("Weigeren"))],
        widget=Radios,
        error_messages={"required": _("Kies of u het goedkeurt.")},
    )
    remark = forms.CharField(
        label=_("Toelichting"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nodig als u weigert. Wie het vroeg, leest dit. Schrijf geen gegevens van de klant."),
    )

    def clean(self) -> dict[str, str]:
        """A refusal says why."""
        given: dict[str, str] = super().clean() or {}
        if given.get("answer") == "no" and not given.get("remark", "").strip():
            self.add_error("remark", _("Schrijf waarom u het weigert."))
        return given

    def only_refuse(self, *, is_own: bool) -> None:
        """Show nothing to choose where it can't be approved; who asked it takes it back by refusing."""
        del self.fields["answer"]
        remark = self.fields["remark"]
        remark.required = True
        remark.help_text = _("Schrijf geen gegevens van de klant.")
        remark.label = _("Waarom u uw vraag terugneemt") if is_own else _("Waarom u weigert")


@for_role(*ROLES)
def restorations(request: HttpRequest, official: Official) -> HttpResponse:
    """The requests that wait, the oldest first; and what others last answered to who reads it."""
    waiting = to_approve().select_related("right__unit", "right__dossier")
    page = oldest_first(waiting, request.GET.get("na", ""))
    shown = {
        "asked": _asked(page.rows, official),
        "after": page.after,
        "started": request.GET.get("na"),
        "answers": [] if request.GET.get("na") else _last_answers(official),
    }
    return render(request, "portal/restoring/listing.html", shown)


def _last_answers(official: Official) -> list[RestorationAnswer]:
    """What others answered to this person's requests, the latest first."""
    own = official.person.signature
    answers = RestorationAnswer.objects.filter(asked_by=own).exclude(answered_by=own)
    return list(answers.select_related("restoration__right__unit").order_by("-pk")[:10])


@for_role(*ROLES)
def restoration(request: HttpRequest, official: Official, number: int) -> HttpResponse:
    """One request, decided on by another than who asked it."""
    rows = Restoration.objects.select_related("right__unit", "right__dossier__client", "answer__opened")
    found = get_object_or_404(rows, pk=number)
    asked = _asked([found], official)[0]
    entered = Deciding(request.POST or None)
    if entered.is_valid():
        try:
            said = _decide(asked, entered, official)
        except NotRestored as refusal:
            entered.add_error(None, why_not(refusal))
        else:
            messages.success(request, said)
            return redirect("restorations")
    answer = getattr(found, "answer", None)
    code = "" if answer else hindrance(found.right, why_not_restored(found.right.dossier_id, official.today))
    if code or asked.is_own:
        entered.only_refuse(is_own=asked.is_own)
    shown: dict[str, Any] = {"asked": asked, "answer": answer, "hindrance": WHY_NOT.get(code, "")}
    if not (answer or code):
        shown |= {"can_open": True, "until": would_run_until(found.right, today=official.today)}
    shown |= {"entered": entered, "wrong": wrong_of(entered), "may_open": official.person.role == MEDIATOR}
    return render(request, "portal/restoring/one.html", shown)


def _decide(asked: Asked, entered: Deciding, official: Official) -> str:
    """Carry it out, and what to say of it."""
    remark = entered.cleaned_data["remark"]
    if entered.cleaned_data["answer"] == "yes":
        approve_restoration(asked.request, remark, origin=official.origin)
        return gettext("Het inzagerecht is hersteld.")
    refuse_restoration(asked.request, remark, origin=official.origin)
    return gettext("Uw vraag is teruggenomen.") if asked.is_own else gettext("De vraag is geweigerd.")


def _asked(found: list[Restoration], official: Official) -> list[Asked]:
    names = _names({one.asked_by for one in found})
    own = official.person.signature
    return [
        Asked(one, reason_of_end(one.right), names.get(one.asked_by, ""), one.asked_by == own)
        for one in found
    ]


def _names(signatures: set[str]) -> dict[str, str]:
    numbers = [int(number) for name in signatures if (number := name.removeprefix("person:")).isdigit()]
    return {person.signature: person.name for person in Person.objects.filter(pk__in=numbers)}
