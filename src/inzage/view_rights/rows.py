"""Imported lines and replayed rights as rows for bulk storage: what each line says, column by column."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db.models import Model

from inzage.consents.models import ConsentForm, FormState
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.dossiers.names import key_of
from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.register_files.lines import ActivityLine, AssignmentLine, ClientLine, ConsentLine
from inzage.rules.closing import outcome_of
from inzage.rules.days import day_of, midnight
from inzage.rules.facts import days_of
from inzage.rules.history import Right
from inzage.rules.names import OwnershipEnd
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.models import Grant
from inzage.view_rights.recording import add_versions, columns_kept

CLIENT = (
    "id",
    "client_number",
    "insz",
    "family_name",
    "given_name",
    "nis_code",
    "deceased_on",
    "death_recorded_on",
    "name_key",
)
DOSSIER = ("id", "client_id", "reference", "imported_digest")
ASSIGNMENT = (
    *("id", "source_id", "dossier_id", "unit_id", "service_id", "makes_owner"),
    *("assigned_on", "ended_on", "end_reason", "ended_by", "end_recorded_on", "contact"),
)
ACTIVITY = (
    *("id", "source_id", "dossier_id", "unit_id", "kind", "title", "course_number", "outsourcing_number"),
    *(
        "requested_on",
        "started_on",
        "closed_on",
        "cancelled_on",
        "work_ended_on",
        "end_recorded_on",
        "reopened_on",
    ),
)
FORM = (
    *("id", "source_id", "dossier_id", "unit_id", "purpose", "route", "completed_on", "granted_on"),
    *("informed_of_actiris", "withdrawn_on", "state", "missing", "remark", "activity_title", "changed_at"),
)
RIGHT = (
    *(
        "id",
        "dossier_id",
        "unit_id",
        "granted_on",
        "opened_at",
        "relation",
        "rule",
        "rule_version",
        "rule_status",
    ),
    *(
        "rule_gap",
        "anchor_event",
        "anchor_on",
        "last_day",
        "ends_by",
        "closed_on",
        "closed_at",
        "closing_reason",
    ),
    *("held", "proposed_last_day"),
)
GRANT = (
    *("id", "dossier_id", "unit_id", "right_id", "assignment_id", "form_id"),
    *("ground", "granted_on", "withdrawn_on"),
)
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Client: CLIENT,
    Dossier: DOSSIER,
    Assignment: ASSIGNMENT,
    Activity: ACTIVITY,
    ConsentForm: FORM,
}
HAPPENS: dict[type[Model], tuple[str, ...]] = {
    Client: ("deceased_on",),
    Assignment: ("assigned_on", "ended_on"),
    Activity: ("requested_on", "started_on", "closed_on", "cancelled_on"),
    ConsentForm: ("granted_on", "withdrawn_on"),
    Grant: ("granted_on", "withdrawn_on"),
}
"""The days on which something happens to a fact: in an import it has a version of each.

The day on which a form was completed is not among them: on which day it came in nobody knows, until it is granted.
"""
BEGINS: dict[type[Model], tuple[str, ...]] = {
    Client: ("deceased_on",),
    Assignment: ("assigned_on",),
    Activity: ("requested_on", "started_on"),
    ConsentForm: ("completed_on", "granted_on"),
}
"""The columns that say from which day a corrected line holds: the first that is filled in."""


def client(pk: int, line: ClientLine) -> tuple[Any, ...]:
    """A client."""
    return (
        pk,
        line.client_number,
        line.insz,
        line.family_name,
        line.given_name,
        line.nis_code,
        line.deceased_on,
        None,
        key_of(line.family_name, line.given_name),
    )


def client_line(stored: Client) -> ClientLine:
    """A stored client as the line that would say the same."""
    return ClientLine(
        stored.client_number,
        stored.insz,
        stored.family_name,
        stored.given_name,
        stored.nis_code,
        stored.deceased_on,
    )


def dossier(pk: int, client_id: int, digest: bytes) -> tuple[Any, ...]:
    """The client's dossier, under a reference of its own."""
    return (pk, client_id, uuid.uuid4(), digest)


def assignment(
    pk: int, dossier_id: int, unit: int, service: int, tendered: bool, line: AssignmentLine
) -> tuple[Any, ...]:
    """An assignment; an end without a reason gets one, since an end is stored together with its reason."""
    reason = (line.end_reason or "unknown") if line.ended_on else ""
    days = (line.assigned_on, line.ended_on, reason, OwnershipEnd.said_in(reason), None, "")
    return (pk, line.assignment_id, dossier_id, unit, service, tendered, *days)


def activity(pk: int, dossier_id: int, unit: int, line: ActivityLine) -> tuple[Any, ...]:
    """An activity; `unit` is its executor."""
    what = (line.kind, line.title, line.course_number, line.outsourcing_number)
    days = (line.requested_on, line.started_on, line.closed_on, line.cancelled_on, None, None, None)
    return (pk, line.activity_id, dossier_id, unit, *what, *days)


OVERTAKEN = "De toestemming gold niet meer op de dag waarop ze zou toekennen."


def form(
    pk: int, dossier_id: int, unit: int, line: ConsentLine, *, granted: bool, at: datetime
) -> tuple[Any, ...]:
    """A consent: granted, or sent back for what it lacks, or refused where it was withdrawn before it could grant."""
    missing = []
    if line.completed_on is None:
        missing.append("completed_on")
    if line.route == "brussels_form" and not line.informed_of_actiris:
        missing.append("informed_of_actiris")
    state = FormState.GRANTED if granted else FormState.SENT_BACK if missing else FormState.REFUSED
    listed = "[" + ", ".join(f'"{field}"' for field in missing) + "]"
    days = (line.completed_on, line.granted_on or (line.completed_on if granted else None))
    remark = OVERTAKEN if state is FormState.REFUSED else ""
    told = (bool(line.informed_of_actiris), line.withdrawn_on, str(state), listed, remark, "", at)
    return (pk, line.consent_id, dossier_id, unit, line.purpose, line.route, *days, *told)


def opened(row: tuple[Any, ...], replayed: Right, books: RuleBooks) -> tuple[Any, ...]:
    """The same right as it was on the day it opened, judged by what had happened by then."""
    on = replayed.case.granted_on
    then = Right(replayed.case, outcome_of(replayed.case, books, since=on, until=on))
    return right(row[0], row[1], row[2], then, today=on)


def right(pk: int, dossier_id: int, unit: int, replayed: Right, *, today: date) -> tuple[Any, ...]:
    """A right as history left it: closed where its last day is past."""
    verdict, last_day, reason = replayed.outcome
    rule, anchor = verdict.rule, verdict.anchor
    closed_on = replayed.outcome.closed_on() if replayed.outcome.is_over(today) else None
    opened = (replayed.case.granted_on, midnight(replayed.case.granted_on))
    judged = (verdict.relation, rule.id, rule.version, rule.status, verdict.rule_gap)
    counted = (anchor.event, anchor.on) if anchor else ("", None)
    closing = (closed_on, midnight(closed_on), reason) if closed_on else (None, None, "")
    return (pk, dossier_id, unit, *opened, *judged, *counted, last_day, reason, *closing, "", None)


def versions_of_right(
    row: tuple[Any, ...], replayed: Right, *, today: date, books: RuleBooks
) -> Iterator[tuple[date, tuple[Any, ...]]]:
    """What the right was when it opened, and what became of it: closed, or as the last thing known left it.

    The days between are answered from the facts, each of which has its versions.
    """
    opened_on = replayed.case.granted_on
    last_known = min(max(days_of(replayed.case)), today)
    if replayed.outcome.is_over(today):
        last_known = replayed.outcome.closed_on() or last_known
    if last_known > opened_on:
        yield opened_on, opened(row, replayed, books)
    yield last_known, row


def first_day(model: type[Model], columns: Sequence[str], row: Sequence[Any]) -> date | None:
    """The day from which a row holds: the first of its days that is filled in."""
    return next((row[columns.index(column)] for column in BEGINS[model] if row[columns.index(column)]), None)


def store(model: type[Model], columns: Sequence[str], rows: list[tuple[Any, ...]], *, origin: Origin) -> None:
    """Add `rows`, and their versions: in an import a fact counts as recorded on its own day.

    So an activity that was requested, started and closed has three, each with what had happened by its day.
    """
    bulk.insert(model, columns, rows)
    if model in HAPPENS:
        store_versions(model, columns, _by_day(model, columns, rows, day_of(origin.at)), origin=origin)


def store_versions(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[tuple[date, Sequence[Any]]],
    *,
    origin: Origin,
) -> None:
    """Add a version of each row, recorded on the day beside it."""
    kept = columns_kept(model)
    pick = itemgetter(columns.index("id"), *(columns.index(column) for column in kept))
    versions = ((_begun(day), day, *pick(row)) for day, row in rows)
    add_versions(model, kept, versions, origin=origin)


@lru_cache(maxsize=50_000)
def _begun(day: date) -> datetime:
    """The moment at which `day` begins in Brussels, in UTC: the driver needs no zone for each of a million rows."""
    return midnight(day).astimezone(UTC)


def _by_day(
    model: type[Model], columns: Sequence[str], rows: list[tuple[Any, ...]], today: date
) -> Iterator[tuple[date, Sequence[Any]]]:
    """Each row as it was on each day on which something of it happened; what is still to come is known today."""
    happens = [columns.index(column) for column in HAPPENS[model]]
    said = [columns.index(column) for column in ("end_reason", "ended_by")] if model is Assignment else []
    for row in rows:
        days = {day if day < today else today for place in happens if (day := row[place])}
        last = max(days, default=None) or min(first_day(model, columns, row) or today, today)
        for day in sorted(days - {last}):
            then = _without_later(row, happens, day)
            for place in said:  # a day before the last is one before the end
                then[place] = ""
            yield day, then
        yield last, row


def _without_later(row: tuple[Any, ...], happens: Sequence[int], day: date) -> list[Any]:
    """The row before anything of it happened after `day`."""
    then = list(row)
    for place in happens:
        if row[place] is not None and row[place] > day:
            then[place] = None
    return then
