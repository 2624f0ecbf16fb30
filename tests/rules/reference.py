"""The rules once more, as plain slow loops: the executable specification that production is compared with.

Written from the statements and readings (docs/decisions), for one register as it stands in its files. It knows nothing
of the code: it lives through the days on which something happens, one client and one unit at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from tests.rules.reference_books import ONE_DAY, SIX_MONTHS_EACH, Rules, code_of

GROUNDS = ("assignment", "mediator", "form", "brussels_form", "ibis")


class Assignment(NamedTuple):
    """A line of assignments.csv."""

    assignment_id: str
    client_number: str
    oe_number: str
    service: str
    assigned_on: date
    ended_on: date | None
    end_reason: str = ""


class Consent(NamedTuple):
    """A line of consents.csv."""

    consent_id: str
    client_number: str
    oe_number: str
    route: str
    completed_on: date | None
    granted_on: date | None
    informed_of_actiris: bool
    withdrawn_on: date | None


class Activity(NamedTuple):
    """A line of activities.csv."""

    activity_id: str
    client_number: str
    oe_number: str
    kind: str
    requested_on: date | None
    started_on: date | None
    closed_on: date | None
    cancelled_on: date | None


class Register(NamedTuple):
    """All lines; `clients` with the day of death where there is one, `tendered` the codes of tendered services."""

    units: list[str]
    tendered: set[str]
    not_tendered: set[str]
    clients: dict[str, date | None]
    assignments: list[Assignment]
    consents: list[Consent]
    activities: list[Activity]


@dataclass
class Grant:
    """A ground given."""

    ground: str
    granted_on: date
    withdrawn_on: date | None = None


@dataclass
class Right:
    """A view right while days go by."""

    granted_on: date
    grants: list[Grant] = field(default_factory=list)
    verdict: dict[str, Any] = field(default_factory=dict)
    last_day: date | None = None
    closed_on: date | None = None
    closing_reason: str | None = None
    closed_with: list[Grant] = field(default_factory=list)

    def close(self, closed_on: date, reason: str, grounds: list[Grant]) -> None:
        """Final: nothing changes it any more."""
        self.closed_on, self.closing_reason, self.closed_with = closed_on, reason, grounds
        self.last_day = closed_on - ONE_DAY


def rights_on(register: Register, day: date, rules: Rules = SIX_MONTHS_EACH) -> list[dict[str, Any]]:
    """What `inzage rights --json --on DAY` prints, in its order."""
    printed = []
    for client in sorted(register.clients):
        for unit in sorted(register.units):
            for right in Life(register, client, unit, rules).until(day):
                printed.append(_printed(client, unit, right, day))
    return printed


def may_view(register: Register, client: str, unit: str, day: date) -> bool:
    """Whether the unit may see the client's dossier on that day."""
    return any(right.closed_on is None for right in Life(register, client, unit).until(day))


class Life:
    """What one unit and one client have with each other."""

    def __init__(self, register: Register, client: str, unit: str, rules: Rules = SIX_MONTHS_EACH) -> None:
        self.rules = rules
        self.died_on = register.clients[client]
        self.owned = [
            line
            for line in register.assignments
            if (line.client_number, line.oe_number) == (client, unit) and line.service in register.tendered
        ]
        self.done = [
            line for line in register.activities if (line.client_number, line.oe_number) == (client, unit)
        ]
        consents = [
            line for line in register.consents if (line.client_number, line.oe_number) == (client, unit)
        ]
        self.given = [Grant("assignment", line.assigned_on) for line in self.owned]
        self.given += [grant for line in consents for grant in _granted_by(line)]
        self.rights: list[Right] = []

    def until(self, day: date) -> list[Right]:
        """Live through every day up to and including `day`; nothing later is known yet."""
        for today in sorted({one for one in self._days() if one <= day}):
            self._night_before(today)
            self._ends(today)
            self._beginnings(today)
            if self.rights and self.rights[-1].closed_on is None:
                self._judge(self.rights[-1], today)
        self._night_before(day)
        return self.rights

    def _days(self) -> Iterator[date]:
        for grant in self.given:
            yield grant.granted_on
            if grant.withdrawn_on:
                yield grant.withdrawn_on
        for ownership in self.owned:
            if ownership.ended_on:
                yield ownership.ended_on
        for activity in self.done:
            yield begun_on(activity)
            if (end := end_of(activity)) is not None:
                yield end[0]
        if self.died_on:
            yield self.died_on
        yield from self.rules.days()

    def _night_before(self, today: date) -> None:
        """The closing run: what has had its last day is closed as of the day after it."""
        for right in self.rights:
            if right.closed_on is None and right.last_day is not None and right.last_day < today:
                closed_on = right.last_day + ONE_DAY
                right.close(closed_on, "term", _left(right.grants, right.last_day))

    def _ends(self, today: date) -> None:
        """A withdrawal that leaves no ground, then a death, close at once; other ends only move the verdict."""
        for right in self.rights:
            if right.closed_on is not None:
                continue
            if not _left(right.grants, today):
                right.close(today, "withdrawn", [])
            elif self.died_on is not None and self.died_on <= today:
                right.close(today, "deceased", _left(right.grants, today))

    def _beginnings(self, today: date) -> None:
        """A grant opens a right, or joins the one that stands. Nothing opens on or after a death."""
        for grant in self.given:
            if grant.granted_on != today or (self.died_on is not None and self.died_on <= today):
                continue
            if grant.withdrawn_on is not None and grant.withdrawn_on <= today:
                continue
            if not self.rights or self.rights[-1].closed_on is not None:
                self.rights.append(Right(today))
            self.rights[-1].grants.append(grant)

    def _judge(self, right: Right, today: date) -> None:
        """Owner before executor before none; no fact ends a right before its own day."""
        running = [
            line
            for line in self.owned
            if line.assigned_on <= today and not (line.ended_on and line.ended_on <= today)
        ]
        if running:
            latest = max(line.assigned_on for line in running)
            service = min(line.service for line in running if line.assigned_on == latest)
            right.verdict, right.last_day = _verdict("owner", f"closing.owner.{service}"), None
            return
        if any(self._runs(line, today) for line in self.done):
            right.verdict, right.last_day = _verdict("executor", "closing.executor"), None
            return
        right.verdict, last_day = self._term(right, today)
        right.last_day = max(last_day, today)

    def _runs(self, line: Activity, today: date) -> bool:
        end = end_of(line)
        return begun_on(line) <= today and (end is None or end[0] > today)

    def _term(self, right: Right, today: date) -> tuple[dict[str, Any], date]:
        """The term that ends last, the owner's on a tie; without an end to count from, that from the grant."""
        granted_on = max(grant.granted_on for grant in _left(right.grants, today))
        terms = []
        latest_end_first = sorted(self.owned, key=lambda line: line.ended_on or today, reverse=True)
        for line in sorted(latest_end_first, key=lambda line: (-line.assigned_on.toordinal(), line.service)):
            if line.assigned_on <= today and line.ended_on and right.granted_on <= line.ended_on <= today:
                anchor = _later(("ownership_ended", line.ended_on), granted_on)
                book = self.rules.book(anchor[1], today)
                rule, term = book.of_owner(line.service, code_of(line.end_reason))
                terms.append((_verdict("former_owner", rule, anchor), term.after(anchor[1])))
        ends = [
            end for line in self.done if (end := end_of(line)) and end[0] <= today and end[1] != "never_ran"
        ]
        if ends:
            on = max(end[0] for end in ends)
            event = "activity_closed" if (on, "activity_closed") in ends else "activity_cancelled"
            anchor = _later((event, on), granted_on)
            rule, term = self.rules.book(anchor[1], today).of_executor(event)
            terms.append((_verdict("executor", rule, anchor), term.after(anchor[1])))
        if not terms:
            term = self.rules.book(granted_on, today).no_activity
            none = _verdict("none", "closing.no-activity", ("granted", granted_on))
            terms.append((none, term.after(granted_on)))
        latest = max(last_day for _verdict_of_term, last_day in terms)
        first = next(verdict for verdict, last_day in terms if last_day == latest)
        return first, latest


def _granted_by(line: Consent) -> list[Grant]:
    """What a consent grants: nothing while it is not complete, nor without the Brussels information."""
    granted_on = line.granted_on or line.completed_on
    if line.completed_on is None or granted_on is None:
        return []
    if line.route == "brussels_form" and not line.informed_of_actiris:
        return []
    return [Grant(line.route, granted_on, line.withdrawn_on)]


def begun_on(line: Activity) -> date:
    """An activity counts from its request, or from its start where that comes first or stands alone."""
    return min(on for on in (line.requested_on, line.started_on) if on)


def end_of(line: Activity) -> tuple[date, str] | None:
    """The first of its ends, the closing where both fall on one day; cancelled before it ran, it never counted."""
    if line.closed_on and (line.cancelled_on is None or line.closed_on <= line.cancelled_on):
        return line.closed_on, "activity_closed"
    if line.cancelled_on:
        ran = line.started_on is not None and line.started_on <= line.cancelled_on
        return line.cancelled_on, "activity_cancelled" if ran else "never_ran"
    return None


def _left(grants: list[Grant], today: date) -> list[Grant]:
    return [grant for grant in grants if grant.withdrawn_on is None or grant.withdrawn_on > today]


def _later(end: tuple[str, date], granted_on: date) -> tuple[str, date]:
    """Counted from the end, or from the last grant where that is later."""
    return ("granted", granted_on) if granted_on > end[1] else end


def _verdict(relation: str, rule: str, anchor: tuple[str, date] | None = None) -> dict[str, Any]:
    counted = {"event": anchor[0], "on": str(anchor[1])} if anchor else None
    return {"relation": relation, "rule": rule, "anchor": counted}


def _printed(client: str, unit: str, right: Right, day: date) -> dict[str, Any]:
    grants = _left(right.grants, day) if right.closed_on is None else right.closed_with
    return {
        "client_number": client,
        "oe_number": unit,
        "granted_on": str(right.granted_on),
        "last_granted_on": str(max(grant.granted_on for grant in grants)) if grants else None,
        "grounds": [ground for ground in GROUNDS if any(grant.ground == ground for grant in grants)],
        **right.verdict,
        "last_day": str(right.last_day) if right.last_day else None,
        "closed_on": str(right.closed_on) if right.closed_on else None,
        "closing_reason": right.closing_reason,
        "held": None,
        "proposed_last_day": None,
    }
