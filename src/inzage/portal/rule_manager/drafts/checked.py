"""Whether a draft can ever open or lengthen a right: every combination of facts within bounds, judged when asked."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inzage.oversight.books_with import NotRehearsed, books_with
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.portal.language import spoken
from inzage.portal.rule_manager.rehearsal_entry import REFUSED
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft
from inzage.rules.comparing import Change, Comparison, Example, compare
from inzage.rules.reading_books import read_book
from inzage.rules.rulebook import RuleBook, RuleBooks
from inzage.view_rights.examples_in_words import example_in_words


class Told(NamedTuple):
    """What the draft does in one example, on which day that shows first, and the sentences that tell it."""

    change: str
    day: date
    sentences: list[str]


class Check(Entry):
    """Whether running terms would move, and from which day on."""

    on = Day(
        label=_("Lopende termijnen verschuiven vanaf"),
        help_text=_("Vult u niets in, dan verschuiven ze niet."),
        required=False,
    )

    def find(self, draft: Draft, today: date) -> Comparison | None:
        """What `inzage check-book` finds; None where it is refused, which the form then says."""
        book, in_force, on = read_book(draft.text, name=draft.name), refresh(), self.cleaned_data["on"]
        try:
            books_with(book, in_force, on=on, today=today)
        except NotRehearsed as refusal:
            self.add_error("on" if refusal.reason.startswith("moves") else None, str(REFUSED[refusal.reason]))
            return None
        return compare(book, _without(book, in_force), moved_on=on)


@for_role(Person.Role.RULE_MANAGER)
def check_draft(request: HttpRequest, manager: Official, number: int) -> HttpResponse:
    """It takes seconds: so only on asking."""
    draft = Draft.objects.filter(pk=number).first()
    if draft is None:
        raise Http404
    asked = Check(request.POST if request.method == "POST" else None)
    found = asked.find(draft, manager.today) if asked.is_valid() else None
    shown = {
        "draft": draft,
        "entered": asked,
        "wrong": wrong_of(asked),
        "found": found,
        "unasked": _told(found.unasked) if found else [],
        "shortened": _told(found.of(Change.SHORTENS)) if found else [],
    }
    return render(request, "portal/rule_manager/drafts/checked.html", shown)


def _without(book: RuleBook, books: RuleBooks) -> RuleBooks:
    """The books as they would be had this one, published already, not been."""
    others = [one for one in books.every() if one != book]
    return RuleBooks(others, [one for one in books.migrations() if one.starts_on != book.starts_on])


def _told(examples: list[Example]) -> list[Told]:
    told = []
    for example in examples:
        first, *more = example_in_words(example, spoken())
        told.append(Told(first, example.day, more))
    return told
