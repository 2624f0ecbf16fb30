"""Production's fold against the plain reference: every right of many random clients, on many days, key by key."""

import os
from collections.abc import Callable, Iterator
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
from inzage.rules.history import Right
from inzage.view_rights import rows
from inzage.view_rights.gathering import Gathered
from inzage.view_rights.listing import state_on
from inzage.view_rights.models import ViewRight
from inzage.view_rights.replaying import Surroundings, grants_by_unit, replay
from tests.rules import reference
from tests.rules.cases import BOOKS
from tests.rules.occurrences import PRINTED, Occurrences
from tests.rules.random_registers import LAST, random_register
from tests.rules.reference import Register

CLIENTS = 50_000 if os.environ.get("INZAGE_LONG") else 3_000
END = LAST + timedelta(days=400)
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
        tuple(AssignmentLine(*line, "") for line in register.assignments),
        tuple(ConsentLine(**line._asdict(), purpose="training") for line in register.consents),
        tuple(ActivityLine(*line[:4], "", "", "", *line[4:]) for line in register.activities),
        b"",
    )


class Production:
    """What an import on the last day makes of one client's lines, without a database."""

    def __init__(self, register: Register) -> None:
        services = dict.fromkeys(register.tendered, (0, True))
        services |= dict.fromkeys(register.not_tendered, (0, False))
        units = {oe_number: place for place, oe_number in enumerate(register.units)}
        self._around = Surroundings(units, services, BOOKS, Origin("register", midnight(END), "import"))
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
        return [state_on(right, self._facts, BOOKS, day) for right in self._rights if right.granted_on <= day]

    def stored(self) -> list[tuple[date | None, date | None, str | None]]:
        """What is kept of each right's end."""
        return [(right.last_day, right.closed_on, right.closing_reason or None) for right in self._rights]

    def telling_days(self) -> set[date]:
        """The days around what happens to these rights."""
        known = {day for right in self._rights for day in (right.granted_on, right.last_day) if day}
        return {day + timedelta(days=step) for day in known for step in (-1, 0, 1)}


def ending(right: dict[str, Any]) -> tuple[date | None, date | None, str | None]:
    """A right's last day, the first without it, and why."""
    last_day, closed_on = (right[key] and date.fromisoformat(right[key]) for key in ("last_day", "closed_on"))
    return last_day, closed_on, right["closing_reason"]


def test_every_right_on_every_day_is_what_the_reference_says(
    record_property: Callable[[str, object], None],
) -> None:
    """S01 to S05, S18 to S22."""
    chance, seen = Random(1), Occurrences(END)
    for register in by_client(random_register(1, CLIENTS)):
        production = Production(register)
        days = {END, *(LAST - timedelta(days=chance.randrange(1100)) for _ in range(3))}
        for day in days | production.telling_days():
            listed = reference.rights_on(register, day)
            assert production.rights_on(day) == listed, (register, day)
            seen.note_day(register, listed, day)
        assert production.stored() == [ending(right) for right in reference.rights_on(register, END)], (
            register
        )
        seen.note(register)
    record_property(PRINTED, seen.table())
    assert seen.rare(below=0.01) == []
