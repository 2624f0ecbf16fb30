"""The database turned into the facts of view rights: one dossier or five million, now or as known at a past moment."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Model

from inzage.dossiers.models import (
    Activity,
    ActivityVersion,
    Assignment,
    AssignmentVersion,
    Client,
    ClientVersion,
    Dossier,
    EarlierRun,
)
from inzage.rules import facts
from inzage.rules.facts import Case
from inzage.rules.names import Event, Ground, Kind
from inzage.view_rights.models import Grant, GrantVersion, ViewRight
from inzage.view_rights.prepared import Prepared, Row
from inzage.view_rights.scopes import Scope, stored

Pair = tuple[int, int]
"""A dossier's id and a unit's."""
Owned = tuple[int, int, int]
"""A right's id, its dossier's and its unit's."""


class Gathered(NamedTuple):
    """The facts of all rights in a scope; `case` puts together those of one.

    A ground that says it is of a right, but of another dossier or unit, is none of that right's.
    """

    grants: dict[Owned, list[facts.Grant]]
    to_come: dict[Pair, list[facts.Grant]]
    ownerships: dict[Pair, list[facts.Ownership]]
    executions: dict[Pair, list[facts.Execution]]
    deaths: dict[int, date]

    def case(self, right_id: int, dossier_id: int, unit_id: int, granted_on: date) -> Case:
        """What decides over this right: its own grounds, and those to come on a later day."""
        pair = (dossier_id, unit_id)
        return Case(
            granted_on,
            (*self.grants.get((right_id, dossier_id, unit_id), ()), *self.to_come.get(pair, ())),
            tuple(self.ownerships.get(pair, ())),
            tuple(self.executions.get(pair, ())),
            self.deaths.get(dossier_id),
        )

    def case_of(self, right: ViewRight) -> Case:
        """The case of a stored right; to a closed one nothing comes any more."""
        case = self.case(right.pk, right.dossier_id, right.unit_id, right.granted_on)
        if right.closed_on is None:
            return case
        return case._replace(grants=tuple(self.grants.get((right.pk, right.dossier_id, right.unit_id), ())))


GRANT = ("right_id", "dossier_id", "unit_id", "ground", "granted_on", "withdrawn_on")
OWNERSHIP = (
    "dossier_id",
    "unit_id",
    "service__code",
    "assigned_on",
    "ended_on",
    "end_recorded_on",
    "ended_by",
)
DAYS = ("requested_on", "started_on", "closed_on", "cancelled_on", "end_recorded_on", "reopened_on")
ACTIVITY = ("dossier_id", "unit_id", "kind", *DAYS)
REOPENED_ON = ACTIVITY.index("reopened_on")
EARLIER_RUN = ("dossier_id", "unit_id", "kind", "begun_on", "ended_on", "ended_by", "end_recorded_on")


class Rows(NamedTuple):
    """The stored facts, each kind in its columns above, however they were read; `deaths` as `deaths_of` gives them."""

    grants: Iterable[Row]
    ownerships: Iterable[Row]
    activities: Iterable[Row]
    earlier_runs: Iterable[Row]
    deaths: Iterable[tuple[int, date]]


def gather(
    scope: Scope, *, known_at: datetime | None = None, dossiers: Iterable[Dossier] | None = None
) -> Gathered:
    """The facts of every right in `scope`, as they are stored now, or as they were known at the moment `known_at`.

    Where the dossiers were read with their clients already, they are not read again for who died. Only an activity that
    was reopened has earlier runs.
    """
    activities = list(_rows(Activity, ActivityVersion, "activity", ACTIVITY, scope, known_at))
    was_reopened = any(row[REOPENED_ON] for row in activities)
    return put_together(
        Rows(
            _rows(Grant, GrantVersion, "grant", GRANT, scope, known_at),
            _rows(Assignment, AssignmentVersion, "assignment", OWNERSHIP, scope, known_at, makes_owner=True),
            activities,
            _earlier_runs(scope, known_at) if was_reopened else (),
            _deaths(scope, known_at) if dossiers is None else deaths_of(dossiers),
        )
    )


def columns_of(columns: tuple[str, ...], rows: Iterable[Model]) -> list[Row]:
    """These columns of whole rows that were read already."""
    return list(map(attrgetter(*(column.replace("__", ".") for column in columns)), rows))


def put_together(rows: Rows) -> Gathered:
    """The facts that these rows come to."""
    gathered = Gathered(defaultdict(list), defaultdict(list), defaultdict(list), {}, {})
    for right_id, dossier, unit, ground, granted_on, withdrawn_on in rows.grants:
        grant = facts.Grant(GROUNDS[ground], granted_on, withdrawn_on)
        if right_id:
            gathered.grants[right_id, dossier, unit].append(grant)
        else:
            gathered.to_come[dossier, unit].append(grant)
    for dossier, unit, *row in rows.ownerships:
        gathered.ownerships[dossier, unit].append(facts.Ownership(*row))
    gathered.executions.update(_executions(rows))
    gathered.deaths.update(rows.deaths)
    return gathered


GROUNDS = {str(ground): ground for ground in Ground}


def _rows(
    model: type[Model],
    versions: type[Model],
    fact: str,
    columns: tuple[str, ...],
    scope: Scope,
    known_at: datetime | None,
    **only: Any,
) -> Iterable[tuple[Any, ...]]:
    """The columns of each fact: from its own row, or from the last version recorded up to `known_at`."""
    if known_at is None:
        return stored(model, columns, scope, "dossier_id", **only)
    recorded = versions._default_manager.filter(**scope.on("dossier_id"), recorded_at__lte=known_at)
    ordered = recorded.order_by("id").values_list(f"{fact}_id", *columns, *only)
    last = {
        fact: row for fact, *row in ordered
    }  # only then: a version that no longer fits hides none that did
    return [tuple(row[: len(columns)]) for row in last.values() if row[len(columns) :] == list(only.values())]


def _executions(rows: Rows) -> dict[Pair, list[facts.Execution]]:
    """What each unit executes in each dossier: activities as they run now, and their runs before a reopening."""
    executions: dict[Pair, list[facts.Execution]] = defaultdict(list)
    for dossier, unit, kind, requested, started, closed, cancelled, recorded, reopened in rows.activities:
        stint = facts.execution(
            trajectory=kind == Kind.TRAJECTORY,
            requested_on=requested,
            started_on=started,
            closed_on=closed,
            cancelled_on=cancelled,
            end_recorded_on=recorded,
            reopened_on=reopened,
        )
        executions[dossier, unit].append(stint)
    for dossier, unit, kind, begun_on, ended_on, ended_by, recorded in rows.earlier_runs:
        by = Event(ended_by) if ended_by else None
        run = facts.Execution(kind == Kind.TRAJECTORY, begun_on, ended_on, by, recorded)
        executions[dossier, unit].append(run)
    return executions


def _earlier_runs(scope: Scope, known_at: datetime | None) -> Iterable[tuple[Any, ...]]:
    """The stretches of activities that were reopened; a row is never changed, so what was known is a condition."""
    if known_at is None:
        return stored(EarlierRun, EARLIER_RUN, scope, "dossier_id")
    known = EarlierRun.objects.filter(**scope.on("dossier_id"), recorded_at__lte=known_at)
    return known.values_list(*EARLIER_RUN)


DEATH = ("deceased_on", "death_recorded_on")


def _deaths(scope: Scope, known_at: datetime | None) -> Iterable[tuple[int, date]]:
    """The dossiers of clients who died, with the first day without a right: no earlier than the day of entry."""
    if known_at is None:
        died = stored(Client, ("dossier__id", *DEATH), scope, "dossier__id", deceased_on__isnull=False)
    else:
        recorded = ClientVersion.objects.filter(**scope.on("client__dossier__id"), recorded_at__lte=known_at)
        rows = recorded.order_by("id").values_list("client__dossier__id", *DEATH)
        died = list({row[0]: row for row in rows}.values())
    return first_days(died)


def deaths_of(dossiers: Iterable[Dossier]) -> Iterable[tuple[int, date]]:
    """Who died, of dossiers that were read with their clients: the dossier and the first day without a right."""
    clients = ((dossier.pk, dossier.client) for dossier in dossiers)
    return first_days((pk, client.deceased_on, client.death_recorded_on) for pk, client in clients)


def first_days(died: Iterable[tuple[int, date | None, date | None]]) -> list[tuple[int, date]]:
    """Of each dossier whose client died, the first day without a right: no earlier than the day of entry."""
    return [(dossier, max(day, entered or day)) for dossier, day, entered in died if day]


OPEN: Prepared[ViewRight] = Prepared(
    lambda dossier_id: ViewRight.objects.filter(dossier_id=dossier_id, closed_on=None).order_by("pk"),
    dossier_id=-1,
)


def open_rights(dossier_id: int) -> list[ViewRight]:
    """The rights of a dossier that are not closed."""
    return OPEN.all(dossier_id=dossier_id)
