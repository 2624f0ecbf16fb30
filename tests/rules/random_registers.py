"""Random registers in which boundaries collide: dense days, month ends, ends and beginnings on one day."""

import csv
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.rules.reference import Activity, Assignment, Consent, Life, Register
from tests.rules.reference_books import ENDS, SIX_MONTHS_EACH, Rules, last_day_after

FIRST, LAST = date(2023, 1, 1), date(2026, 3, 31)
UNITS = ["OE1", "OE2", "OE3", "OE4", "OE5"]
TENDERED, NOT_TENDERED = {"TIBB4", "WIJ3", "SIF"}, {"VRIJ"}
MONTH_ENDS = [
    *(date(2023, month, 1) - timedelta(days=1) for month in range(2, 13)),
    *(date(2024, month, 1) - timedelta(days=1) for month in range(1, 13)),
    *(date(2025, month, 1) - timedelta(days=1) for month in range(1, 13)),
    *(date(2024, 2, 28), date(2024, 8, 28), date(2024, 8, 29), date(2024, 8, 30), date(2025, 8, 28)),
]
REASONS = ["", "", *ENDS, "Not started", "work-started", "verhuisd"]
"""How an ownership ended: codes, however written, other words, or nothing said."""


class Client:
    """One client's lines. Each day is drawn near, or on, a day that matters already."""

    def __init__(self, number: str, chance: random.Random, rules: Rules) -> None:
        self.number, self.chance, self.rules, self.terms = number, chance, rules, rules.terms()
        self.days = [chance.choice(MONTH_ENDS), self._any_day()]
        self.days += [*(book.starts_on for book in rules.books[1:]), *rules.days()]
        self.ends: list[date] = []
        self.died_on: date | None = None
        self.assignments: list[Assignment] = []
        self.consents: list[Consent] = []
        self.activities: list[Activity] = []
        self.units = chance.sample(UNITS, 2)
        self.units.append(self.units[0])  # most of it happens with one
        steps = [self._assign, self._consent, self._consent, self._activity, self._activity]
        for _ in range(chance.randint(1, 7)):
            chance.choice(steps)()
        if chance.random() < 0.1:
            self._outlive_a_term()
        if rules.moves and chance.random() < 0.4:
            self._run_at_a_move()
        if chance.random() < 0.3:
            self._grant_at_an_end()
        if chance.random() < 0.09:
            self.died_on = self._day()

    def _any_day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))

    def _day(self) -> date:
        """A day on, around or a term after one that matters."""
        near = self.chance.choice(self.days)
        how = self.chance.random()
        if how < 0.35:
            day = near
        elif how < 0.55:
            day = near + timedelta(days=self.chance.choice([-1, 1, 2, 30, 61]))
        elif how < 0.85:
            term = self.chance.choice(self.terms)
            day = term.after(near) + timedelta(days=self.chance.choice([-1, 0, 0, 0, 1, 1, 2]))
        elif how < 0.92:
            day = self.chance.choice(MONTH_ENDS)
        else:
            day = self._any_day()
        day = min(max(day, FIRST), LAST)
        self.days.append(day)
        return day

    def _after(self, day: date, *, may_be_never: float) -> date | None:
        """An end on or after that day, now and then together with another, or none."""
        if self.chance.random() < may_be_never:
            return None
        together = [end for end in self.ends if end >= day]
        if together and self.chance.random() < 0.4:
            return self.chance.choice(together)
        drawn = [end for end in (self._day() for _ in range(4)) if end >= day]
        self.ends.append(drawn[0] if drawn else day + timedelta(days=self.chance.randrange(200)))
        return self.ends[-1]

    def _id(self, letter: str, lines: list[Any]) -> str:
        return f"{letter}{self.number[1:]}-{len(lines)}"

    def _assign(self) -> None:
        """One owner at a time: it begins once the owner before has ended, often on that very day."""
        service = self.chance.choice(sorted(TENDERED | NOT_TENDERED))
        assigned_on, unit = self._day(), self.chance.choice(self.units)
        for other in self.assignments:
            if other.oe_number != unit and {service, other.service} <= TENDERED:
                if other.ended_on is None:
                    return
                assigned_on = max(assigned_on, other.ended_on)
        ended_on = self._after(assigned_on, may_be_never=0.3)
        number = self._id("A", self.assignments)
        reason = self.chance.choice(REASONS) if ended_on else ""
        self.assignments.append(Assignment(number, self.number, unit, service, assigned_on, ended_on, reason))

    def _consent(self) -> None:
        route = self.chance.choice(["mediator", "form", "form", "brussels_form"])
        completed_on = self._day() if self.chance.random() < 0.95 else None
        granted_on = self._after(completed_on or FIRST, may_be_never=0.6)
        withdrawn_on = self._day() if self.chance.random() < 0.35 else None
        informed = self.chance.random() < 0.9
        number, unit = self._id("C", self.consents), self.chance.choice(self.units)
        days = (completed_on, granted_on, informed, withdrawn_on)
        self.consents.append(Consent(number, self.number, unit, route, *days))

    def _grant_at_an_end(self) -> None:
        """A consent on the last day of a right that stands by now, or on the first day without it."""
        unit = self.units[0]
        for right in Life(registered([self]), self.number, unit, self.rules).until(LAST):
            if right.closed_on:
                later = 1 if right.closing_reason == "withdrawn" else self.chance.choice([0, 0, 1])
                self._grant("mediator", unit, right.closed_on - timedelta(days=1 - later))
                return

    def _outlive_a_term(self) -> None:
        """A request, or a second consent, keeps a right open past six months; then it is as if it had not been."""
        begun, unit = min(self._day(), date(2025, 3, 31)), self.units[0]
        undone_on = last_day_after(begun) + timedelta(days=self.chance.randrange(150))
        self._grant("form", unit, begun)
        if self.chance.random() < 0.5:
            number = self._id("X", self.activities)
            self.activities.append(Activity(number, self.number, unit, "other", begun, None, None, undone_on))
        else:
            self._grant("mediator", unit, begun + timedelta(days=self.chance.randrange(181)), undone_on)
        self.days.append(undone_on)

    def _run_at_a_move(self) -> None:
        """A term begun before a book, that may still run when terms move to it; another may have begun since."""
        on, starts_on = self.chance.choice(self.rules.moves)
        unit, begun_on = self.units[0], starts_on - timedelta(days=self.chance.choice([1, 1, 20, 60, 170]))
        if self.chance.random() < 0.5:
            self._grant("form", unit, begun_on)
        else:
            number, early = self._id("A", self.assignments), begun_on - timedelta(days=30)
            self.assignments.append(Assignment(number, self.number, unit, "TIBB4", early, begun_on, ""))
        ended_on = starts_on + (on - starts_on) * self.chance.choice([0, 0.3, 1])
        if self.chance.random() < 0.4:
            number = self._id("X", self.activities)
            days = (None, begun_on, ended_on, None)
            self.activities.append(Activity(number, self.number, unit, "training", *days))

    def _grant(self, route: str, unit: str, on: date, withdrawn_on: date | None = None) -> None:
        number = self._id("C", self.consents)
        self.consents.append(Consent(number, self.number, unit, route, on, None, True, withdrawn_on))
        self.days.append(on)

    def _start_of(self, requested_on: date) -> date | None:
        """Mostly on or after the request, or not at all; now and then it is asked for afterwards."""
        return self._day() if self.chance.random() < 0.1 else self._after(requested_on, may_be_never=0.4)

    def _activity(self) -> None:
        kind = self.chance.choice(["trajectory", "trajectory", "training", "project", "guidance", "other"])
        requested_on = self._day() if self.chance.random() < 0.5 else None
        started_on = self._start_of(requested_on) if requested_on else self._day()
        begun = max(day for day in (requested_on, started_on) if day)
        closed_on = self._after(begun, may_be_never=0.35)
        cancelled_on = self._after(begun, may_be_never=0.7)
        number, unit = self._id("X", self.activities), self.chance.choice(self.units)
        days = (requested_on, started_on, closed_on, cancelled_on)
        self.activities.append(Activity(number, self.number, unit, kind, *days))


def random_register(seed: int, clients: int, rules: Rules = SIX_MONTHS_EACH) -> Register:
    """A register of that many clients, its days near those of `rules`; the same seed gives the same register."""
    chance = random.Random(seed)
    return registered([Client(f"K{seed}{number:05}", chance, rules) for number in range(clients)])


def registered(made: list[Client]) -> Register:
    """The lines of all these clients."""
    return Register(
        units=list(UNITS),
        tendered=set(TENDERED),
        not_tendered=set(NOT_TENDERED),
        clients={client.number: client.died_on for client in made},
        assignments=[line for client in made for line in client.assignments],
        consents=[line for client in made for line in client.consents],
        activities=[line for client in made for line in client.activities],
    )


def write_register(register: Register, folder: Path) -> None:
    """The register as files, as an organisation would bring them."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(
        folder / "partners.csv", "oe_number name kind", ([unit, unit, "partner"] for unit in register.units)
    )
    services = [(code, code, "yes") for code in sorted(register.tendered)]
    services += [(code, code, "no") for code in sorted(register.not_tendered)]
    _write(folder / "services.csv", "code name tendered", services)
    clients = (
        (number, insz(place), died_on) for place, (number, died_on) in enumerate(register.clients.items())
    )
    _write(folder / "clients.csv", "client_number insz deceased_on", clients)
    _write(folder / "assignments.csv", " ".join(Assignment._fields), register.assignments)
    _write(
        folder / "consents.csv",
        " ".join(Consent._fields) + " purpose",
        ([*line, "training"] for line in register.consents),
    )
    _write(folder / "activities.csv", " ".join(Activity._fields), register.activities)


def insz(place: int) -> str:
    """A form-valid INSZ number that belongs to nobody (day counter 999)."""
    body = f"{40 + place // 336 % 55:02}{place // 28 % 12 + 1:02}{place % 28 + 1:02}999"
    return f"{body}{97 - int(body) % 97:02}"


def _write(path: Path, header: str, rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    return {True: "yes", False: "no", None: ""}.get(value, value) if isinstance(value, bool | None) else value
