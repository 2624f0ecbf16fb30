"""`inzage prove`: every open right recomputed from its facts by the rules, and compared with what is stored.

A closed right is final: facts that were corrected later leave it as it was. It is compared with its own history,
which only grows.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from inzage.dossiers.models import Dossier
from inzage.rule_books.in_force import refresh
from inzage.rules.closing import NoGround
from inzage.rules.facts import Grant
from inzage.rules.history import grants_at_all
from inzage.rules.holding import outcome_with_holds
from inzage.rules.rulebook import ClosingRule, RuleBooks
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.parallel import ENOUGH, collector_at_rest, in_order
from inzage.view_rights.scopes import Scope, between, ranges, stored, these

CHUNK = 10_000
"""Dossiers judged at a time: bounds the memory of each process."""

KEY = ("id", "dossier_id", "unit_id", "granted_on")
VERDICT = (
    "relation",
    "rule",
    "rule_version",
    "rule_status",
    "rule_gap",
    "anchor_event",
    "anchor_on",
    "last_day",
    "ends_by",
    "held",
    "proposed_last_day",
)
CLOSED = ("closed_on", "closing_reason")
RIGHT = (*KEY, *VERDICT, *CLOSED)
LAST_DAY, CLOSED_ON = RIGHT.index("last_day"), RIGHT.index("closed_on")
RULE_VERSION, HELD, PROPOSED = map(RIGHT.index, ("rule_version", "held", "proposed_last_day"))
"""Where these days stand in a row."""


class Difference(NamedTuple):
    """A right that is not what its facts and the rules, or its own history, say."""

    right: int
    dossier: int
    unit: int
    stored: str
    proven: str


class Proof(NamedTuple):
    """How many rights were judged, and which differ."""

    judged: int
    differences: list[Difference]


def prove(*, today: date, processes: int = 0, progress: Callable[[int], None] = lambda _n: None) -> Proof:
    """Judge every right anew, `processes` at a time (0: as many as do well here; 1 stays in this process)."""
    judged, differences = 0, list[Difference]()
    for part in proving(today=today, processes=processes):
        judged += part.judged
        differences += part.differences
        progress(part.judged)
    return Proof(judged, differences)


def proving(*, today: date, processes: int = 0) -> Iterator[Proof]:
    """The same part by part, so that whoever has something else to do can do it between two of them."""
    asked = ((first, last, today) for first, last in ranges(CHUNK))
    for count, found in in_order(_prove_range, asked, processes=processes or ENOUGH):
        yield Proof(count, found)


def _prove_range(asked: tuple[int, int, date]) -> tuple[int, list[Difference]]:
    """Judge the rights of these dossiers; what seems to differ is judged again under the dossier's lock."""
    first, last, today = asked
    scope = between(first, last)
    with collector_at_rest():
        count, suspects = _compare(scope, today)
    found = []
    for dossier in sorted(suspects):
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=dossier)
            found += _compare(these(dossier), today)[1].get(dossier, [])
    return count, found


def _compare(scope: Scope, today: date) -> tuple[int, dict[int, list[Difference]]]:
    """How many rights were looked at, and the differences by dossier."""
    suspects: dict[int, list[Difference]] = {}
    gathered = gather(scope)
    rights = stored(ViewRight, RIGHT, scope, "dossier_id")
    by = refresh()
    closed = []
    for row in rights:
        if row[CLOSED_ON] is not None:
            closed.append(row)
            continue
        told = row[len(KEY) : CLOSED_ON]
        proven = _proven(row, gathered, by, today)
        if proven != told:
            _note(suspects, row, told, proven)
    kept = _kept(scope) if closed else {}
    for row in closed:
        told = row[len(KEY) - 1 :]  # from the day of the grant on
        if told != kept.get(row[0]):
            _note(suspects, row, told, kept.get(row[0], ()))
    return len(rights), suspects


def _proven(row: tuple[Any, ...], gathered: Gathered, by: RuleBooks, today: date) -> tuple[Any, ...]:
    """The verdict on an open right from its facts; one whose stored last day is past is judged on that day.

    That it is held is taken from the right, and with it which day waits: whether that day still does, is judged.
    """
    right_id, dossier, unit, granted_on = row[: len(KEY)]
    last_day = row[LAST_DAY]
    grounds = gathered.grants.get((right_id, dossier, unit), ())
    if not _begins_with(grounds, granted_on):
        return ("not the day of its first ground",)
    case = gathered.case(right_id, dossier, unit, granted_on)
    on = today if last_day is None else min(today, last_day)
    waits = row[PROPOSED]
    since, holds = max(granted_on, min(on, waits) if waits else on), (waits,) if waits else ()
    try:
        judged = outcome_with_holds(case, by, since=since, holds=holds, today=on)
    except NoGround as error:
        return (str(error),)
    verdict, last_day, reason = judged.outcome
    rule, anchor = verdict.rule, verdict.anchor
    if anchor is None:
        rule = _in_its_version(rule, row[RULE_VERSION], by)
    counted = (anchor.event, anchor.on) if anchor else ("", None)
    return (
        verdict.relation,
        rule.id,
        rule.version,
        rule.status,
        verdict.rule_gap,
        *counted,
        last_day,
        reason,
        row[HELD] if judged.proposed else "",
        judged.proposed,
    )


def _in_its_version(rule: ClosingRule, version: str, by: RuleBooks) -> ClosingRule:
    """The rule as the right names it: while no event has started a term, in the version of when it was last judged."""
    with suppress(KeyError):
        return by.version(version).rule(rule.id)
    return rule


def _begins_with(grounds: Sequence[Grant], granted_on: date) -> bool:
    """Whether that is the day of a ground, and none that ever counted lies before it."""
    begins = False
    for grant in grounds:
        if grant.granted_on == granted_on:
            begins = True
        elif grant.granted_on < granted_on and grants_at_all(grant, None):
            return False
    return begins


def _kept(scope: Scope) -> dict[int, tuple[Any, ...]]:
    """What the append-only history says closed rights are."""
    closed = ViewRightVersion.objects.filter(**scope.on("dossier_id")).exclude(closed_on=None)
    return {
        row[0]: row[1:]
        for row in closed.order_by("pk").values_list("right_id", "granted_on", *VERDICT, *CLOSED)
    }


def _note(suspects: dict[int, list[Difference]], row: tuple[Any, ...], stored: Any, proven: Any) -> None:
    right, dossier, unit, _granted_on = row[: len(KEY)]
    difference = Difference(right, dossier, unit, _words(stored), _words(proven))
    suspects.setdefault(dossier, []).append(difference)


def _words(values: tuple[Any, ...]) -> str:
    return " ".join(str(value) for value in values if value not in (None, "", False)) or "nothing"
