"""`inzage replay`: decisions on record, judged again by the rules from the facts as they were known at their moment.

What is judged again is the unit's right on the dossier, or that it has none. Whose account and membership it was, is
kept with the decision and has no history; a decision on anything else, or about another moment, is counted and left.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Model, QuerySet

from inzage.access_log.models import Decided
from inzage.dossiers.models import ActivityVersion, AssignmentVersion, ClientVersion, EarlierRun
from inzage.oversight.recorded import Known, rights_known
from inzage.rule_books.in_force import books_known_at
from inzage.rules.closing import NoGround
from inzage.rules.days import day_of, midnight
from inzage.rules.holding import outcome_with_holds
from inzage.rules.periods import day_after
from inzage.rules.viewing import Reason
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import GrantVersion, ViewRightVersion
from inzage.view_rights.scopes import these

ON_A_RIGHT = tuple(map(str, (Reason.RIGHT_STANDS, Reason.RIGHT_CLOSED, Reason.NO_RIGHT)))
UNDER_WAY = timedelta(seconds=30)
"""A change is dated when it begins, and is seen when it is committed; a decision is dated when it is asked, and sees
what is committed when it is judged. Where the two are so close, either may have come first."""
IMPORTING = timedelta(days=1)
"""The same for what is imported: all of it is dated when the import began, which takes as long as this at most."""

HISTORIES: Mapping[type[Model], str] = {
    ViewRightVersion: "dossier",
    GrantVersion: "dossier",
    AssignmentVersion: "dossier",
    ActivityVersion: "dossier",
    EarlierRun: "dossier",
    ClientVersion: "client__dossier",
}
"""What a decision follows from, and how each is of a dossier."""
BEFORE_ALL = datetime(1, 1, 2, tzinfo=UTC)


class Judged(NamedTuple):
    """What a decision says: the reason, and of the right its id, rule, version of the rule, and last day."""

    reason: str
    right: int | None = None
    rule: str = ""
    rule_version: str = ""
    last_day: date | None = None


class Difference(NamedTuple):
    """A decision that comes out differently."""

    record: str
    position: int
    at: datetime
    recorded: Judged
    again: Judged


class Replay(NamedTuple):
    """How many decisions were judged again, how many a change overtook that was being written, how many were left."""

    judged: int
    overtaken: int
    left: int
    differences: list[Difference]


def replay(day: date) -> Replay:
    """Judge the decisions that were given on a day in Brussels again."""
    on_day = Decided.objects.filter(
        record__timestamp__gte=midnight(day), record__timestamp__lt=midnight(day_after(day))
    )
    to_judge = on_day.filter(reason__in=ON_A_RIGHT, dossier__isnull=False, asked_about=None)
    judged, overtaken, differences = 0, 0, list[Difference]()
    for dossier, decisions in groupby(_in_order(to_judge), attrgetter("dossier")):
        history = History(dossier)
        for decided in decisions:
            judged += 1
            difference = _difference(decided, history)
            if difference and history.may_be_overtaken(difference, decided.unit):
                overtaken += 1
            elif difference:
                differences.append(difference)
    return Replay(judged, overtaken, on_day.count() - judged, differences)


def _in_order(decisions: QuerySet[Decided]) -> Iterator[Decided]:
    ordered = decisions.select_related("record").defer("record__request", "record__response")
    return ordered.order_by("dossier", "record__timestamp", "position").iterator(chunk_size=5000)


def _difference(decided: Decided, history: "History") -> Difference | None:
    at = decided.record.timestamp
    recorded = Judged(decided.reason, decided.right, decided.rule, decided.rule_version, decided.last_day)
    again = history.judged(decided.unit, at)
    if recorded == again:
        return None
    return Difference(str(decided.record_id), decided.position, at, recorded, again)


class History:
    """What was known of a dossier when: judged once for every state of knowledge and day."""

    def __init__(self, dossier: int) -> None:
        self._dossier = dossier
        self._spans = _changes(dossier)
        self._changes = sorted(self._spans)
        self._known: dict[tuple[str, int, date], Judged] = {}

    def judged(self, unit: str, at: datetime) -> Judged:
        """What the rules say of the unit's right on the day of `at`, from the facts known at that moment."""
        return self._judged(unit, bisect_right(self._changes, at), day_of(at))

    def may_be_overtaken(self, difference: Difference, unit: str) -> bool:
        """Whether it is what a change that was being written accounts for: right without it, or with it already.

        Where several were being written, any of them may have been seen.
        """
        at = difference.at
        first, known = bisect_right(self._changes, at - IMPORTING), bisect_right(self._changes, at)
        before = [place for place in range(first, known) if self._was_under_way(place, at)]
        after = range(known, bisect_right(self._changes, at + UNDER_WAY))
        if len(before) + len(after) > 1:
            return True
        states = [*before, *(place + 1 for place in after)]
        return any(self._judged(unit, state, day_of(at)) == difference.recorded for state in states)

    def _was_under_way(self, place: int, at: datetime) -> bool:
        change = self._changes[place]
        return at - change < self._spans[change]

    def _judged(self, unit: str, state: int, on: date) -> Judged:
        """From the first `state` changes."""
        key = (unit, state, on)
        if key not in self._known:
            known_at = self._changes[state - 1] if state else BEFORE_ALL
            self._known[key] = _judge(self._dossier, unit, known_at, on)
        return self._known[key]


def _changes(dossier: int) -> dict[datetime, timedelta]:
    """The moments at which something about the dossier was recorded, and how long writing it can have taken."""
    spans: dict[datetime, timedelta] = {}
    for model, whose in HISTORIES.items():
        recorded = model._default_manager.filter(**{whose: dossier})
        for moment, by in recorded.values_list("recorded_at", "recorded_by"):
            spans[moment] = IMPORTING if by.startswith("import:") else UNDER_WAY
    return spans


def _judge(dossier: int, unit: str, known_at: datetime, on: date) -> Judged:
    """The right that was the unit's latest then: closed as its history says, or judged from its facts."""
    right = _right_then(dossier, unit, known_at, on)
    if right is None:
        return Judged(Reason.NO_RIGHT)
    last_day, rule, rule_version = right.last_day, right.rule, right.rule_version
    if right.closed_on is None:
        since = max(right.granted_on, on if last_day is None else min(on, last_day))
        case = gather(these(dossier), known_at=known_at).case(
            right.right, dossier, right.unit, right.granted_on
        )
        waits = right.proposed_last_day
        since, holds = (max(right.granted_on, min(since, waits)), (waits,)) if waits else (since, ())
        try:
            outcome = outcome_with_holds(
                case, books_known_at(known_at), since=since, holds=holds, today=on
            ).outcome
        except NoGround:
            return Judged("no ground", right.right)
        last_day = outcome.last_day
        rule, rule_version = outcome.verdict.rule.id, outcome.verdict.rule.version
    ended = (right.closed_on is not None and right.closed_on <= on) or (
        last_day is not None and last_day < on
    )
    reason = Reason.RIGHT_CLOSED if ended else Reason.RIGHT_STANDS
    return Judged(str(reason), right.right, rule, rule_version, last_day)


def _right_then(dossier: int, unit: str, known_at: datetime, on: date) -> Known | None:
    """What was known of the unit's latest right that had begun; one that stands goes before the others."""
    known = rights_known(these(dossier), known_at)
    rights = [right for right in known if right.oe_number == unit and right.granted_on <= on]
    ordered = sorted(rights, key=attrgetter("granted_on", "right"))
    standing = [right for right in ordered if right.closed_on is None or right.closed_on > on]
    found = standing or ordered
    return found[-1] if found else None
