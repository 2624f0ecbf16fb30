"""How often each rule and boundary occurred among the clients compared: what never came up proves nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from inzage.rules.closing import outcome_of
from inzage.rules.facts import Grant
from inzage.rules.history import Right
from inzage.rules.names import ClosingReason, Event, Relation
from tests.rules.cases import BOOKS
from tests.rules.reference import Register, end_of

ONE_DAY = timedelta(days=1)
RULES = (
    "closing.owner.SIF",
    "closing.owner.TIBB4",
    "closing.owner.WIJ3",
    "closing.executor",
    "closing.no-activity",
)
REASONS = (ClosingReason.TERM, ClosingReason.WITHDRAWN, ClosingReason.DECEASED)
BOUNDARIES = (
    "several grounds",
    "granted on the last day",
    "granted on the first day without",
    "counted from a month's last day",
    "counted from 28 or 29 February",
    "ended before the grant",
    "executes when ownership ends",
    "two ends on one day",
    "owner and executor end on one day",
    "trajectory activities only",
    "withdrawn with a ground left",
    "cancelled before it ran",
    "cancelled after it ran",
    "a right after a right",
    "no right at all",
)


class Occurrences:
    """Counts clients by what occurred in their history."""

    def __init__(self) -> None:
        self.clients = 0
        names = [
            *RULES,
            *(f"relation {relation}" for relation in Relation),
            *(f"anchor {event}" for event in Event),
            *(f"closed: {reason}" for reason in REASONS),
            *BOUNDARIES,
        ]
        self._counted = Counter(dict.fromkeys(names, 0))

    def note(self, register: Register, rights: dict[str, list[Right]]) -> None:
        """Count one client."""
        self.clients += 1
        found = {name for ones in rights.values() for name in _of_unit(ones)}
        found |= set(_of_register(register))
        if not any(rights.values()):
            found.add("no right at all")
        self._counted.update(found & set(self._counted))

    def rare(self, *, below: float) -> list[str]:
        """What occurred for a smaller share of the clients."""
        return [name for name, count in self._counted.items() if count < below * self.clients]

    def table(self) -> str:
        """The shares, to be printed."""
        rows = (f"{name:<40} {100 * count / self.clients:5.1f} %" for name, count in self._counted.items())
        return "\n".join([f"\nOf {self.clients} clients:", *rows])


def _of_unit(rights: list[Right]) -> Iterator[str]:
    for place, right in enumerate(rights):
        verdict, _last_day, reason = right.outcome
        yield verdict.rule.id
        yield f"relation {verdict.relation}"
        yield f"closed: {reason}"
        if len(right.case.grants) > 1:
            yield "several grounds"
        if any(_came_on_the_last_day(right, grant) for grant in right.case.grants[1:]):
            yield "granted on the last day"
        if verdict.rule_gap:
            yield "trajectory activities only"
        if place and right.case.granted_on == rights[place - 1].outcome.closed_on():
            yield "granted on the first day without"
        if place:
            yield "a right after a right"
        yield from _of_anchor(right)
        yield from _of_facts(right)


def _came_on_the_last_day(right: Right, grant: Grant) -> bool:
    """Whether without this grant its own day would have been the last."""
    earlier = tuple(one for one in right.case.grants if one.granted_on < grant.granted_on)
    if not earlier:
        return False
    case, on = right.case._replace(grants=earlier), grant.granted_on
    return outcome_of(case, BOOKS, since=case.granted_on, until=on).last_day == on


def _of_anchor(right: Right) -> Iterator[str]:
    anchor = right.outcome.verdict.anchor
    if anchor is None:
        return
    yield f"anchor {anchor.event}"
    if (anchor.on + ONE_DAY).month != anchor.on.month:
        yield "counted from a month's last day"
    if anchor.on.month == 2 and anchor.on.day >= 28:
        yield "counted from 28 or 29 February"
    if anchor.event is Event.GRANTED and right.outcome.verdict.relation is not Relation.NONE:
        yield "ended before the grant"


def _of_facts(right: Right) -> Iterator[str]:
    case, last_day = right.case, right.outcome.last_day
    for grant in case.grants:
        if grant.withdrawn_on and last_day and grant.withdrawn_on <= last_day:
            yield "withdrawn with a ground left"
    for ownership in case.ownerships:
        ended_on = ownership.ended_on
        for line in case.executions:
            if ended_on and line.begun_on <= ended_on and (line.ended_on is None or line.ended_on > ended_on):
                yield "executes when ownership ends"
            if ended_on and line.ended_on == ended_on:
                yield "owner and executor end on one day"


def _of_register(register: Register) -> Iterator[str]:
    ends = [end for line in register.activities if (end := end_of(line))]
    if len({on for on, _event in ends}) < len(ends):
        yield "two ends on one day"
    for _on, event in ends:
        if event == "never_ran":
            yield "cancelled before it ran"
        if event == "activity_cancelled":
            yield "cancelled after it ran"
