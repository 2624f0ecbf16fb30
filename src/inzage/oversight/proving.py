"""`inzage prove`: every open right recomputed from its facts by the rules, and compared with what is stored.

A closed right is final: facts that were corrected later leave it as it was. It is compared with its own history,
which only grows; and so is every fact (`histories.py`). What is stored is right as of the last night that is done: what
a later one will begin or move is no difference yet.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from inzage.oversight.differences import Difference, in_words
from inzage.oversight.histories import changed_anywhere, changed_in
from inzage.oversight.models import Differing
from inzage.rule_books.in_force import books_known_at, refresh
from inzage.rules.closing import NoGround
from inzage.rules.days import day_of
from inzage.rules.facts import Grant
from inzage.rules.history import grants_at_all
from inzage.rules.holding import outcome_with_holds
from inzage.rules.rulebook import ClosingRule, RuleBooks
from inzage.view_rights.carrying_out import waiting
from inzage.view_rights.catching_up import beginning, lock
from inzage.view_rights.gathering import Gathered, Owned, gather
from inzage.view_rights.models import ClosingRun, ViewRight, ViewRightVersion
from inzage.view_rights.parallel import ENOUGH, collector_at_rest, in_order
from inzage.view_rights.prepared import Row
from inzage.view_rights.scopes import Scope, between, ranges, stored, these

CHUNK = 10_000
"""Dossiers judged at a time: bounds the memory of each process."""

OWNED = ("id", "dossier_id", "unit_id")
KEY = (*OWNED, "granted_on")
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


class Proof(NamedTuple):
    """How many rights were judged, and what differs."""

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
    night = last_night(today)
    yield Proof(0, [*_not_begun(night), *changed_anywhere()])
    asked = ((first, last, Days(today, night)) for first, last in ranges(CHUNK))
    for count, found in in_order(_prove_range, asked, processes=processes or ENOUGH):
        yield Proof(count, found)


class Days(NamedTuple):
    """The day as of which is proven, and up to which what begins or moves by itself has done so."""

    today: date
    night: date


def last_night(today: date) -> date:
    """The last day up to today of which the night is done. A run for a day to come did no later night than its own."""
    runs = ClosingRun.objects.exclude(finished_at=None).values_list("day", "started_at")
    return max((min(day, day_of(started_at), today) for day, started_at in runs), default=date.min)


def _not_begun(night: date) -> Iterator[Difference]:
    """The grounds whose day has come, and that the night of that day gave no right."""
    columns = ("dossier_id", "unit_id", "ground", "granted_on")
    for dossier, unit, ground, granted_on in beginning(night).values_list(*columns):
        said = in_words((ground, granted_on))
        yield Difference(None, dossier, unit, said, "a right with this ground", Differing.Kind.GROUND)


def _prove_range(asked: tuple[int, int, Days]) -> tuple[int, list[Difference]]:
    """Judge the rights of these dossiers; what seems to differ is judged again under the dossier's lock."""
    first, last, days = asked
    scope = between(first, last)
    with collector_at_rest():
        count, suspects = _compare(scope, days)
    found = list(changed_in(scope))
    for dossier in sorted(suspects):
        with transaction.atomic():
            lock([dossier])
            found += _compare(these(dossier), days)[1].get(dossier, [])
    return count, found


def _earlier_books() -> list[RuleBooks]:
    """The books before each decision that is still to be carried out for rights that stand."""
    return [books_known_at(decided.at - timedelta(microseconds=1)) for decided in waiting()]


def _compare(scope: Scope, days: Days) -> tuple[int, dict[int, list[Difference]]]:
    """How many rights were looked at, and the differences by dossier."""
    suspects: dict[int, list[Difference]] = {}
    by = refresh()
    gathered = gather(scope)
    rights = stored(ViewRight, RIGHT, scope, "dossier_id")
    closed, differing = [], []
    for row in rights:
        if row[CLOSED_ON] is not None:
            closed.append(row)
            continue
        told = row[len(KEY) : CLOSED_ON]
        proven = _proven(row, gathered, by, days)
        if proven != told:
            differing.append((row, told, proven))
    earlier = _earlier_books() if differing else []
    for row, told, proven in differing:
        if all(_proven(row, gathered, books, days) != told for books in earlier):
            _note(suspects, row, told, proven)
    kept = _kept(scope) if closed else {}
    for row in closed:
        told = row[len(KEY) - 1 :]  # from the day of the grant on
        if told != kept.get(row[0]):
            _note(suspects, row, told, kept.get(row[0], ()))
    for right, dossier, unit in _without_right(gathered, rights):
        ground = Difference(right, dossier, unit, f"of right {right}", "no such right", Differing.Kind.GROUND)
        suspects.setdefault(dossier, []).append(ground)
    return len(rights), suspects


def _without_right(gathered: Gathered, rights: list[Row]) -> Collection[Owned]:
    """Which rights have grounds and are not there: mostly each has its own, and counting them is enough."""
    if sum(row[: len(OWNED)] in gathered.grants for row in rights) == len(gathered.grants):
        return ()
    return gathered.grants.keys() - {row[: len(OWNED)] for row in rights}


def _proven(row: tuple[Any, ...], gathered: Gathered, by: RuleBooks, days: Days) -> tuple[Any, ...]:
    """The verdict on an open right from its facts; one whose stored last day is past is judged on that day.

    That it is held is taken from the right, and with it which day waits: whether that day still does, is judged. What
    was entered ahead lifts the hold in the night of its own day.
    """
    right_id, dossier, unit, granted_on = row[: len(KEY)]
    last_day = row[LAST_DAY]
    grounds = gathered.grants.get((right_id, dossier, unit), ())
    if not grounds:
        return ("no ground",)
    if not _begins_with(grounds, granted_on):
        return ("not the day of its first ground",)
    case = gathered.case(right_id, dossier, unit, granted_on)
    on = days.today if last_day is None else min(days.today, last_day)
    waits = row[PROPOSED]
    since, until, holds = on, on, set[date]()
    if waits:
        since, until, holds = min(on, waits), min(on, days.night), {waits}
    try:
        judged = outcome_with_holds(case, by, since=max(granted_on, since), holds=holds, today=until)
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
    difference = Difference(right, dossier, unit, in_words(stored), in_words(proven))
    suspects.setdefault(dossier, []).append(difference)
