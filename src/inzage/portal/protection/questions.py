"""What clients ask about looks: the officer answers for VDAB, and where an organisation did not in time."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from inzage.access_log.models import AccessLine, Question
from inzage.access_log.questions import OPEN
from inzage.oversight.questions import NoSuchQuestion, NotAnswered, answer_as_officer, with_officer
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import wrong_of
from inzage.portal.paging import newest_first
from inzage.portal.protection.asked import WHAT, OfQuestions, questions_as_file
from inzage.portal.protection.exported import TooMany
from inzage.portal.protection.rows import Who, who_signed
from inzage.portal.protection.watching import on_record
from inzage.portal.protection.words import KINDS, words_of
from inzage.portal.questions.answering import Answer, due_first
from inzage.rules.working_days import working_days_left

MINE, ALL_OPEN, ANSWERED = "voor-mij", "open", "beantwoord"
"""The lists there are: to answer here, open anywhere, answered."""


class Asked(NamedTuple):
    """A question about a line, who wrote that line, and how many working days are left."""

    question: Question
    who: Who
    what: str
    days_left: int
    is_overdue: bool


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def questions(request: HttpRequest, officer: Official) -> HttpResponseBase:
    """Those the officer has to answer, the one due first on top; all that are open; or those answered.

    Of one organisation or a period where wanted; and what is listed as a file.
    """
    listed, after = request.GET.get("toon", MINE), request.GET.get("na", "")
    listed = listed if listed in (ALL_OPEN, ANSWERED) else MINE
    chosen = OfQuestions(request)
    found = _read(chosen.of(_listed(listed, officer)))
    if request.method == "POST" and chosen.is_valid():
        with chosen.refusing(TooMany):
            return questions_as_file(found, officer)
    page = newest_first(found, after) if listed == ANSWERED else due_first(found, after)
    shown = {
        "asked": _asked(page.rows, officer),
        "after": page.after,
        "started": after,
        "listed": listed,
        "chosen": chosen,
        "keep": "&".join(filter(None, [f"toon={listed}", chosen.keep])),
        "wrong": wrong_of(chosen),
    }
    return render(request, "portal/protection/questions.html", shown)


def _listed(listed: str, officer: Official) -> QuerySet[Question]:
    if listed == ANSWERED:
        return Question.objects.exclude(OPEN)
    found = with_officer(officer.today) if listed == MINE else Question.objects.all()
    return found.filter(OPEN)


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def question(request: HttpRequest, officer: Official, number: int) -> HttpResponse:
    """One question, with its answer, or the place to write it where it is the officer's to answer."""
    asked = get_object_or_404(_read(Question.objects.all()), pk=number)
    given = Answer(request.POST or None)
    is_mine = with_officer(officer.today).filter(OPEN, pk=number).exists()
    if given.is_valid():
        try:
            answer_as_officer(number, given.cleaned_data["text"], origin=officer.origin)
        except (NotAnswered, NoSuchQuestion):
            given.add_error(None, gettext("Deze vraag wacht niet op uw antwoord. Er is niets gewijzigd."))
        else:
            messages.success(request, gettext("Uw antwoord is verstuurd. De klant ziet het bij de vraag."))
            return redirect("officer-questions")
    shown: dict[str, Any] = {
        "one": _asked([asked], officer)[0],
        "form": given,
        "is_mine": is_mine,
        "wrong": wrong_of(given),
    }
    return render(request, "portal/protection/question.html", shown)


def _read(found: QuerySet[Question]) -> QuerySet[Question]:
    return found.select_related("unit", "shown__line", "shown__dossier__client")


def _asked(found: Iterable[Question], officer: Official) -> list[Asked]:
    """As the pages show them, once the line that names their dossiers is written."""
    found = list(found)
    dossiers = (each.shown.dossier_id for each in found)
    on_record(AccessLine.Kind.SEARCH, officer, dossiers, WHAT)
    people = who_signed(each.shown.line.person for each in found)
    return [
        Asked(
            each,
            people[each.shown.line.person],
            words_of(each.shown.line.kind, KINDS),
            working_days_left(officer.today, each.due_on),
            each.is_overdue(officer.today),
        )
        for each in found
    ]
