"""How often each rule and boundary occurred among the clients compared: what never came up proves nothing.

Told by the reference alone, so that production can't hide what it never meets.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.rules.occurrences_of_books import of_books, one_last_day, term_behind
from tests.rules.reference import Life, Register, Right, begun_on, end_of
from tests.rules.reference_books import ONE_DAY, Rules

PRINTED = "printed after the run"
"""The property of a test under which the run prints the table, whatever else it keeps to itself."""

RULES = (
    "closing.owner.SIF",
    "closing.owner.TIBB4",
    "closing.owner.WIJ3",
    "closing.executor",
    "closing.no-activity",
)
RELATIONS = ("owner", "former_owner", "executor", "none")
EVENTS = ("ownership_ended", "activity_closed", "activity_cancelled", "granted")
REASONS = ("term", "withdrawn", "deceased")
BOUNDARIES = (
    "granted anew while open",
    "several grounds",
    "granted on the last day",
    "granted on the first day without",
    "granted on the day of a withdrawal",
    "granted on or after the death",
    "consent withdrawn before it grants",
    "withdrawn with a ground left",
    "counted from a month's last day",
    "counted from 28 or 29 February",
    "activity ended before the grant",
    "ownership ended before the grant",
    "executes when the ownership ends",
    "two activities end on one day",
    "owner and executor end on one day",
    "owner and executor have one last day",
    "two ownerships ended",
    "executes trajectory activities only",
    "cancelled before it ran",
    "cancelled after it ran",
    "closed and cancelled",
    "ends on the day of a fact, past its term",
    "a right after a right",
    "assigned and ended on one day",
    "ownership passes on one day",
    "service not tendered",
    "consent incomplete",
    "an end later than the day asked",
    "no right at all",
    "two books or more",
    "counted by a later book",
    "counted in days",
    "a term for this kind of end alone",
    "ended in a way without a term of its own",
    "ended in words that are no code",
    "a term for cancelled activities alone",
    "a move brings the day nearer",
    "a move takes the day further",
    "ends on the day of a move, past its term",
)


class Occurrences:
    """Counts clients by what occurred in their history up to `end`."""

    def __init__(self, end: date) -> None:
        self.end, self.clients = end, 0
        self._noted: set[str] = set()
        names = [
            *RULES,
            *(f"relation {relation}" for relation in RELATIONS),
            *(f"counted from {event}" for event in EVENTS),
            *(f"closed: {reason}" for reason in REASONS),
            *BOUNDARIES,
        ]
        self._counted = Counter(dict.fromkeys(names, 0))

    def note_day(self, register: Register, listed: list[dict[str, Any]], day: date) -> None:
        """Note what a day that was compared shows of the client in hand."""
        open_for = {right["oe_number"] for right in listed if right["closed_on"] is None}
        ends = [(line.oe_number, line.ended_on) for line in register.assignments]
        ends += [(line.oe_number, line.withdrawn_on) for line in register.consents]
        ends += [(line.oe_number, end[0]) for line in register.activities if (end := end_of(line))]
        if any(unit in open_for and on and on > day for unit, on in ends):
            self._noted.add("an end later than the day asked")

    def note(self, register: Register, rules: Rules) -> None:
        """Count the client in hand, judged by these rules."""
        self.clients += 1
        found, self._noted = self._noted | set(_of_lines(register)), set()
        (client,) = register.clients
        rights: list[Right] = []
        for unit in register.units:
            life = Life(register, client, unit, rules)
            rights += life.until(self.end)
            found |= set(_of_life(life))
            found |= set(_of_last_days(register, client, unit, life))
            found |= set(of_books(register, client, unit, life, self.end))
        if not rights:
            found.add("no right at all")
        if len(rules.books) > 1:
            found.add("two books or more")
        self._counted.update(found & set(self._counted))

    def add(self, others: "Occurrences") -> None:
        """Count those that were counted elsewhere."""
        self.clients += others.clients
        self._counted.update(others._counted)

    def rare(self, *, below: float) -> list[str]:
        """What occurred for a smaller share of the clients."""
        return [name for name, count in self._counted.items() if count < below * self.clients]

    def table(self) -> str:
        """The shares, to be printed."""
        rows = (f"{name:<42} {100 * count / self.clients:5.1f} %" for name, count in self._counted.items())
        return "\n".join([f"\nOf {self.clients} clients:", *rows])


def _of_lines(register: Register) -> Iterator[str]:
    (died_on,) = register.clients.values()
    for line in register.assignments:
        if line.service not in register.tendered:
            yield "service not tendered"
        elif line.assigned_on == line.ended_on:
            yield "assigned and ended on one day"
        for other in register.assignments:
            tendered = {line.service, other.service} <= register.tendered
            if tendered and other.oe_number != line.oe_number and other.assigned_on == line.ended_on:
                yield "ownership passes on one day"
    for consent in register.consents:
        if consent.completed_on is None or (
            consent.route == "brussels_form" and not consent.informed_of_actiris
        ):
            yield "consent incomplete"
            continue
        granted_on = consent.granted_on or consent.completed_on
        if consent.withdrawn_on and consent.withdrawn_on <= granted_on:
            yield "consent withdrawn before it grants"
        if died_on and granted_on >= died_on:
            yield "granted on or after the death"


def _of_life(life: Life) -> Iterator[str]:
    before: Right | None = None
    for right in life.rights:
        yield from _of_verdict(life, right)
        yield from _of_grants(right)
        yield from _of_ends(life, right)
        if before:
            yield "a right after a right"
            if before.closed_on == right.granted_on:
                yield (
                    "granted on the day of a withdrawal"
                    if before.closing_reason == "withdrawn"
                    else ("granted on the first day without")
                )
        before = right


def _of_verdict(life: Life, right: Right) -> Iterator[str]:
    relation, rule, anchor = (right.verdict[key] for key in ("relation", "rule", "anchor"))
    yield next(name for name in RULES if rule == name or rule.startswith(f"{name}."))
    yield f"relation {relation}"
    yield f"closed: {right.closing_reason}"
    if relation == "executor" and {line.kind for line in life.done} == {"trajectory"}:
        yield "executes trajectory activities only"
    if anchor is None:
        return
    on = date.fromisoformat(anchor["on"])
    yield f"counted from {anchor['event']}"
    if (on + ONE_DAY).month != on.month:
        yield "counted from a month's last day"
    if on.month == 2 and on.day >= 28:
        yield "counted from 28 or 29 February"
    if anchor["event"] == "granted" and relation == "executor":
        yield "activity ended before the grant"
    if anchor["event"] == "granted" and relation == "former_owner":
        yield "ownership ended before the grant"
    if (
        right.closing_reason == "term"
        and right.last_day
        and right.last_day > term_behind(life, right).after(on)
    ):
        yield "ends on the day of a fact, past its term"


def _of_grants(right: Right) -> Iterator[str]:
    if any(grant.granted_on > right.granted_on for grant in right.grants):
        yield "granted anew while open"
    if len({grant.ground for grant in right.grants}) > 1:
        yield "several grounds"
    for grant in right.grants:
        if grant.withdrawn_on and right.last_day and grant.withdrawn_on <= right.last_day:
            yield "withdrawn with a ground left"


def _of_ends(life: Life, right: Right) -> Iterator[str]:
    stood = [
        (line, end)
        for line in life.done
        if (end := end_of(line)) and right.last_day and right.granted_on <= end[0] <= right.last_day
    ]
    if len({end[0] for _line, end in stood}) < len(stood):
        yield "two activities end on one day"
    for line, (_on, event) in stood:
        if event == "never_ran":
            yield "cancelled before it ran"
        if event == "activity_cancelled":
            yield "cancelled after it ran"
        if line.closed_on and line.cancelled_on:
            yield "closed and cancelled"
    ended = [line.ended_on for line in life.owned if line.ended_on and line.ended_on >= right.granted_on]
    if len(ended) > 1:
        yield "two ownerships ended"
    for on in ended:
        if any(begun_on(line) <= on and not ((end := end_of(line)) and end[0] <= on) for line in life.done):
            yield "executes when the ownership ends"
        if any(on == end[0] for _line, end in stood):
            yield "owner and executor end on one day"
    if ended and one_last_day(life, right):
        yield "owner and executor have one last day"


def _of_last_days(register: Register, client: str, unit: str, life: Life) -> Iterator[str]:
    for right in life.rights:
        for on in {grant.granted_on for grant in right.grants} - {right.granted_on}:
            eve = Life(register, client, unit, life.rules).until(on - ONE_DAY)[-1]
            if eve.last_day == on:
                yield "granted on the last day"
