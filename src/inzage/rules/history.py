"""The one fold: a unit's dated facts in one dossier become the rights that stood (imports, past days)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from inzage.rules.closing import Outcome, outcome_of
from inzage.rules.facts import Case, Execution, Grant, Ownership
from inzage.rules.rulebook import RuleBooks


class History(NamedTuple):
    """All that is known of one unit in one dossier: what could grant, what it owned and did, the client's death."""

    grants: tuple[Grant, ...]
    ownerships: tuple[Ownership, ...] = ()
    executions: tuple[Execution, ...] = ()
    deceased_on: date | None = None


class Right(NamedTuple):
    """A view right as the fold leaves it; `case.grants` are its own grounds."""

    case: Case
    outcome: Outcome


def rights_of(history: History, books: RuleBooks, *, until: date) -> Iterator[Right]:
    """The rights opened up to and including day `until`, oldest first; at most one open at a time (S03).

    A grant opens a right, or joins the one that stands. On one day ends go before beginnings, so a grant
    on the first day without a right opens the next one. Nothing opens on or after a death.
    """
    grants = [grant for grant in history.grants if grants_at_all(grant, history.deceased_on)]
    grants.sort(key=_granted_on)
    while grants and grants[0].granted_on <= until:
        case = Case(grants[0].granted_on, tuple(grants), *history[1:])
        outcome = outcome_of(case, books, since=case.granted_on)
        own = tuple(
            grant for grant in grants if outcome.last_day is None or grant.granted_on <= outcome.last_day
        )
        yield Right(case._replace(grants=own), outcome)
        grants = grants[len(own) :]


def _granted_on(grant: Grant) -> date:
    return grant.granted_on


def grants_at_all(grant: Grant, deceased_on: date | None) -> bool:
    """A consent withdrawn on or before the day it would grant grants nothing, nor does anything after a death."""
    if deceased_on is not None and grant.granted_on >= deceased_on:
        return False
    return grant.withdrawn_on is None or grant.withdrawn_on > grant.granted_on
