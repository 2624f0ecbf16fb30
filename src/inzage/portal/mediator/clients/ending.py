"""A mediator ends an assignment, with a day and a reason: told beforehand what that does to the right (S02)."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Assignment
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.portal.mediator.clients.assigning import CHANGE, CONFIRMED, STEP
from inzage.portal.mediator.clients.foretelling import Foretold, foretold, is_as_told
from inzage.portal.mediator.clients.opening import Opened, for_assigning
from inzage.portal.mediator.clients.words import ways_to_end, what_ending_does, why_not
from inzage.view_rights.assigning import NotAssigned, end_assignment
from inzage.view_rights.catching_up import locked
from inzage.view_rights.foreseeing import foresee_end
from inzage.view_rights.looking import look


def ends() -> list[tuple[str, str]]:
    """How an assignment can end; first that nobody says it."""
    return [("", gettext("Iets anders, of niet bekend")), *ways_to_end().items()]


class Ending(Entry):
    """From when, how, and why."""

    on = Day(
        label=_("Eerste dag zonder deze toewijzing"),
        help_text=_("Een dag die al voorbij is, beëindigt geen recht vóór vandaag."),
    )
    ended_by = forms.ChoiceField(
        label=_("Hoe de toewijzing eindigt"),
        choices=ends,
        required=False,
        help_text=_("Het regelboek kan daarvoor een eigen termijn hebben."),
        error_messages={"invalid_choice": _("Kies hoe de toewijzing eindigt van de lijst.")},
    )
    reason = forms.CharField(
        label=_("Waarom de toewijzing eindigt"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schrijf waarom de toewijzing eindigt.")},
    )


@for_assigning
def end(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """An assignment of this dossier; another's doesn't exist here."""
    rows = Assignment.objects.filter(dossier=found.dossier, pk=number)
    assignment = rows.select_related("unit", "service").first()
    if assignment is None:
        raise Http404
    entered = Ending(request.POST or None, initial={"on": max(found.desk.today, assignment.assigned_on)})
    step = request.POST.get(STEP)
    comes_to: Foretold | None = None
    if entered.is_valid() and step != CHANGE:
        try:
            comes_to, is_done = _foretold_or_done(request, found, assignment, entered)
        except NotAssigned as refusal:
            entered.add_error(None, why_not(refusal))
        else:
            if is_done:
                messages.success(request, gettext("Het einde van de toewijzing is geregistreerd."))
                return redirect("desk-client-grounds", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {
            "dossier": found.dossier,
            "assignment": assignment,
            "how": dict(ends()).get(entered["ended_by"].value() or ""),
            "foretold": comes_to,
            "is_over": _is_over(assignment, found),
            "entered": entered,
            "wrong": wrong_of(entered),
        }
        return render(request, "portal/mediator/clients/end.html", shown)

    return look(found.dossier, found.look, show)


@transaction.atomic
def _foretold_or_done(
    request: HttpRequest, found: Opened, assignment: Assignment, entered: Ending
) -> tuple[Foretold, bool]:
    """What it comes to, and whether it was done: confirmed, and still as the page told."""
    origin, today = found.desk.origin, found.desk.today
    locked(found.dossier.pk, origin=origin)
    assignment.refresh_from_db()
    foreseen = foresee_end(assignment, **entered.cleaned_data, origin=origin)
    on = entered.cleaned_data["on"]
    sentences = what_ending_does(assignment, on, foreseen, today=today)
    comes_to = foretold(sentences, foreseen, on > today, assignment.makes_owner, assignment.ended_on)
    if request.POST.get(STEP) != CONFIRMED or not is_as_told(comes_to, request, entered):
        return comes_to, False
    end_assignment(assignment.pk, **entered.cleaned_data, origin=origin)
    return comes_to, True


def _is_over(assignment: Assignment, found: Opened) -> bool:
    return assignment.ended_on is not None and assignment.ended_on <= found.desk.today
