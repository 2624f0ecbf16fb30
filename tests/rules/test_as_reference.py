"""Production's fold against the plain reference: every right of many random clients, on many days, key by key."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any

from inzage.rules.closing import outcome_of
from inzage.rules.facts import Grant, Ownership, execution
from inzage.rules.history import History, Right, rights_of
from inzage.rules.names import ClosingReason, Ground
from tests.rules import reference
from tests.rules.cases import BOOKS
from tests.rules.occurrences import Occurrences
from tests.rules.random_registers import LAST, random_register
from tests.rules.reference import Register

CLIENTS = 50_000 if os.environ.get("INZAGE_LONG") else 3_000
END = LAST + timedelta(days=400)
ORDER = list(Ground)
CLIENT = attrgetter("client_number")


def by_client(register: Register) -> Iterator[Register]:
    """A register for each client: what one does concerns no other."""
    assignments = {number: list(lines) for number, lines in groupby(register.assignments, CLIENT)}
    consents = {number: list(lines) for number, lines in groupby(register.consents, CLIENT)}
    activities = {number: list(lines) for number, lines in groupby(register.activities, CLIENT)}
    for number, died_on in register.clients.items():
        yield register._replace(
            clients={number: died_on},
            assignments=assignments.get(number, []),
            consents=consents.get(number, []),
            activities=activities.get(number, []),
        )


def history_of(register: Register, unit: str) -> History:
    """One client's lines about one unit as the fold takes them."""
    (died_on,) = register.clients.values()
    owned = [
        line for line in register.assignments if line.oe_number == unit and line.service in register.tendered
    ]
    consents = [line for line in register.consents if line.oe_number == unit and line.completed_on]
    told = [line for line in consents if line.route != "brussels_form" or line.informed_of_actiris]
    grants = [Grant(Ground.ASSIGNMENT, line.assigned_on) for line in owned]
    for line in told:
        granted_on = line.granted_on or line.completed_on
        assert granted_on is not None
        grants.append(Grant(Ground(line.route), granted_on, line.withdrawn_on))
    done = [line for line in register.activities if line.oe_number == unit]
    return History(
        tuple(grants),
        tuple(Ownership(line.service, line.assigned_on, line.ended_on) for line in owned),
        tuple(
            execution(
                trajectory=line.kind == "trajectory",
                requested_on=line.requested_on,
                started_on=line.started_on,
                closed_on=line.closed_on,
                cancelled_on=line.cancelled_on,
            )
            for line in done
        ),
        died_on,
    )


def folded(register: Register, unit: str) -> list[Right]:
    """The rights of the only client with that unit, all days known."""
    return list(rights_of(history_of(register, unit), BOOKS, until=END))


def on_day(right: Right, day: date) -> dict[str, Any]:
    """What production makes of that right at the end of a day, with what had happened by then."""
    verdict, last_day, reason = outcome = outcome_of(
        right.case, BOOKS, since=right.case.granted_on, until=day
    )
    closed_on = outcome.closed_on() if outcome.is_over(day) else None
    until = day if closed_on is None else last_day if reason is ClosingReason.TERM else closed_on
    assert until is not None
    left = [
        grant
        for grant in right.case.grants
        if grant.granted_on <= until and (grant.withdrawn_on is None or grant.withdrawn_on > until)
    ]
    return {
        "granted_on": str(right.case.granted_on),
        "last_granted_on": str(max(grant.granted_on for grant in left)) if left else None,
        "grounds": [str(ground) for ground in ORDER if any(grant.ground == ground for grant in left)],
        "relation": str(verdict.relation),
        "rule": verdict.rule.id,
        "anchor": {"event": str(verdict.anchor.event), "on": str(verdict.anchor.on)}
        if verdict.anchor
        else None,
        "last_day": str(last_day) if last_day else None,
        "closed_on": str(closed_on) if closed_on else None,
        "closing_reason": str(reason) if closed_on else None,
        "held": None,
        "proposed_last_day": None,
    }


def days_to_compare(rights: list[Right], chance: Random) -> set[date]:
    """The end, two days at random, and the days around what happens to these rights."""
    days = {END, *(LAST - timedelta(days=chance.randrange(1100)) for _ in range(2))}
    for right in rights:
        last_day = right.outcome.last_day
        known = {right.case.granted_on, last_day} - {None}
        days |= {day + timedelta(days=step) for day in known if day for step in (-1, 0, 1)}
    return days


def test_every_right_on_every_day_is_what_the_reference_says() -> None:
    chance, seen = Random(1), Occurrences()
    for register in by_client(random_register(1, CLIENTS)):
        rights = {unit: folded(register, unit) for unit in register.units}
        for day in days_to_compare([right for ones in rights.values() for right in ones], chance):
            (client,) = register.clients
            ours = [
                {"client_number": client, "oe_number": unit, **on_day(right, day)}
                for unit in sorted(rights)
                for right in rights[unit]
                if right.case.granted_on <= day
            ]
            assert ours == reference.rights_on(register, day), (register, day)
        seen.note(register, rights)
    print(seen.table())
    assert seen.rare(below=0.01) == []
