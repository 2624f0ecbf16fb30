"""Regions to look at, and the rights that stand in them by the pure fold."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from inzage.region.histories import Histories
from inzage.region.partners import SERVICES
from inzage.region.records import Activity, Assignment, Client, Consent, History
from inzage.rules import history as fold
from inzage.rules.facts import Execution, Grant, Ownership, execution
from inzage.rules.history import Right, rights_of
from inzage.rules.names import Ground, Kind
from inzage.rules.reading_books import packaged_books

BOOKS = packaged_books()
UNTIL = date(2026, 3, 10)
COUNT = 4000
TENDERED = {service.code for service in SERVICES if service.tendered == "yes"}


class Told(NamedTuple):
    """All lines of a kind together."""

    clients: list[Client]
    assignments: list[Assignment]
    consents: list[Consent]
    activities: list[Activity]


def histories(count: int, *, until: date, seed: int = 1) -> list[History]:
    """The first so many clients."""
    made = Histories(seed=seed, until=until)
    return [made.at(index) for index in range(count)]


def rights(history: History, *, until: date) -> Iterator[Right]:
    """Every right that a client's history opened, unit by unit."""
    grants: dict[str, list[Grant]] = defaultdict(list)
    owned: dict[str, list[Ownership]] = defaultdict(list)
    executed: dict[str, list[Execution]] = defaultdict(list)
    for line in history.assignments:
        if line.service in TENDERED:
            grants[line.oe_number].append(Grant(Ground.ASSIGNMENT, line.assigned_on))
            owned[line.oe_number].append(Ownership(line.service, line.assigned_on, line.ended_on))
    for consent in history.consents:
        grants[consent.oe_number] += grant_of(consent)
    for activity in history.activities:
        executed[activity.oe_number].append(executed_in(activity))
    for unit, given in grants.items():
        facts = fold.History(
            tuple(given), tuple(owned[unit]), tuple(executed[unit]), history.client.deceased_on
        )
        yield from rights_of(facts, BOOKS, until=until)


def grant_of(consent: Consent) -> list[Grant]:
    """What a consent grants: nothing where it is incomplete, or does not say that the client was told of Actiris."""
    if consent.completed_on is None or (
        consent.route == "brussels_form" and consent.informed_of_actiris != "yes"
    ):
        return []
    return [Grant(Ground(consent.route), consent.granted_on or consent.completed_on, consent.withdrawn_on)]


def executed_in(activity: Activity) -> Execution:
    """An activity as its executor's stint."""
    return execution(
        trajectory=activity.kind == Kind.TRAJECTORY,
        requested_on=activity.requested_on,
        started_on=activity.started_on,
        closed_on=activity.closed_on,
        cancelled_on=activity.cancelled_on,
    )
