"""When a view right ends (S18 to S21): rules are dated data, `judge` applies them to facts."""

from datetime import date
from operator import attrgetter, itemgetter
from typing import NamedTuple

from inzage.rules.facts import (
    Anchor,
    Case,
    Facts,
    Ownership,
    days_of,
    facts_on,
    has_no_ground_left,
    something_runs,
)
from inzage.rules.names import ClosingReason, Event, Relation
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import ClosingRule, RuleBooks


class NoGround(ValueError):
    """A right was to be judged of which no ground is left."""


class Verdict(NamedTuple):
    """What the rules make of facts: which rule, which event, and the last day; no last day while nothing ends it."""

    relation: Relation
    rule: ClosingRule
    anchor: Anchor | None
    last_day: date | None
    rule_gap: bool = False


class Outcome(NamedTuple):
    """How a right ends as far as its facts tell: the verdict, the last day, and why it closes after it."""

    verdict: Verdict
    last_day: date | None
    reason: ClosingReason

    def closed_on(self) -> date | None:
        """The first day without the right, where there is one."""
        return day_after(self.last_day) if self.last_day else None

    def is_over(self, today: date) -> bool:
        """Whether the last day is past."""
        return self.last_day is not None and self.last_day < today


def judge(facts: Facts, books: RuleBooks, *, on: date) -> Verdict:
    """Owner before executor before none (S18); no fact, and no move of terms, ends a right before its own day.

    `on` chooses the book while no event has started a term; after that the day of the event does. Raise NoGround
    where no ground is left: such a right is closed, not judged.
    """
    if facts.last_granted_on is None:
        raise NoGround("no ground is left: a right without grounds is closed, not judged")
    if facts.owned_service:
        return Verdict(Relation.OWNER, books.on(on).owner_rule(facts.owned_service), None, None)
    if facts.executes:
        return Verdict(Relation.EXECUTOR, books.on(on).executor, None, None, facts.trajectory_only)
    verdict = _later_of_terms(facts, books, facts.last_granted_on, on)
    assert verdict.anchor is not None
    assert verdict.last_day is not None
    moved_on = max(facts.moved_on, books.moved_by(on))
    return verdict._replace(last_day=moved_on) if verdict.last_day < moved_on else verdict


def _later_of_terms(facts: Facts, books: RuleBooks, granted_on: date, on: date) -> Verdict:
    """The term that ends last; on one day the owner's. Without an end to count from, the last grant (S21)."""
    if not facts.last_end:
        return _owner_term(facts, books, granted_on, on) or _term_of_the_grant(books, granted_on, on)
    anchor = _counted_from(facts.last_end, granted_on)
    rule = books.governing(anchor.on, on=on).executor_rule(facts.last_end.event)
    own = Verdict(Relation.EXECUTOR, rule, anchor, rule.last_day(anchor.on), facts.trajectory_only)
    owners = _owner_term(facts, books, granted_on, on)
    return owners if owners and _last_day_of(owners) >= _last_day_of(own) else own


def _term_of_the_grant(books: RuleBooks, granted_on: date, on: date) -> Verdict:
    rule = books.governing(granted_on, on=on).no_activity
    return Verdict(Relation.NONE, rule, Anchor(Event.GRANTED, granted_on), rule.last_day(granted_on))


def _owner_term(facts: Facts, books: RuleBooks, granted_on: date, on: date) -> Verdict | None:
    """The former owner's term: each ended ownership by the rule of its own service and kind of end (S19).

    Of terms that end on one day the later assigned is named, then the first by code, then the later end (0017).
    """
    if not facts.ended_ownerships:
        return None
    terms = []
    latest_end_first = sorted(facts.ended_ownerships, key=_ended_on, reverse=True)
    for ownership in sorted(latest_end_first, key=attrgetter("service")):
        anchor = _counted_from(Anchor(Event.OWNERSHIP_ENDED, _ended_on(ownership)), granted_on)
        rule = books.governing(anchor.on, on=on).owner_rule(ownership.service, ownership.ended_by)
        last_day = rule.last_day(anchor.on)
        terms.append(
            (last_day, ownership.assigned_on, Verdict(Relation.FORMER_OWNER, rule, anchor, last_day))
        )
    return max(terms, key=itemgetter(0, 1))[2]


def _ended_on(ownership: Ownership) -> date:
    assert ownership.ended_on is not None
    return ownership.ended_on


def _counted_from(end: Anchor, granted_on: date) -> Anchor:
    """An end counts from its own day, or from the last grant where that is later."""
    return Anchor(Event.GRANTED, granted_on) if granted_on > end.on else end


def _last_day_of(verdict: Verdict) -> date:
    assert verdict.last_day is not None
    return verdict.last_day


def outcome_of(case: Case, books: RuleBooks, *, since: date, until: date = date.max) -> Outcome:
    """Walk from `since`, a day on which the right stands, through every known later fact to its end.

    Facts dated in the future take part on their own day, and so do migrations of running terms, so the outcome holds
    until a new fact comes in; with `until`, only what happens up to that day takes part.
    """
    if case.deceased_on is not None and case.deceased_on <= since:
        return Outcome(_judged_on_eve(case, books, since), eve(since), ClosingReason.DECEASED)
    day = since
    for later in sorted({*days_of(case, after=since), *books.moves_after(since)}):
        if later > until:
            break
        if verdict := _over_before(later, case, books, on=day):
            return Outcome(verdict, verdict.last_day, ClosingReason.TERM)
        if has_no_ground_left(case, later):
            return Outcome(_judged_on_eve(case, books, later), eve(later), ClosingReason.WITHDRAWN)
        if case.deceased_on is not None and case.deceased_on <= later:
            return Outcome(_judged_on_eve(case, books, later), eve(later), ClosingReason.DECEASED)
        day = later
    verdict = judge(facts_on(case, day), books, on=day)
    return Outcome(verdict, verdict.last_day, ClosingReason.TERM)


def _over_before(later: date, case: Case, books: RuleBooks, *, on: date) -> Verdict | None:
    """The verdict of day `on` where its term is over before `later`; while something runs no term does, so none is."""
    if something_runs(case, on):
        return None
    verdict = judge(facts_on(case, on), books, on=on)
    return verdict if verdict.last_day is not None and verdict.last_day < later else None


def _judged_on_eve(case: Case, books: RuleBooks, day: date) -> Verdict:
    """What a right that ends at once was worth on its last day."""
    return judge(facts_on(case, eve(day)), books, on=eve(day))
