"""What would move a last day, done: each mover gets the day that it promised, under whatever rule books.

The facts are changed in the lines of a register, and read anew: by nothing that the promise was worked out with.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from inzage.rules.facts import Case
from inzage.rules.names import OwnershipEnd
from inzage.view_rights import explaining
from inzage.view_rights.explaining import movers
from inzage.view_rights.moves import owner_no_more, owns
from tests.rules.against_reference import END, Production, by_client
from tests.rules.random_books import as_read, random_rules
from tests.rules.random_registers import random_register
from tests.rules.reference import Activity, Assignment, Consent, Register, begun_on, end_of
from tests.rules.reference_books import SIX_MONTHS_EACH, Rules

CLIENTS = 300
KINDS = {"ownership_ends", "activities_close", "activity_begins", "granted_again"}


@pytest.fixture(params=range(4), ids=["six months each", "random books", "others", "and others"])
def rules(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Rule books, which are in force: the packaged one, and random ones with moves and terms of single ends."""
    made = random_rules(Random(request.param)) if request.param else SIX_MONTHS_EACH
    monkeypatch.setattr(explaining, "books", lambda: as_read(made))
    return made


def standing(rules: Rules, seed: int) -> Iterator[tuple[Register, str, Case, date]]:
    """Rights of random clients on a day on which they stand: the lines, the unit, the case, and that day."""
    chance = Random(seed)
    for register in by_client(random_register(seed, CLIENTS, rules)):
        for right, case in Production(register, rules).cases():
            last = min(right.last_day or END, right.granted_on + timedelta(days=700))
            today = right.granted_on + timedelta(days=chance.randrange((last - right.granted_on).days + 1))
            if right.last_day is None or right.last_day >= right.granted_on:
                yield register, right.unit.oe_number, case, today


def done(register: Register, unit: str, mover: str, today: date, reason: str | None = None) -> Register:
    """The lines with it done today."""
    (client,) = register.clients
    if mover == "ownership_ends":
        return register._replace(
            assignments=[_ended(line, unit, today, reason) for line in register.assignments]
        )
    if mover == "activities_close":
        return register._replace(activities=[_closed(line, unit, today) for line in register.activities])
    if mover == "activity_begins":
        begun = Activity("new", client, unit, "other", None, today, None, None)
        return register._replace(activities=[*register.activities, begun])
    given = Consent("new", client, unit, "form", today, None, True, None)
    return register._replace(consents=[*register.consents, given])


def _ended(line: Assignment, unit: str, today: date, reason: str | None) -> Assignment:
    runs = line.assigned_on <= today and (line.ended_on is None or line.ended_on > today)
    if line.oe_number != unit or not runs:
        return line
    return line._replace(ended_on=today, end_reason=line.end_reason if reason is None else reason)


def _closed(line: Activity, unit: str, today: date) -> Activity:
    end = end_of(line)
    runs = begun_on(line) <= today and (end is None or end[0] > today)
    return line._replace(closed_on=today, cancelled_on=None) if line.oe_number == unit and runs else line


def last_day(register: Register, rules: Rules, unit: str, granted_on: date) -> date | None:
    """The last day of that right, worked out anew from the lines."""
    (found,) = (
        right.last_day
        for right, _case in Production(register, rules).cases()
        if (right.unit.oe_number, right.granted_on) == (unit, granted_on)
    )
    return found


def test_each_mover_done_gets_the_day_it_promised(rules: Rules) -> None:
    """S18 to S21."""
    tried = dict.fromkeys(KINDS, 0)
    for register, unit, case, today in standing(rules, seed=5):
        for mover, outcome in movers(case, today):
            tried[mover] += 1
            after = done(register, unit, mover, today, "")
            assert last_day(after, rules, unit, case.granted_on) == outcome.last_day, (register, mover, today)
    assert min(tried.values()) > 10, tried


def test_an_ownership_ended_in_any_way_gets_the_day_promised_for_that_way(rules: Rules) -> None:
    """S19."""
    differing = 0
    for register, unit, case, today in standing(rules, seed=6):
        if not any(owns(one, today) for one in case.ownerships):
            continue
        promised = {
            end: owner_no_more(case, today, as_read(rules), ended_by=end).last_day
            for end in ("", *OwnershipEnd)
        }
        differing += len(set(promised.values())) > 1
        for end, foreseen in promised.items():
            after = done(register, unit, "ownership_ends", today, str(end))
            assert last_day(after, rules, unit, case.granted_on) == foreseen, (register, end, today)
    assert (differing > 5) is (rules is not SIX_MONTHS_EACH)
