"""Unused rights that a manager chose are given back: told beforehand what that does, confirmed, all done or none."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.acting import Counsellor
from inzage.portal.doors import for_managers
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.managing.unused import shown_lines, unused_by, unused_list
from inzage.portal.paging import PAGE, a_number
from inzage.view_rights import giving_back
from inzage.view_rights.unused import DAYS


class Confirmed(Entry):
    """Whoever gives back says to know what that does."""

    sure = forms.BooleanField(
        label=_("Ik geef deze inzagerechten terug, en weet dat dit niet ongedaan te maken is"),
        error_messages={"required": _("Vink aan dat u de rechten teruggeeft, of ga terug naar de lijst.")},
    )


@for_managers
def give_back_unused(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """What was chosen on the list is told and confirmed here; nothing of it stands in an address."""
    if request.method != "POST":
        return redirect("unit-unused")
    chosen = _chosen(request)
    if not chosen:
        return unused_list(request, counsellor, _nothing_chosen())
    confirmed = Confirmed(request.POST if "confirmed" in request.POST else None)
    if not confirmed.is_valid():
        return _told(request, counsellor, chosen, confirmed)
    done = giving_back.give_back_unused(chosen, unit=counsellor.unit, origin=counsellor.origin)
    _say(request, done, len(chosen) - done)
    return redirect("unit-unused")


def _chosen(request: HttpRequest) -> set[int]:
    """The numbers of the rights that were ticked, or of all that stood on the page."""
    numbers = request.POST.getlist("shown" if "all" in request.POST else "right")
    if len(numbers) > PAGE:
        raise BadRequest
    return {a_number(number) for number in numbers}


def _nothing_chosen() -> Entry:
    entry = Entry({})
    entry.is_valid()
    entry.add_error(None, gettext("Kies minstens één inzagerecht om terug te geven."))
    return entry


@transaction.atomic
def _told(
    request: HttpRequest, counsellor: Counsellor, chosen: set[int], confirmed: Confirmed
) -> HttpResponse:
    """What giving back does, with those of the chosen rights that still stand unused."""
    rights = list(unused_by(counsellor).filter(pk__any=chosen).order_by("pk"))
    if not rights:
        _say(request, 0, len(chosen))
        return redirect("unit-unused")
    shown = {"lines": shown_lines(rights, counsellor), "entered": confirmed, "wrong": wrong_of(confirmed)}
    return render(request, "portal/managing/give_back.html", {**shown, "days": DAYS})


def _say(request: HttpRequest, done: int, left: int) -> None:
    """What was done, and what was not because it had changed since the list was shown."""
    if done:
        text = ngettext(
            "{of} inzagerecht is teruggegeven.", "{of} inzagerechten zijn teruggegeven.", done
        ).format(of=done)
        messages.success(request, text)
    if left:
        text = ngettext(
            "{of} gekozen recht stond niet meer open of was intussen gebruikt. Daaraan is niets gewijzigd.",
            "{of} gekozen rechten stonden niet meer open of waren intussen gebruikt. Daaraan is niets gewijzigd.",
            left,
        ).format(of=left)
        messages.info(request, text)
