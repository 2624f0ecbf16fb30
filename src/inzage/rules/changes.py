"""What one rule book says otherwise than the one before it, value by value."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from inzage.rules.periods import Period
from inzage.rules.rulebook import EXECUTOR, FALLBACK, NO_ACTIVITY, OWNER, RuleBook, Sourced


class Of(StrEnum):
    """What a value of a book is."""

    RULE = "rule"
    LONGEST = "longest"
    PRJLEW = "prjlew"


class Sort(StrEnum):
    """How a value differs. `origin`: in its source, its certainty or its approval alone."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    ORIGIN = "origin"
    SAME = "same"


class Side(NamedTuple):
    """What one of the two books says. `is_own` tells a rule of the book itself from the one that stands in for it."""

    value: Period | bool
    origin: Sourced
    is_own: bool = True


class Compared(NamedTuple):
    """One value: a rule by its id, a longest trajectory by its service, or whether PRJLEW grants; now and then."""

    of: Of
    name: str
    now: Side | None
    then: Side | None

    @property
    def sort(self) -> Sort:
        """How it differs, if at all."""
        now, then = self.now, self.then
        if now is None or (then is not None and then.is_own and not now.is_own):
            return Sort.NEW
        if then is None or (now.is_own and not then.is_own):
            return Sort.GONE
        if now.value != then.value:
            return Sort.CHANGED
        return Sort.SAME if now == then else Sort.ORIGIN


def compared(now: RuleBook, then: RuleBook) -> list[Compared]:
    """Every value of either: the rules in the order of a book, the longest trajectories, whether PRJLEW grants."""
    switch = [Side(book.prjlew_grants_at_once.on, book.prjlew_grants_at_once.origin) for book in (now, then)]
    return [*_rules(now, then), *_longest(now, then), Compared(Of.PRJLEW, "", *switch)]


def _rules(now: RuleBook, then: RuleBook) -> Iterator[Compared]:
    own = [{rule.id for rule in book.every_rule()} for book in (now, then)]
    for rule_id in sorted(own[0] | own[1], key=_place):
        rules = (book.rule(rule_id) for book in (now, then))
        sides = [Side(rule.period, rule.origin, rule_id in ids) for rule, ids in zip(rules, own, strict=True)]
        yield Compared(Of.RULE, rule_id, *sides)


def _place(rule_id: str) -> tuple[int, str]:
    """In the order in which a book says them; a rule's single ends come after it."""
    order = (EXECUTOR, NO_ACTIVITY, FALLBACK, OWNER)
    return next(place for place, begins in enumerate(order) if rule_id.startswith(begins)), rule_id


def _longest(now: RuleBook, then: RuleBook) -> Iterator[Compared]:
    for service in sorted({*now.longest, *then.longest}):
        found = (book.longest.get(service) for book in (now, then))
        sides = [Side(one.period, one.origin) if one else None for one in found]
        yield Compared(Of.LONGEST, service, *sides)
