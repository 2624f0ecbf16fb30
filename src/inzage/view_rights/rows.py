"""Imported lines and replayed rights as rows for bulk storage: what each line says, column by column."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Model

from inzage.consents.models import ConsentForm, FormState
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.register_files.lines import ActivityLine, AssignmentLine, ClientLine, ConsentLine
from inzage.rules.days import day_of, midnight
from inzage.rules.history import Right
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import VERSIONS, add_versions, columns_kept

CLIENT = ("id", "client_number", "insz", "family_name", "given_name", "nis_code", "deceased_on")
DOSSIER = ("id", "client_id", "reference", "imported_digest")
ASSIGNMENT = (
    *("id", "source_id", "dossier_id", "unit_id", "service_id", "makes_owner"),
    *("assigned_on", "ended_on", "end_reason", "end_recorded_on", "contact"),
)
ACTIVITY = (
    *("id", "source_id", "dossier_id", "unit_id", "kind", "title", "course_number", "outsourcing_number"),
    *("requested_on", "started_on", "closed_on", "cancelled_on", "work_ended_on", "end_recorded_on"),
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
BEGINS: dict[type[Model], tuple[str, ...]] = {
    Client: ("deceased_on",),
    Assignment: ("assigned_on",),
    Activity: ("requested_on", "started_on"),
    ConsentForm: ("completed_on", "granted_on"),
    ViewRight: ("closed_on", "granted_on"),
    Grant: ("granted_on",),
}
"""The columns that say from which day a version holds: the first that is filled in."""


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
    days = (line.assigned_on, line.ended_on, reason, None, "")
    return (pk, line.assignment_id, dossier_id, unit, service, tendered, *days)


def activity(pk: int, dossier_id: int, unit: int, line: ActivityLine) -> tuple[Any, ...]:
    """An activity; `unit` is its executor."""
    what = (line.kind, line.title, line.course_number, line.outsourcing_number)
    days = (line.requested_on, line.started_on, line.closed_on, line.cancelled_on, None, None)
    return (pk, line.activity_id, dossier_id, unit, *what, *days)


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
    told = (bool(line.informed_of_actiris), line.withdrawn_on, str(state), listed, "", "", at)
    return (pk, line.consent_id, dossier_id, unit, line.purpose, line.route, *days, *told)


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


def first_day(model: type[Model], columns: Sequence[str], row: Sequence[Any]) -> date | None:
    """The day from which a row holds: the first of its days that is filled in."""
    return next((row[columns.index(column)] for column in BEGINS[model] if row[columns.index(column)]), None)


def store(model: type[Model], columns: Sequence[str], rows: list[tuple[Any, ...]], *, origin: Origin) -> None:
    """Add `rows`, and a version of each. In an import a fact counts as recorded on its own day."""
    bulk.insert(model, columns, rows)
    if model not in VERSIONS:
        return
    kept = columns_kept(model)
    pick = itemgetter(columns.index("id"), *(columns.index(column) for column in kept))
    begins = [columns.index(column) for column in BEGINS[model]]
    today = day_of(origin.at)

    def version(row: tuple[Any, ...]) -> tuple[Any, ...]:
        pk, *rest = pick(row)
        day = min(next((row[index] for index in begins if row[index]), today), today)
        return (pk, midnight(day), day, *rest)

    add_versions(model, kept, map(version, rows), origin=origin)
