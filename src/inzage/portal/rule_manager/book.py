"""The rule book in words: each rule, where it comes from and how sure that is, and which rule each service gets."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inzage.oversight.counted import Counted
from inzage.oversight.figures import latest
from inzage.partners.models import Person, Service
from inzage.portal.doors import Official, for_role
from inzage.portal.rule_manager.people import names_of
from inzage.portal.rule_manager.words import who_of
from inzage.rule_books.in_force import books
from inzage.rule_books.models import Edition, Proposal, Verdict
from inzage.rule_books.texts import publication_of
from inzage.rules.names import Status
from inzage.rules.periods import eve
from inzage.rules.rulebook import ClosingRule, RuleBook, Sourced
from inzage.view_rights.explaining import sentences
from inzage.view_rights.rules_in_words import (
    from_the_last_grant,
    period_in_words,
    prjlew_in_words,
    rule_in_words,
    term_in_words,
)

LANGUAGE = "nl"


class Said(NamedTuple):
    """A rule as it is shown; `mark` says how sure it is where it was not verified, `approved_by` who approved it."""

    id: str
    who: str
    sentence: str
    term: str
    source: str
    status: str
    mark: str
    approved_by: str
    approved_on: date | None


class Lasting(NamedTuple):
    """How long a trajectory under a service may last, where that comes from and how sure it is."""

    service: str
    longest: str
    origin: Sourced
    mark: str


class Published(NamedTuple):
    """A book that was put in force here: its draft, who proposed it, who approved it, and when."""

    proposal: Proposal
    proposed_by: str
    approval: Edition
    approved_by: str


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
        "for_one_end": [said(book.after[rule_id], language) for rule_id in sorted(book.after)],
        "longest": _longest(book, language),
        "units": {unit for rule in book.every_rule() for unit in _units(rule)},
        "published": _published(book),
        "granted_later": from_the_last_grant(language),
        "prjlew": prjlew_in_words(book, language),
        "prjlew_mark": mark_of(book.prjlew_grants_at_once.status, language),
        "services": _services(book, rights, language),
        "books": list(reversed(_listed(every))),
        "in_force": in_force.version,
        "moves": books().migrations(),
        "today": manager.today,
    }
    return render(request, "portal/rule_manager/book.html", shown)


def said(rule: ClosingRule, language: str) -> Said:
    """The rule in words."""
    return Said(
        rule.id,
        who_of(rule.id),
        rule_in_words(rule, language),
        term_in_words(rule, language),
        rule.source,
        rule.status,
        mark_of(rule.status, language),
        rule.origin.approved_by,
        rule.origin.approved_on,
    )


def mark_of(status: str, language: str) -> str:
    """What stands beside whatever comes of a rule that was not verified (S19)."""
    return "" if status == Status.VERIFIED else sentences(language)["statuses"][status]


def _longest(book: RuleBook, language: str) -> list[Lasting]:
    return [
        Lasting(code, period_in_words(one.period, language), one.origin, mark_of(one.origin.status, language))
        for code, one in sorted(book.longest.items())
    ]


def _units(rule: ClosingRule) -> tuple[str, ...]:
    """In what its term is counted."""
    return ("days",) if rule.period.days else ("months",)


def _published(book: RuleBook) -> Published | None:
    """How it came into force; None for one that comes with Inzage."""
    proposal = publication_of(book.starts_on)
    if proposal is None:
        return None
    approval = next(one for one in proposal.editions.all() if one.verdict == Verdict.APPROVED)
    names = names_of([proposal.proposed_by, approval.by])
    return Published(proposal, names[proposal.proposed_by], approval, names[approval.by])


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
