"""The rule book in words: each rule, where it comes from and how sure that is, and which rule each service gets."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inzage.oversight.counting import Counted
from inzage.oversight.figures import latest
from inzage.partners.models import Person, Service
from inzage.portal.doors import Official, for_role
from inzage.portal.rule_manager.words import WHO
from inzage.rule_books.in_force import books
from inzage.rules.names import Status
from inzage.rules.periods import eve
from inzage.rules.rulebook import OWNER, ClosingRule, RuleBook
from inzage.view_rights.explaining import sentences
from inzage.view_rights.rules_in_words import (
    from_the_last_grant,
    prjlew_in_words,
    rule_in_words,
    term_in_words,
)

LANGUAGE = "nl"


class Said(NamedTuple):
    """A rule as it is shown; `mark` says how sure it is where it was not verified."""

    id: str
    who: str
    sentence: str
    term: str
    source: str
    status: str
    mark: str


class Served(NamedTuple):
    """A service, the rule that it gets, whether the book has a row for it, and how many rights stand under the rule."""

    code: str
    name: str
    rule: Said
    is_known: bool
    rights: int


class Listed(NamedTuple):
    """A book in the list of all: from its first day up to its last, where another one comes after it."""

    version: str
    starts_on: date
    last_day: date | None


@for_role(Person.Role.RULE_MANAGER)
def rule_book(request: HttpRequest, manager: Official, version: str = "") -> HttpResponse:
    """The book in force today, or the one of that version."""
    every = books().every()
    in_force = books().on(manager.today)
    book = next((each for each in every if each.version == version), None) if version else in_force
    if book is None:
        raise Http404
    language = get_language() or LANGUAGE
    rights = _rights_by_rule(manager.today) if book is in_force else {}
    shown = {
        "book": book,
        "is_in_force": book is in_force,
        "rules": [said(rule, language) for rule in (book.executor, book.no_activity, book.fallback)],
        "granted_later": from_the_last_grant(language),
        "prjlew": prjlew_in_words(book, language),
        "prjlew_mark": mark_of(book.prjlew_grants_at_once.status, language),
        "services": _services(book, rights, language),
        "books": list(reversed(_listed(every))),
        "in_force": in_force.version,
    }
    return render(request, "portal/rule_manager/book.html", shown)


def said(rule: ClosingRule, language: str) -> Said:
    """The rule in words."""
    return Said(
        rule.id,
        str(WHO.get(rule.id, WHO[OWNER])),
        rule_in_words(rule, language),
        term_in_words(rule, language),
        rule.source,
        rule.status,
        mark_of(rule.status, language),
    )


def mark_of(status: str, language: str) -> str:
    """What stands beside whatever comes of a rule that was not verified (S19)."""
    return "" if status == Status.VERIFIED else sentences(language)["statuses"][status]


def _services(book: RuleBook, rights: dict[str, int], language: str) -> list[Served]:
    """The tendered services that are in use, and those that only the book knows; each by its own rule."""
    names = dict(Service.objects.filter(tendered=True).order_by("code").values_list("code", "name"))
    served = []
    for code in sorted({*names, *book.owners}):
        rule = said(book.owner_rule(code), language)
        served.append(Served(code, names.get(code, ""), rule, book.knows(code), rights.get(rule.id, 0)))
    return served


def _rights_by_rule(today: date) -> dict[str, int]:
    figures = latest([Counted.BY_RULE], up_to=today)
    return figures.parts(Counted.BY_RULE) if figures else {}


def _listed(every: list[RuleBook]) -> list[Listed]:
    starts = [book.starts_on for book in every[1:]]
    last_days = [*(eve(day) for day in starts), None]
    return [Listed(book.version, book.starts_on, last) for book, last in zip(every, last_days, strict=True)]
