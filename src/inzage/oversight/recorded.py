"""What was recorded of dossiers, and when: read once, and cut off at any moment."""

from collections.abc import Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Model

from inzage.dossiers.models import ActivityVersion, AssignmentVersion, ClientVersion, EarlierRun
from inzage.view_rights.gathering import (
    ACTIVITY,
    DEATH,
    EARLIER_RUN,
    GRANT,
    OWNERSHIP,
    Gathered,
    Rows,
    first_days,
    put_together,
)
from inzage.view_rights.holds import Holds, without_confirmed
from inzage.view_rights.models import GrantVersion, ViewRight, ViewRightVersion
from inzage.view_rights.scopes import Scope, as_written, stored


class Known(NamedTuple):
    """A right, as it was known at a moment or is known now."""

    right: int
    dossier: int
    unit: int
    oe_number: str
    unit_name: str
    granted_on: date
    last_day: date | None
    closed_on: date | None
    relation: str
    rule: str
    rule_version: str
    held: str
    proposed_last_day: date | None


class Late(NamedTuple):
    """A fact that was recorded after a day, and holds from that day or an earlier one."""

    what: str
    unit: int | None
    holds_from: date
    recorded_at: datetime


class Recorded(NamedTuple):
    """A version of something: of which, recorded when, holding from which day, and its columns."""

    of: Any
    recorded_at: datetime
    holds_from: date
    columns: tuple[Any, ...]


RIGHT = ("dossier_id", "unit_id", "unit__oe_number", "unit__name", *Known._fields[5:])


def rights_known(scope: Scope, known_at: datetime | None) -> list[Known]:
    """The rights as they are stored now, or in the last version that was recorded up to a moment."""
    if known_at is None:
        return [Known._make(row) for row in stored(ViewRight, ("id", *RIGHT), scope, "dossier_id")]
    recorded = ViewRightVersion.objects.filter(**scope.on("dossier_id"), recorded_at__lte=known_at)
    rows = recorded.order_by("id").values_list("right_id", *RIGHT)
    return [Known._make(row) for row in {row[0]: row for row in rows}.values()]


class History:
    """Everything that was ever recorded of the dossiers in a scope."""

    def __init__(self, scope: Scope) -> None:
        self._rights = _versions(ViewRightVersion, "right_id", RIGHT, scope)
        self._grants = _versions(GrantVersion, "grant_id", GRANT, scope)
        self._ownerships = _versions(AssignmentVersion, "assignment_id", (*OWNERSHIP, "makes_owner"), scope)
        self._activities = _versions(ActivityVersion, "activity_id", ACTIVITY, scope)
        dossier = "client__dossier__id"
        self._deaths = _versions(ClientVersion, dossier, (dossier, *DEATH), scope, on=dossier)
        self._earlier_runs = as_written(EarlierRun, ("recorded_at", *EARLIER_RUN), scope, "dossier_id")

    def rights(self, known_at: datetime | None) -> list[Known]:
        """The rights as they were known at a moment; without one, as all that was recorded says."""
        return [Known(one.of, *one.columns) for one in _last(self._rights, known_at)]

    def holds(self, before: datetime) -> dict[int, Holds]:
        """The days on which each right was held, as they stood just before a moment."""
        found: dict[int, dict[date, str]] = {}
        for one in self._rights:
            right = Known(one.of, *one.columns)
            if right.proposed_last_day is not None and one.recorded_at < before:
                found.setdefault(right.right, {})[right.proposed_last_day] = right.held
        return without_confirmed(found, before)

    def facts(self, known_at: datetime | None) -> Gathered:
        """The facts, likewise."""
        owners = [one.columns for one in _last(self._ownerships, known_at)]
        runs = [row for at, *row in self._earlier_runs if known_at is None or at <= known_at]
        return put_together(
            Rows(
                [one.columns for one in _last(self._grants, known_at)],
                [tuple(columns) for *columns, makes_owner in owners if makes_owner],
                [one.columns for one in _last(self._activities, known_at)],
                [tuple(row) for row in runs],
                first_days(one.columns for one in _last(self._deaths, known_at)),
            )
        )

    def late(self, dossier: int, day: date, after: datetime) -> list[Late]:
        """What was recorded of a dossier after a moment, and holds from that day or from before it."""
        found = [
            Late(what, unit, one.holds_from, one.recorded_at)
            for what, unit, one in self._all_of(dossier)
            if one.recorded_at > after and one.holds_from <= day
        ]
        return sorted(found, key=attrgetter("recorded_at", "what"))

    def _all_of(self, dossier: int) -> Iterator[tuple[str, int | None, Recorded]]:
        for one in self._grants:
            _right, of, unit, *_ = one.columns
            if of == dossier:
                yield "grant", unit, one
        for what, versions in (("assignment", self._ownerships), ("activity", self._activities)):
            for one in versions:
                of, unit, *_ = one.columns
                if of == dossier:
                    yield what, unit, one
        for one in self._deaths:
            of, deceased_on, _entered = one.columns
            if of == dossier and deceased_on:
                yield "death", None, one


def _versions(
    model: type[Model], of: str, columns: tuple[str, ...], scope: Scope, *, on: str = "dossier_id"
) -> list[Recorded]:
    """In the order in which they were written."""
    rows = as_written(model, (of, "recorded_at", "holds_from", *columns), scope, on)
    return [Recorded(row[0], row[1], row[2], row[3:]) for row in rows]


def _last(versions: list[Recorded], known_at: datetime | None) -> list[Recorded]:
    """Of each the last that was recorded up to that moment."""
    known = versions if known_at is None else [one for one in versions if one.recorded_at <= known_at]
    return list({one.of: one for one in known}.values())
