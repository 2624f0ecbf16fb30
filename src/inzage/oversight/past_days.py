"""`inzage as-of`: who could see what on a past day, from what was known at a moment and from what is known now.

Facts keep when they were true and when they were recorded, and both are only added to. So what was registered late
shows as a difference between the two answers, and is named.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from inzage.oversight.recorded import History, Known, Late, rights_known
from inzage.rule_books.in_force import books, books_at, books_known_at
from inzage.rules.closing import NoGround
from inzage.rules.days import midnight
from inzage.rules.facts import Case
from inzage.rules.holding import outcome_with_holds
from inzage.rules.names import Ground
from inzage.rules.periods import day_after
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.holds import NO_HOLDS, Holds, holds_known_at
from inzage.view_rights.scopes import Scope

GROUNDS = tuple(Ground)


class Stood(NamedTuple):
    """A right that stood at the end of a day: by which rule, and until when as far as had happened by then."""

    right: int
    dossier: int
    unit: int
    oe_number: str
    unit_name: str
    granted_on: date
    relation: str
    rule: str
    last_day: date | None
    grounds: tuple[Ground, ...]


class Compared(NamedTuple):
    """One unit's right on one dossier on a day: as it was known then, and as it is known now; None where none stood.

    Where they differ, with what was recorded late of that dossier.
    """

    then: Stood | None
    now: Stood | None
    recorded_late: list[Late]

    @property
    def either(self) -> Stood:
        """Whichever there is, what is known now before what was known then."""
        stood = self.now or self.then
        assert stood is not None
        return stood

    @property
    def behind_it(self) -> list[Late]:
        """Of what was recorded late, what is of this unit or of the client."""
        return [one for one in self.recorded_late if one.unit in (None, self.either.unit)]

    @property
    def differs(self) -> bool:
        """Whether something that was recorded later makes it another right, or none."""
        return self.then != self.now


def end_of(day: date) -> datetime:
    """The last moment of a day: what was recorded up to and including it was known on that day."""
    return midnight(day_after(day)) - timedelta(microseconds=1)


def as_of(scope: Scope, day: date, known_at: datetime | None = None) -> list[Stood]:
    """The rights that stood at the end of `day`, from what was known at `known_at`, or from what is known now."""
    by = books() if known_at is None else books_known_at(known_at)
    holds = holds_known_at(scope, _held_before(day, known_at))
    known = _Then(gather(scope, known_at=known_at), holds, by, known_at)
    return _standing(rights_known(scope, known_at), known, day)


def compared(scope: Scope, day: date, known_at: datetime | None = None) -> list[Compared]:
    """Each right that stood on `day` by either: known at the end of that day, or at `known_at`; and known now.

    What was recorded is read once for both.
    """
    history, at = History(scope), known_at or end_of(day)
    known_then = _Then(history.facts(at), history.holds(_held_before(day, at)), books_at(at), at)
    known_now = _Then(history.facts(None), history.holds(_held_before(day, None)), books(), None)
    then = _by_pair(_standing(history.rights(at), known_then, day))
    now = _by_pair(_standing(history.rights(None), known_now, day))
    pairs = [(then.get(pair), now.get(pair), pair[0]) for pair in {**then, **now}]
    found = [
        Compared(known, is_now, [] if known == is_now else history.late(dossier, day, at))
        for known, is_now, dossier in pairs
    ]
    return sorted(found, key=lambda pair: (pair.either.dossier, pair.either.oe_number))


def _by_pair(stood: list[Stood]) -> dict[tuple[int, int], Stood]:
    return {(one.dossier, one.unit): one for one in stood}


class _Then(NamedTuple):
    """What rights are judged from: the facts, the days on which each was held, the books, as known at a moment."""

    facts: Gathered
    holds: Mapping[int, Holds]
    by: RuleBooks
    known_at: datetime | None


def _held_before(day: date, known_at: datetime | None) -> datetime:
    """A right is held by what somebody did, or did not do, before the end of that day; and by what was known of it."""
    after = midnight(day_after(day))
    return after if known_at is None else min(after, known_at + timedelta(microseconds=1))


def _standing(rights: list[Known], known: _Then, day: date) -> list[Stood]:
    found = (_stood(right, known, day) for right in rights if _may_stand(right, day))
    return [stood for stood in found if stood is not None]


def _may_stand(right: Known, day: date) -> bool:
    return right.granted_on <= day and (right.closed_on is None or right.closed_on > day)


def _stood(right: Known, known: _Then, day: date) -> Stood | None:
    """The right on that day, judged from its facts.

    What was known on the day itself begins with how the right stood then; whoever knows more begins with its grant.
    """
    case, holds = _case(right, known.facts), known.holds.get(right.right, NO_HOLDS)
    since = right.granted_on
    if known.known_at is not None and known.known_at <= end_of(day):
        since = max(since, min(day, right.proposed_last_day or right.last_day or day))
    relation, rule, last_day = right.relation, right.rule, right.last_day
    try:
        outcome, _waits = outcome_with_holds(case, known.by, since=since, holds=holds, today=day, until=day)
        relation, rule = str(outcome.verdict.relation), outcome.verdict.rule.id
        last_day = outcome.last_day
    except NoGround:  # a correction denied every ground it had by then: what it was stored with says most
        pass
    if last_day is not None and last_day < day:
        return None
    return Stood(*right[:6], relation, rule, last_day, _grounds(case, day))


def _case(right: Known, gathered: Gathered) -> Case:
    """Its facts; to a closed right nothing comes any more."""
    case = gathered.case(right.right, right.dossier, right.unit, right.granted_on)
    if right.closed_on is None:
        return case
    own = gathered.grants.get((right.right, right.dossier, right.unit), ())
    return case._replace(grants=tuple(own))


def _grounds(case: Case, day: date) -> tuple[Ground, ...]:
    counting = {
        grant.ground
        for grant in case.grants
        if grant.granted_on <= day and (grant.withdrawn_on is None or grant.withdrawn_on > day)
    }
    return tuple(sorted(counting, key=GROUNDS.index))
