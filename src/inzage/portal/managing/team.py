"""The people of a unit: who works for it, who manages it; each change is on record and holds at once."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.partners import team
from inzage.partners.models import Membership
from inzage.partners.people import NotChanged
from inzage.partners.team import NotInTeam
from inzage.portal.acting import Counsellor
from inzage.portal.doors import for_managers
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.paging import a_number, oldest_first

REFUSALS: Mapping[str, Promise] = {
    "unknown": _("Met dit kenmerk is hier niemand bekend die voor een organisatie kan werken."),
    "last_manager": _("U bent de enige die dit team beheert. Laat eerst iemand anders beheren."),
    "no_manager": _("U beheert dit team niet meer. Er is niets gewijzigd."),
    "member_already": _("Het was al zo. Er is niets gewijzigd."),
    "no_member": _("Deze persoon werkt niet meer voor uw organisatie. Er is niets gewijzigd."),
    "not_a_counsellor": _(
        "Deze persoon heeft een andere rol en kan hier niets beheren. Er is niets gewijzigd."
    ),
}
ADD = "add"


class Adding(Entry):
    """Somebody who is known already, by what the identity provider calls the person."""

    subject = forms.CharField(
        label=_("Hoe de identiteitsdienst deze persoon noemt"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Het kenmerk van de persoon (sub). Vraag het aan wie bij u de toegang regelt."),
        error_messages={"required": _("Vul het kenmerk in.")},
    )

    def take_in(self, counsellor: Counsellor) -> None:
        """Works for the unit from now on."""
        subject = self.cleaned_data["subject"]
        team.take_in(subject, counsellor.unit, by=counsellor.person, origin=counsellor.origin)


class Act(Entry):
    """What is done with a button beside a name: there is nothing to fill in."""

    DONE: ClassVar[Mapping[str, Promise]] = {
        "manage": _("Deze persoon beheert nu het team."),
        "stop": _("Deze persoon beheert het team niet meer."),
        "leave": _("Deze persoon werkt niet meer voor uw organisatie, vanaf nu."),
    }


@for_managers
def unit_people(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Everyone who works for the unit, and what can be changed."""
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, counsellor, Adding())
    if act == ADD:
        return _added(request, counsellor)
    if act not in Act.DONE:
        raise Http404
    entered, number = Act(request.POST), a_number(request.POST.get("person", ""))
    if _carried_out(entered, lambda: _do(act, number, counsellor)):
        messages.success(request, str(Act.DONE[act]))
        return redirect("unit-people" if _still_manages(counsellor) else "today")
    return _page(request, counsellor, Adding(), entered)


def _added(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    entered = Adding(request.POST)
    if entered.is_valid() and _carried_out(entered, lambda: entered.take_in(counsellor)):
        messages.success(request, str(_("Deze persoon werkt nu voor uw organisatie.")))
        return redirect("unit-people")
    return _page(request, counsellor, entered, entered)


def _do(act: str, number: int, counsellor: Counsellor) -> None:
    unit, by, origin = counsellor.unit, counsellor.person, counsellor.origin
    if act == "leave":
        team.take_out(number, unit, by=by, origin=origin)
    else:
        team.let_manage(number, unit, manages=act == "manage", by=by, origin=origin)


def _carried_out(entered: Entry, do: Callable[[], None]) -> bool:
    """Whether it was done; a refusal stands on the form as a sentence, at its field where there is one."""
    try:
        do()
    except (NotInTeam, NotChanged) as refusal:
        entered.add_error(next(iter(entered.fields), None), str(REFUSALS[refusal.reason]))
    return entered.is_valid()


def _still_manages(counsellor: Counsellor) -> bool:
    own = Membership.objects.filter(person=counsellor.person, unit=counsellor.unit, manages=True)
    return own.exists()


def _page(
    request: HttpRequest, counsellor: Counsellor, adding: Adding, entered: Entry | None = None
) -> HttpResponse:
    members = Membership.objects.filter(unit=counsellor.unit).select_related("person")
    page = oldest_first(members, request.GET.get("na", ""))
    shown = {
        "members": page.rows,
        "after": page.after,
        "started": request.GET.get("na"),
        "adding": adding,
        "wrong": wrong_of(entered),
    }
    return render(request, "portal/managing/team.html", shown)
