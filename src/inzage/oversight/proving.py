"""`inzage prove`: every open right recomputed from its facts by the rules, and compared with what is stored.

A closed right is final: facts that were corrected later leave it as it was. It is compared with its own history,
which only grows; and so is every fact (`histories.py`). What is stored is right as of the last night that is done: what
a later one will begin or move is no difference yet.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from inzage.oversight.differences import Difference, in_words
from inzage.oversight.histories import changed_anywhere, changed_in
from inzage.oversight.models import Differing
from inzage.oversight.proven import CLOSED, CLOSED_ON, KEY, OWNED, RIGHT, Days, proven
from inzage.rule_books.in_force import books_known_at, refresh
from inzage.rules.days import day_of
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.carrying_out import waiting
from inzage.view_rights.catching_up import beginning, lock
from inzage.view_rights.closing import VERDICT
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.models import ClosingRun, ViewRight, ViewRightVersion
from inzage.view_rights.parallel import ENOUGH, collector_at_rest, in_order
from inzage.view_rights.prepared import Row
from inzage.view_rights.scopes import Scope, between, ranges, stored, these

CHUNK = 10_000
"""Dossiers judged at a time: bounds the memory of each process."""


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


def _compare(scope: Scope, days: Days) -> tuple[int, dict[int, list[Difference]]]:
    """How many rights were looked at, and the differences by dossier."""
    gathered, rights = gather(scope), stored(ViewRight, RIGHT, scope, "dossier_id")
    closed = [row for row in rights if row[CLOSED_ON] is not None]
    found = [
        *_open_ones(rights, gathered, days),
        *_closed_ones(closed, scope),
        *_rights_missing(gathered, rights),
    ]
    suspects: dict[int, list[Difference]] = {}
    for difference in found:
        suspects.setdefault(difference.dossier, []).append(difference)
    return len(rights), suspects


def _open_ones(rights: list[Row], gathered: Gathered, days: Days) -> Iterator[Difference]:
    """The open rights that are not what the facts make of them, by the books or those before a decision under way."""
    by, earlier = refresh(), None
    for row in rights:
        told = row[len(KEY) : CLOSED_ON]
        if row[CLOSED_ON] is not None or (found := proven(row, gathered, by, days)) == told:
            continue
        earlier = _earlier_books() if earlier is None else earlier
        if all(proven(row, gathered, books, days) != told for books in earlier):
            yield _difference(row, told, found)


def _earlier_books() -> list[RuleBooks]:
    """The books before each decision that is still to be carried out for rights that stand."""
    return [books_known_at(decided.at - timedelta(microseconds=1)) for decided in waiting()]


def _closed_ones(closed: list[Row], scope: Scope) -> Iterator[Difference]:
    """The closed rights that are not what their history says."""
    kept = _kept(scope) if closed else {}
    for row in closed:
        told = row[len(KEY) - 1 :]  # from the day of the grant on
        if told != kept.get(row[0]):
            yield _difference(row, told, kept.get(row[0], ()))


def _rights_missing(gathered: Gathered, rights: list[Row]) -> Iterator[Difference]:
    """The grounds of rights that are not there: mostly each right has its own, and counting them is enough."""
    if sum(row[: len(OWNED)] in gathered.grants for row in rights) == len(gathered.grants):
        return
    for right, dossier, unit in gathered.grants.keys() - {row[: len(OWNED)] for row in rights}:
        yield Difference(right, dossier, unit, f"of right {right}", "no such right", Differing.Kind.GROUND)


def _kept(scope: Scope) -> dict[int, tuple[Any, ...]]:
    """What the append-only history says closed rights are."""
    closed = ViewRightVersion.objects.filter(**scope.on("dossier_id")).exclude(closed_on=None)
    return {
        row[0]: row[1:]
        for row in closed.order_by("pk").values_list("right_id", "granted_on", *VERDICT, *CLOSED)
    }


def _difference(row: Row, stored: Any, proven: Any) -> Difference:
    right, dossier, unit, _granted_on = row[: len(KEY)]
    return Difference(right, dossier, unit, in_words(stored), in_words(proven))
