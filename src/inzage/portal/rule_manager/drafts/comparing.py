"""What a draft changes, rule by rule, beside the book that would be in force on its first day without it."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import named
from inzage.rules import changes
from inzage.rules.changes import Compared, Of, Sort
from inzage.rules.periods import Period
from inzage.rules.rulebook import RuleBook
from inzage.view_rights.rules_in_words import period_in_words, switch_in_words


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
    """All rules, the longest trajectories, and whether PRJLEW grants; as `inzage check-book` compares them."""
    rows = [_row(one) for one in changes.compared(now, then)]
    differing, same = ([row for row in rows if (row.kind == Sort.SAME) is same] for same in (False, True))
    return Comparison(differing, same)


def _row(one: Compared) -> Row:
    labels = {
        Of.LONGEST: _("Langste traject: %(service)s") % {"service": one.name},
        Of.PRJLEW: _("PRJLEW in IBIS"),
    }
    rule_id = one.name if one.of is Of.RULE else ""
    return Row(
        rule_id,
        named(rule_id) if rule_id else labels[one.of],
        _side(one.now),
        _side(one.then),
        str(one.sort),
    )


def _side(side: changes.Side | None) -> Side | None:
    if side is None:
        return None
    value, origin, is_own = side
    in_words = (
        period_in_words(value, _language())
        if isinstance(value, Period)
        else switch_in_words(value, _language())
    )
    mark = mark_of(origin.status, _language())
    return Side(in_words, mark, origin.source, origin.approved_by, origin.approved_on, is_own)


def _language() -> str:
    return get_language() or LANGUAGE
