"""Production's fold and the plain reference side by side: every right of random clients, on many days, key by key."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any

from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.register_files.lines import ActivityLine, AssignmentLine, Bundle, ClientLine, ConsentLine
from inzage.rules.days import midnight
from inzage.rules.facts import Case, Grant
from inzage.rules.history import Right
from inzage.view_rights import rows
from inzage.view_rights.gathering import Gathered
from inzage.view_rights.listing import state_on
from inzage.view_rights.models import ViewRight
from inzage.view_rights.replaying import Surroundings, grants_by_unit, replay
from tests.rules import reference
from tests.rules.occurrences import Occurrences
from tests.rules.random_books import as_read, random_rules
from tests.rules.random_registers import LAST, random_register
from tests.rules.reference import Register
from tests.rules.reference_books import SIX_MONTHS_EACH, Rules

END = LAST + timedelta(days=1600)
"""Late enough for every fact to have happened: one owner after another can go on for years."""
GROUP = 20
"""So many clients share rules."""
BY_CLIENT = attrgetter("client_number")


def by_client(register: Register) -> Iterator[Register]:
    """A register for each client: what one does concerns no other."""
    assignments = {number: list(lines) for number, lines in groupby(register.assignments, BY_CLIENT)}
    consents = {number: list(lines) for number, lines in groupby(register.consents, BY_CLIENT)}
    activities = {number: list(lines) for number, lines in groupby(register.activities, BY_CLIENT)}
    for number, died_on in register.clients.items():
        yield register._replace(
            clients={number: died_on},
            assignments=assignments.get(number, []),
            consents=consents.get(number, []),
            activities=activities.get(number, []),
        )


def bundled(register: Register) -> Bundle:
    """The only client's lines, as an import reads them."""
    ((number, died_on),) = register.clients.items()
    return Bundle(
        number,
        ClientLine(number, "", "", "", "", died_on),
        tuple(AssignmentLine(*line) for line in register.assignments),
        tuple(ConsentLine(**line._asdict(), purpose="training") for line in register.consents),
        tuple(ActivityLine(*line[:4], "", "", "", *line[4:]) for line in register.activities),
        b"",
    )


class Production:
    """What an import on the last day makes of one client's lines, without a database."""

    def __init__(self, register: Register, rules: Rules) -> None:
        self._books = as_read(rules)
        services = dict.fromkeys(register.tendered, (0, True))
        services |= dict.fromkeys(register.not_tendered, (0, False))
        units = {oe_number: place for place, oe_number in enumerate(register.units)}
        origin = Origin("register", midnight(END), "import")
        self._around = Surroundings(units, services, self._books, origin, lambda: origin.at, END)
        self._bundle = bundled(register)
        self._dossier = Dossier(id=1, client=Client(id=1, client_number=self._bundle.client_number))
        self._facts = Gathered({}, {}, {}, {}, {})
        self._rights: list[ViewRight] = []
        for oe_number, grants in sorted(grants_by_unit(self._bundle, self._around).items()):
            for right in replay(self._bundle, oe_number, grants, self._around):
                self._take(right, Unit(id=units[oe_number], oe_number=oe_number))

    def _take(self, replayed: Right, unit: Unit) -> None:
        """The right as a row, and its facts as they would be gathered."""
        pk, pair, case = len(self._rights), (1, unit.pk), replayed.case
        row = rows.right(pk, 1, unit.pk, replayed, today=self._around.today)
        right = ViewRight(**dict(zip(rows.RIGHT, row, strict=True)))
        right.dossier, right.unit = self._dossier, unit
        self._rights.append(right)
        self._facts.grants[(pk, *pair)] = list(case.grants)
        self._facts.ownerships[pair], self._facts.executions[pair] = (
            list(case.ownerships),
            list(case.executions),
        )
        if case.deceased_on:
            self._facts.deaths[1] = case.deceased_on

    def rights_on(self, day: date) -> list[dict[str, Any]]:
        """What is listed for that day."""
        return [
            state_on(right, self._facts, self._books, day)
            for right in self._rights
            if right.granted_on <= day
        ]

    def cases(self) -> list[tuple[ViewRight, Case]]:
        """Each right with the facts that decide over it while it stands: grants that come later are known too."""
        grants = {right.pk: (right.unit_id, self._facts.case_of(right).grants) for right in self._rights}
        return [
            (right, self._facts.case_of(right)._replace(grants=tuple(self._from(right, grants))))
            for right in self._rights
        ]

    def _from(self, right: ViewRight, grants: dict[int, tuple[int, tuple[Grant, ...]]]) -> Iterator[Grant]:
        for pk, (unit, given) in grants.items():
            if unit == right.unit_id and pk >= right.pk:
                yield from given

    def stored(self) -> list[tuple[date | None, date | None, str | None]]:
        """What is kept of each right's end."""
        return [(right.last_day, right.closed_on, right.closing_reason or None) for right in self._rights]

    def telling_days(self) -> set[date]:
        """The days around what happens to these rights."""
        known = {day for right in self._rights for day in (right.granted_on, right.last_day) if day}
        return {day + timedelta(days=step) for day in known for step in (-1, 0, 1)}


class Difference(Exception):
    """Production and the reference differ on this register of one client, under these rules, on this day."""

    def __init__(self, register: Register, rules: Rules, day: date) -> None:
        super().__init__(register, rules, day)
        self.register, self.rules, self.day = register, rules, day

    def __str__(self) -> str:
        return f"they differ on {self.day} of {self.register} under {self.rules}"


def compare(seed: int, clients: int, seen: Occurrences) -> None:
    """Compare every right of so many random clients, on many days; every other group of them under books of its own.

    Raises Difference at the first.
    """
    chance = Random(seed)
    for group in range(0, clients, GROUP):
        rules = random_rules(chance) if group // GROUP % 2 else SIX_MONTHS_EACH
        made = random_register(chance.randrange(2**40), min(GROUP, clients - group), rules)
        for register in by_client(made):
            compare_one(register, rules, chance, seen)
            seen.note(register, rules)


def compare_one(register: Register, rules: Rules, chance: Random, seen: Occurrences | None = None) -> None:
    """Compare the rights of one client: on telling days and a few more, as listed; and as they are stored."""
    production = Production(register, rules)
    days = {END, *(LAST - timedelta(days=chance.randrange(1100)) for _ in range(3))}
    for day in days | production.telling_days():
        listed = reference.rights_on(register, day, rules)
        if production.rights_on(day) != listed:
            raise Difference(register, rules, day)
        if seen:
            seen.note_day(register, listed, day)
    if production.stored() != [ending(right) for right in reference.rights_on(register, END, rules)]:
        raise Difference(register, rules, END)


def ending(right: dict[str, Any]) -> tuple[date | None, date | None, str | None]:
    """A right's last day, the first without it, and why."""
    last_day, closed_on = (right[key] and date.fromisoformat(right[key]) for key in ("last_day", "closed_on"))
    return last_day, closed_on, right["closing_reason"]
