"""What a draft changes, rule by rule, beside the book that would be in force on its first day without it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import named
from inzage.rules.rulebook import EXECUTOR, FALLBACK, NO_ACTIVITY, OWNER, ClosingRule, RuleBook, Sourced
from inzage.view_rights.rules_in_words import period_in_words, prjlew_in_words, term_in_words

NEW, GONE, CHANGED, ORIGIN, SAME = "new", "gone", "changed", "origin", "same"


class Side(NamedTuple):
    """What one of the two says: the value, how sure that is where nobody checked it, its source and approval.

    `is_own` tells a rule of the book itself from the one that stands in for it.
    """

    value: str
    mark: str
    source: str
    approved_by: str
    approved_on: date | None
    is_own: bool


class Row(NamedTuple):
    """One rule, or another value: what it is, how it is now and would be then, and what that comes to."""

    id: str
    label: str
    now: Side | None
    then: Side | None
    kind: str


class Comparison(NamedTuple):
    """The rows that differ, and those that don't."""

    differing: list[Row]
    same: list[Row]


def compared(now: RuleBook, then: RuleBook) -> Comparison:
    """All rules, the longest trajectories, and whether PRJLEW grants."""
    rows = [*_rules(now, then), *_longest(now, then), _prjlew(now, then)]
    return Comparison([row for row in rows if row.kind != SAME], [row for row in rows if row.kind == SAME])


def _rules(now: RuleBook, then: RuleBook) -> Iterable[Row]:
    own = [{rule.id: rule for rule in book.every_rule()} for book in (now, then)]
    for rule_id in sorted({*own[0], *own[1]}, key=_place):
        before, after = now.rule(rule_id), then.rule(rule_id)
        sides = (_rule(before, rule_id in own[0]), _rule(after, rule_id in own[1]))
        yield _row(rule_id, named(rule_id), *sides)


def _place(rule_id: str) -> tuple[int, str]:
    """In the order in which a book says them; a rule's single ends come after it."""
    order = (EXECUTOR, NO_ACTIVITY, FALLBACK, OWNER)
    return next(place for place, begins in enumerate(order) if rule_id.startswith(begins)), rule_id


def _rule(rule: ClosingRule, is_own: bool) -> Side:
    return _side(term_in_words(rule, _language()), rule.origin, is_own)


def _longest(now: RuleBook, then: RuleBook) -> Iterable[Row]:
    for code in sorted({*now.longest, *then.longest}):
        sides = [
            _side(period_in_words(one.period, _language()), one.origin) if one else None
            for one in (now.longest.get(code), then.longest.get(code))
        ]
        yield _row("", _("Langste traject: %(service)s") % {"service": code}, *sides)


def _prjlew(now: RuleBook, then: RuleBook) -> Row:
    sides = [
        _side(prjlew_in_words(book, _language()), book.prjlew_grants_at_once.origin) for book in (now, then)
    ]
    return _row("", _("PRJLEW in IBIS"), *sides)


def _row(rule_id: str, label: str, now: Side | None, then: Side | None) -> Row:
    return Row(rule_id, label, now, then, _kind(now, then))


def _kind(now: Side | None, then: Side | None) -> str:
    if now is None or (then is not None and then.is_own and not now.is_own):
        return NEW
    if then is None or (now.is_own and not then.is_own):
        return GONE
    if now.value != then.value:
        return CHANGED
    return SAME if now == then else ORIGIN


def _side(value: str, origin: Sourced, is_own: bool = True) -> Side:
    mark = mark_of(origin.status, _language())
    return Side(value, mark, origin.source, origin.approved_by, origin.approved_on, is_own)


def _language() -> str:
    return get_language() or LANGUAGE
