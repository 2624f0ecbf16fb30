"""A partner's counsellors answer what clients ask about their organisation's looks.

They see when it was, at what, by whom of them, and the client's number: no name, and nothing of the dossier.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine, Question
from inzage.access_log.questions import OPEN
from inzage.oversight.questions import NotAnswered, answer
from inzage.partners.models import Person
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.paging import PAGE, Page, a_number, newest_first
from inzage.portal.templatetags.colons import colon
from inzage.rules.names import Part
from inzage.rules.working_days import working_days_left
from inzage.view_rights.looking import NoRight, write
from inzage.view_rights.viewing import open_to

MOST = 2000
KINDS: Mapping[str, str | Promise] = {
    AccessLine.Kind.LOOK: _("het dossier geopend"),
    AccessLine.Kind.LIST: _("de klant in een lijst gezien"),
    AccessLine.Kind.SEARCH: _("de klant opgezocht met het nummer"),
    AccessLine.Kind.EXPORT: _("een lijst opgehaald waar de klant in staat"),
}
PARTS: Mapping[str, str | Promise] = {
    Part.GENERAL: _("de algemene gegevens en de stappen naar werk"),
    Part.STEPS: _("de stappen naar werk"),
    Part.CONFIDENTIAL: _("het vertrouwelijke deel"),
}


class Asked(NamedTuple):
    """A question, who of the own people looked, how many working days are left, whether the dossier may be opened."""

    question: Question
    somebody: str
    what: str
    days_left: int
    is_overdue: bool
    may_open: bool


class Answer(Entry):
    """What the client reads, as it is written here."""

    text = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("De klant leest dit zoals u het schrijft. Noem geen andere mensen."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Schrijf een antwoord.")},
    )


@for_counsellors
@transaction.atomic
def questions(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Those to answer, the one due first on top; or those answered, the last asked first."""
    answered, after = request.GET.get("toon") == "beantwoord", request.GET.get("na", "")
    own = _of_unit(counsellor)
    page = newest_first(own.exclude(OPEN), after) if answered else due_first(own.filter(OPEN), after)
    shown = {
        "asked": _asked(page.rows, counsellor),
        "after": page.after,
        "started": after,
        "answered": answered,
    }
    return render(request, "portal/questions/questions.html", shown)


@for_counsellors
@transaction.atomic
def question(request: HttpRequest, counsellor: Counsellor, number: int) -> HttpResponse:
    """One question to this unit, with its answer or the place to write it. Another's is as one that is not there."""
    found = _of_unit(counsellor).filter(pk=number).first()
    if found is None:
        raise NoRight
    given = Answer(request.POST or None)
    if given.is_valid():
        try:
            answer(number, given.cleaned_data["text"], unit=counsellor.unit, origin=counsellor.origin)
        except NotAnswered:
            given.add_error(None, gettext("Deze vraag is al beantwoord. Er is niets gewijzigd."))
            found.refresh_from_db()
        else:
            messages.success(request, gettext("Uw antwoord is verstuurd. De klant ziet het bij de vraag."))
            return redirect("questions")
    asked = _asked([found], counsellor)[0]
    shown = {"asked": asked, "form": given, "wrong": wrong_of(given)}
    return render(request, "portal/questions/question.html", shown)


def _of_unit(counsellor: Counsellor) -> QuerySet[Question]:
    return Question.objects.filter(unit=counsellor.unit).select_related(
        "shown__line", "shown__dossier__client"
    )


def due_first(open_ones: QuerySet[Question], after: str) -> Page[Question]:
    """One page; its place is the last day and the question's own number."""
    if after:
        day, _sep, pk = after.partition("_")
        try:
            due_on = date.fromisoformat(day)
        except ValueError as error:
            raise BadRequest from error
        open_ones = open_ones.filter(Q(due_on__gt=due_on) | Q(pk__gt=a_number(pk)), due_on__gte=due_on)
    found = list(open_ones.order_by("due_on", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, f"{shown[-1].due_on}_{shown[-1].pk}" if len(found) > PAGE else "")


def _asked(found: Iterable[Question], counsellor: Counsellor) -> list[Asked]:
    """As the pages show them, once the line that names their dossiers is written (S01)."""
    found = list(found)
    dossiers = sorted({question.shown.dossier_id for question in found})
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier_id__in=dossiers)
    open_now = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.LIST, counsellor.look(), [(dossier, open_now.get(dossier)) for dossier in dossiers])
    names = _names({question.shown.line.person for question in found})
    return [
        Asked(
            question,
            names.get(question.shown.line.person, ""),
            _what(question.shown.line),
            working_days_left(counsellor.today, question.due_on),
            question.is_overdue(counsellor.today),
            question.shown.dossier_id in open_now,
        )
        for question in found
    ]


def _names(signatures: set[str]) -> dict[str, str]:
    """The own people's names, by their signatures; who worked there then may be gone since."""
    numbers = [int(number) for name in signatures if (number := name.removeprefix("person:")).isdigit()]
    return {person.signature: person.name for person in Person.objects.filter(pk__in=numbers)}


def _what(line: AccessLine) -> str:
    """What was shown, in the words of who looked."""
    return (
        f"{colon(KINDS[line.kind])} {PARTS[line.part]}"
        if line.kind == AccessLine.Kind.LOOK
        else str(KINDS[line.kind])
    )
