"""Keeps every change of a fact as a version: the fact's own columns, from which day, by whom, when."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model

from inzage.consents.models import ConsentForm, ConsentFormVersion, Objection, ObjectionVersion
from inzage.dossiers.models import (
    Activity,
    ActivityVersion,
    Assignment,
    AssignmentVersion,
    Client,
    ClientVersion,
)
from inzage.journal import bulk
from inzage.journal.models import Origin, Version
from inzage.view_rights.models import Grant, GrantVersion, ViewRight, ViewRightVersion

VERSIONS: dict[type[Model], tuple[str, type[Version]]] = {
    Client: ("client_id", ClientVersion),
    Assignment: ("assignment_id", AssignmentVersion),
    Activity: ("activity_id", ActivityVersion),
    ConsentForm: ("form_id", ConsentFormVersion),
    Objection: ("objection_id", ObjectionVersion),
    Grant: ("grant_id", GrantVersion),
    ViewRight: ("right_id", ViewRightVersion),
}
OWN_COLUMNS = ("recorded_at", "holds_from", "recorded_by", "source")


@cache
def columns_kept(model: type[Model]) -> tuple[str, ...]:
    """The columns that a version of `model` repeats."""
    fact, version = VERSIONS[model]
    own = {"id", fact, *OWN_COLUMNS}
    return tuple(field.attname for field in version._meta.concrete_fields if field.attname not in own)


def record(fact: Model, *, holds_from: date, origin: Origin) -> None:
    """Save `fact`, and add what it now is as a version that holds from `holds_from`."""
    fact.save()
    versions_of([fact], holds_from=holds_from, origin=origin)


def versions_of(facts: Sequence[Any], *, holds_from: date, origin: Origin) -> None:
    """Add a version of each of `facts`, which are of one model and already saved."""
    if not facts:
        return
    model: type[Model] = type(facts[0])
    kept = columns_kept(model)
    rows = [(origin.at, holds_from, fact.pk, *(_plain(fact, column) for column in kept)) for fact in facts]
    add_versions(model, kept, rows, origin=origin)


def _plain(fact: Any, column: str) -> Any:
    """The value as bulk storage takes it: a list as JSON text."""
    value = getattr(fact, column)
    return json.dumps(value) if isinstance(value, list) else value


def add_versions(
    model: type[Model], kept: Sequence[str], rows: Iterable[Sequence[Any]], *, origin: Origin
) -> None:
    """Add versions from plain rows: when each was recorded, from which day it holds, the fact's id, and `kept`."""
    fact, version = VERSIONS[model]
    columns = ("recorded_by", "source", "recorded_at", "holds_from", fact, *kept)
    bulk.insert(version, columns, ((origin.by, origin.source, *row) for row in rows))
