"""The nightly run (S22): opens what begins, closes what has ended, each judged again with fresh facts; tells what
ends soon.

It goes through in batches, each one transaction: killed at any moment and started again it ends the same, and two
machines at once do the work once, since each batch locks its dossiers and looks again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count, F, Q

from inzage.dossiers.models import Activity, Dossier
from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.notices.sending import queue
from inzage.rules.days import day_of
from inzage.rules.names import Status
from inzage.rules.periods import last_day_after
from inzage.view_rights import closing
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.catching_up import beginning, catch_up, lock
from inzage.view_rights.ending_soon import tell_what_ends
from inzage.view_rights.gathering import gather
from inzage.view_rights.holding import look_again_at_held, tell_unanswered, tell_what_is_held, waiting
from inzage.view_rights.models import Closing, ClosingRun, ViewRight
from inzage.view_rights.parallel import side_by_side
from inzage.view_rights.scopes import these
from inzage.view_rights.unusual_days import look_ahead
from inzage.view_rights.watching_anew import watch_anew

BATCH = 2500
OLD_REQUEST_MONTHS = 6


def at_once() -> int:
    """How many batches do well at a time: while one waits for the database, another is judged.

    SQLite has one writer.
    """
    return 2 if connection.vendor == "postgresql" else 1


class Report(NamedTuple):
    """What a run did, by rule; `rule_gaps` and `unverified` count closings the page has no (sure) rule for.

    `held` rights would have ended before its day, and wait for a person.
    """

    day: date
    examined: int
    closed: int
    opened: int
    by_rule: dict[str, int]
    rule_gaps: int
    unverified: int
    held: int


def rehearse(day: date, *, clock: Callable[[], datetime]) -> Report:
    """What a run would do: the run itself, all of it undone."""
    with transaction.atomic():
        report = run(day, clock=clock)
        transaction.set_rollback(True)
    return report


def run(
    day: date,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _n: None,
    threads: int = 1,
) -> Report:
    """Do the work of the night before `day`: after it no right whose last day is past is open.

    On PostgreSQL `threads` batches can be under way at once; inside a transaction it is one.
    """
    origin = Origin(by="run", at=clock(), source="run")
    record = ClosingRun.objects.create(day=day, started_at=origin.at)
    carry_out_decisions(clock=clock)
    open_what_begins(day, record=record, origin=origin)
    look_again_at_held(day, origin=origin)
    close = partial(close_batch, day=day, record=record, origin=origin)
    examined, threads = 0, 1 if connection.in_atomic_block else threads
    for looked_at in side_by_side(close, _ended_before(day), threads=threads):
        examined += looked_at
        progress(examined)
    watch_anew(_last_watched(day_of(origin.at)), origin=origin)
    tell_what_ends(origin=origin)
    record.refresh_from_db()
    tell_what_is_held(at=origin.at)
    look_ahead(clock=clock)
    if held := waiting().filter(proposed_last_day__lt=day).count():
        record.held = held
        tell_unanswered(day, at=origin.at)
    record.finished_at = clock()
    record.save(update_fields=["held", "finished_at"])
    return report_of(record)


def _last_watched(today: date) -> date:
    """Up to which day the last finished run watched what the calendar changes; before the first one, yesterday.

    A run for a day to come watched no further than the day on which it ran.
    """
    last = ClosingRun.objects.exclude(finished_at=None).order_by("pk").last()
    return day_of(last.started_at) if last else today - timedelta(days=1)


def _ended_before(day: date) -> Iterator[list[int]]:
    """The open rights whose last day lies before `day`, by id, as batches of their dossiers."""
    ended = ViewRight.objects.filter(closed_on=None, last_day__lt=day).order_by("pk")
    last = 0
    while batch := list(ended.filter(pk__gt=last).values_list("pk", "dossier_id")[:BATCH]):
        yield [dossier_id for _right, dossier_id in batch]
        last = batch[-1][0]


@transaction.atomic
def close_batch(dossier_ids: list[int], day: date, *, record: ClosingRun, origin: Origin) -> int:
    """Close what has ended in these dossiers, with history, report and notices; returns how many were looked at."""
    scope = these(*lock(dossier_ids))
    rights = list(ViewRight.objects.filter(**scope.on("dossier_id"), closed_on=None, last_day__lt=day))
    gathered = gather(scope)
    closed = [
        right
        for right in rights
        if closing.judge_again(right, gathered.case_of(right), today=day, origin=origin)
    ]
    closing.save(rights, origin=origin)
    _tell(closed, origin)
    _report(closed, record, examined=len(rights))
    return len(rights)


def _report(closed: list[ViewRight], record: ClosingRun, *, examined: int, opened: int = 0) -> None:
    """What the run did so far, in the transaction that did it: a killed run's report is true too.

    It comes last: its row is what batches at once wait for each other by.
    """
    columns = ("run_id", "right_id", "rule", "rule_status", "rule_gap", "closed_on")
    rows = [(record.pk, r.pk, r.rule, r.rule_status, r.rule_gap, r.closed_on) for r in closed]
    bulk.insert(Closing, columns, rows)
    ClosingRun.objects.filter(pk=record.pk).update(
        examined=F("examined") + examined,
        opened=F("opened") + opened,
        closed=F("closed") + len(closed),
        unverified=F("unverified") + sum(r.rule_status != Status.VERIFIED for r in closed),
        rule_gaps=F("rule_gaps") + sum(r.rule_gap for r in closed),
    )


def _tell(closed: list[ViewRight], origin: Origin) -> None:
    """A notice for each unit; the daily closing sends no mail per dossier, but tells who wants to know how many."""
    if not closed:
        return
    columns = ("kind", "unit_id", "dossier_id", "on", "detail", "created_at", "mail_to", "right")
    kind = str(Notice.Kind.CLOSED)
    rows = [(kind, r.unit_id, r.dossier_id, r.closed_on, "", origin.at, "", r.pk) for r in closed]
    bulk.insert(Notice, columns, rows)
    queue(kind, Counter(right.unit_id for right in closed), at=origin.at)


def open_what_begins(day: date, *, record: ClosingRun, origin: Origin) -> None:
    """Give the grounds whose day has come: assignments and consents that were entered ahead of it."""
    dossiers = beginning(day).order_by("dossier").values_list("dossier", flat=True).distinct()
    for dossier_id in list(dossiers):
        with transaction.atomic():
            lock([dossier_id])
            dossier = Dossier.objects.select_related("client").get(pk=dossier_id)
            begun, closed = catch_up(dossier, day, origin=origin)
            _tell(closed, origin)
            _report(closed, record, examined=len(closed), opened=begun)


def report_of(record: ClosingRun) -> Report:
    """The report of a run, from what it kept."""
    counted = record.closings.values("rule").annotate(n=Count("pk")).order_by("rule")
    by_rule = {row["rule"]: row["n"] for row in counted}
    return Report(
        day=record.day,
        examined=record.examined,
        closed=record.closed,
        opened=record.opened,
        by_rule=by_rule,
        rule_gaps=record.rule_gaps,
        unverified=record.unverified,
        held=record.held,
    )


def requests_older_than(months: int, *, today: date) -> list[Activity]:
    """The work list: requests older than `months` that keep a right open; they close nothing by themselves."""
    first = date.min + timedelta(days=28 * months)
    if today <= first:
        return []  # before the calendar began nobody asked for anything
    long_ago = today - timedelta(days=28 * months)  # no months are shorter: the rule itself counts below
    asked = Activity.objects.filter(requested_on__lt=long_ago)
    asked = asked.filter(Q(started_on=None) | Q(started_on__gt=today))
    asked = asked.filter(
        Q(closed_on=None) | Q(closed_on__gt=today), Q(cancelled_on=None) | Q(cancelled_on__gt=today)
    )
    keeping = asked.filter(dossier__viewright__closed_on=None, dossier__viewright__unit=F("unit"))
    listed = keeping.select_related("unit", "dossier__client").order_by("requested_on", "pk")
    return [
        line
        for line in listed
        if line.requested_on and last_day_after(line.reopened_on or line.requested_on, months=months) < today
    ]
