"""Asking a right, for the own unit or for another organisation (S03), in two steps: who and what, and which way."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from inzage.access_log.models import AccessLine
from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import wrong_of
from inzage.portal.guessing.waiting import may_search
from inzage.portal.partner.asking_facts import Facts, facts_of
from inzage.portal.partner.asking_link import Link, link_in
from inzage.portal.partner.asking_way import Choice
from inzage.portal.partner.asking_who import Who
from inzage.portal.partner.drafts import forget, keep, kept
from inzage.portal.refusing import AlreadyThere
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Purpose, Route
from inzage.view_rights.catching_up import locked
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import write
from inzage.view_rights.viewing import open_to

AGAIN = "weer"
"""In the address of the first step: the draft to go on with."""


class Found(NamedTuple):
    """The dossier that is asked about, and what decides over the way."""

    dossier: Dossier
    facts: Facts


@for_counsellors
def ask(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The first step; and where the second is sent in, with all that was entered in the first."""
    link = link_in(request, counsellor)
    if "route" in request.POST:
        return _send(request, counsellor, link)
    draft = kept(request, _draft(request.GET.get(AGAIN, "")), counsellor.unit)
    who = Who(request.POST or None, initial=draft or link.initial())
    if who.is_valid():
        return redirect("ask-way", keep(request, who.entered, counsellor.unit))
    return _first_step(request, who, link)


@for_counsellors
@transaction.atomic
def ask_way(request: HttpRequest, counsellor: Counsellor, draft: UUID) -> HttpResponse:
    """The second step: which ways are open, and why. The line of the search stays in every case."""
    entered = kept(request, draft, counsellor.unit)
    if request.method != "GET" or entered is None:
        return redirect("ask")
    who = Who(entered)
    found = _found(who, counsellor) if who.is_valid() else None
    if found is None:
        return _first_step(request, who, link_in(request, counsellor))
    return _second_step(request, who, found, Choice(found.facts, hint=entered["weg"]), draft)


@transaction.atomic
def _send(request: HttpRequest, counsellor: Counsellor, link: Link) -> HttpResponse:
    """Ask, or say at its step why not."""
    who = Who(request.POST)
    found = _found(who, counsellor) if who.is_valid() else None
    if found is None:
        return _first_step(request, who, link)
    choice = Choice(found.facts, request.POST)
    if choice.is_valid() and choice.is_confirmed():
        with choice.refusing(AlreadyThere, NotGranted), transaction.atomic():
            form = ask_once(found.dossier, found.facts.asked_of._replace(route=choice.chosen()), counsellor)
        if choice.is_valid():
            forget(request, who.entered)
            messages.success(
                request, gettext("Het inzagerecht is aangevraagd. U ziet hier hoe ver het staat.")
            )
            return redirect("brussels-form", form.pk) if form.route in BRUSSELS else redirect("asked")
    return _second_step(request, who, found, choice, keep(request, who.entered, counsellor.unit))


def _found(who: Who, counsellor: Counsellor) -> Found | None:
    """What number and name lead to, or put at the form why not; the search has its line: something is told."""
    may_search(counsellor.person, counsellor.at)
    found = who.found()
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier__in=found)
    own = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.SEARCH, counsellor.look(), [(dossier.pk, own.get(dossier.pk)) for dossier in found])
    dossier = who.only_one(found)
    if dossier is None:
        return None
    entered = who.cleaned_data
    asked = Asked(
        unit=entered["other"] or counsellor.unit,
        route=Route.FORM,
        purpose=Purpose(entered["purpose"]),
        by=counsellor.unit,
        activity_title=entered["activity_title"],
    )
    return Found(dossier, facts_of(dossier, asked, own.get(dossier.pk), counsellor))


def _draft(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _first_step(request: HttpRequest, who: Who, link: Link) -> HttpResponse:
    shown = {"who": who, "wrong": wrong_of(who), "link": link, "came_from": who["dossier"].value()}
    return render(request, "portal/partner/day/ask_who.html", shown)


def _second_step(request: HttpRequest, who: Who, found: Found, choice: Choice, draft: UUID) -> HttpResponse:
    shown = {"who": who, "facts": found.facts, "choice": choice, "wrong": wrong_of(choice), "draft": draft}
    return render(request, "portal/partner/day/ask_way.html", shown)


def ask_once(dossier: Dossier, asked: Asked, counsellor: Counsellor) -> ConsentForm:
    """Ask, unless the same is under way already. Call it in a transaction: the lock makes two at once take turns."""
    locked(dossier.pk, origin=counsellor.origin)
    same = ConsentForm.objects.filter(
        dossier=dossier, unit=asked.unit, purpose=asked.purpose, asked_by=counsellor.unit, state__in=UNDER_WAY
    )
    if same.exists():
        raise AlreadyThere(gettext("Dit inzagerecht is al aangevraagd; die aanvraag loopt nog."))
    return ask_right(dossier.pk, asked, origin=counsellor.origin)
