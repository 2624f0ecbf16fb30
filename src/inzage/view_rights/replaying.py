"""An import replays history: each new client's lines become facts, and the rights that stand at the end of them.

Rows are made in plain tuples and stored in bulk, a batch of clients in one transaction: each client is wholly in,
or not at all. Clients that the register already has are corrected one by one (see `correcting`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.db import transaction
from django.db.models import Model

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.register_files.lines import ActivityLine, AssignmentLine, Bundle, ConsentLine
from inzage.rule_books.in_force import as_decided
from inzage.rules.days import day_of
from inzage.rules.facts import Execution, Grant, Ownership, execution
from inzage.rules.history import History, Right, grants_at_all, rights_of
from inzage.rules.names import ClosingReason, Ground, Kind, OwnershipEnd
from inzage.rules.periods import day_after
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights import rows
from inzage.view_rights.holding_at_once import hold_at_once
from inzage.view_rights.models import Grant as GrantRow
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these


@dataclass(frozen=True)
class Surroundings:
    """What an import needs to know besides the lines: units and services by their codes, the books, who imports, the
    day on which it began.
    """

    units: dict[str, int]
    services: dict[str, tuple[int, bool]]
    books: RuleBooks
    origin: Origin
    clock: Callable[[], datetime]
    begun_on: date

    def now(self) -> Self:
        """The same for a transaction that begins now: an import can last until another day than it began on, and longer
        than books are in force.
        """
        return replace(self, books=as_decided(), origin=self.origin._replace(at=self.clock()))

    @cached_property
    def today(self) -> date:
        """The day up to which history is replayed."""
        return day_of(self.origin.at)


class GivenGrant(NamedTuple):
    """A grant that took or will take effect, with the line it comes from."""

    grant: Grant
    assignment: AssignmentLine | None
    consent: ConsentLine | None


def grant_of_consent(consent: ConsentLine) -> Grant | None:
    """What a consent grants: nothing without the day of completion, or a Brussels form without the information."""
    if consent.completed_on is None or (consent.route == "brussels_form" and not consent.informed_of_actiris):
        return None
    return Grant(Ground(consent.route), consent.granted_on or consent.completed_on, consent.withdrawn_on)


def execution_of(line: ActivityLine) -> Execution:
    """An activity line as its executor's stint."""
    return execution(
        trajectory=line.kind == Kind.TRAJECTORY,
        requested_on=line.requested_on,
        started_on=line.started_on,
        closed_on=line.closed_on,
        cancelled_on=line.cancelled_on,
    )


def grants_by_unit(bundle: Bundle, around: Surroundings) -> dict[str, list[GivenGrant]]:
    """The grants of each unit that take effect, in the order of their days."""
    given: dict[str, list[GivenGrant]] = defaultdict(list)
    for assignment in bundle.assignments:
        if around.services[assignment.service][1]:
            grant = Grant(Ground.ASSIGNMENT, assignment.assigned_on)
            given[assignment.oe_number].append(GivenGrant(grant, assignment, None))
    for consent in bundle.consents:
        if by_consent := grant_of_consent(consent):
            given[consent.oe_number].append(GivenGrant(by_consent, None, consent))
    deceased_on = bundle.client.deceased_on if bundle.client else None
    return {
        unit: sorted(
            (one for one in grants if grants_at_all(one.grant, deceased_on)),
            key=lambda one: one.grant.granted_on,
        )
        for unit, grants in given.items()
    }


def ownership_of(line: AssignmentLine) -> Ownership:
    """An assignment under a tendered service, as the fact that it is."""
    ended_by = OwnershipEnd.said_in(line.end_reason) if line.ended_on else ""
    return Ownership(line.service, line.assigned_on, line.ended_on, None, ended_by)


def replay(bundle: Bundle, unit: str, grants: Sequence[GivenGrant], around: Surroundings) -> list[Right]:
    """The rights of one unit in the client's dossier, up to today."""
    services = around.services
    history = History(
        tuple(one.grant for one in grants),
        tuple(
            ownership_of(line)
            for line in bundle.assignments
            if line.oe_number == unit and services[line.service][1]
        ),
        tuple(execution_of(line) for line in bundle.activities if line.oe_number == unit),
        bundle.client.deceased_on if bundle.client else None,
    )
    return list(rights_of(history, around.books, until=around.today))


def _taken_away_in_time(own: Sequence[GivenGrant], right: Right, today: date) -> Iterator[GivenGrant]:
    """The grants of a right; a consent withdrawn after the right had closed took nothing away any more."""
    _verdict, last_day, reason = right.outcome
    if last_day is None or not right.outcome.is_over(today):
        yield from own
        return
    until = last_day if reason is ClosingReason.TERM else day_after(last_day)  # the night goes before the day
    for one in own:
        too_late = one.grant.withdrawn_on is not None and one.grant.withdrawn_on > until
        yield one._replace(grant=one.grant._replace(withdrawn_on=None)) if too_late else one


@transaction.atomic
def store_new(bundles: Sequence[Bundle], around: Surroundings) -> int:
    """Store the lines of clients that the register doesn't have yet; returns how many rights they have."""
    tables = Tables(around.now(), bundles)
    for bundle, client_id, dossier_id in zip(bundles, tables.client_ids, tables.dossier_ids, strict=True):
        tables.add(bundle, client_id, dossier_id)
    number = tables.store()
    hold_at_once(these(*tables.dossier_ids), clock=around.clock)
    return number


class Tables:
    """Rows per model while those of many clients are being made."""

    def __init__(self, around: Surroundings, bundles: Sequence[Bundle]) -> None:
        self.around = around
        self.client_ids = bulk.new_ids(Client, len(bundles))
        self.dossier_ids = bulk.new_ids(Dossier, len(bundles))
        self._ids = {
            Assignment: iter(bulk.new_ids(Assignment, sum(len(bundle.assignments) for bundle in bundles))),
            ConsentForm: iter(bulk.new_ids(ConsentForm, sum(len(bundle.consents) for bundle in bundles))),
            Activity: iter(bulk.new_ids(Activity, sum(len(bundle.activities) for bundle in bundles))),
        }
        self._rows: dict[type[Model], list[tuple[Any, ...]]] = defaultdict(list)
        self._rights: list[tuple[int, int, Right]] = []
        self._grants: list[tuple[int | None, int, int, Grant, int | None, int | None]] = []

    def add(self, bundle: Bundle, client_id: int, dossier_id: int) -> None:
        """Turn one client's lines into rows."""
        assert bundle.client is not None
        self._rows[Client].append(rows.client(client_id, bundle.client))
        self._rows[Dossier].append(rows.dossier(dossier_id, client_id, bundle.digest))
        line_ids: dict[str, int] = {}
        for assignment in bundle.assignments:
            line_ids[assignment.assignment_id] = pk = next(self._ids[Assignment])
            service, tendered = self.around.services[assignment.service]
            unit = self.around.units[assignment.oe_number]
            self._rows[Assignment].append(
                rows.assignment(pk, dossier_id, unit, service, tendered, assignment)
            )
        for activity in bundle.activities:
            unit = self.around.units[activity.oe_number]
            self._rows[Activity].append(rows.activity(next(self._ids[Activity]), dossier_id, unit, activity))
        given = grants_by_unit(bundle, self.around)
        granting = {one.consent.consent_id for grants in given.values() for one in grants if one.consent}
        form_ids: dict[str, int] = {}
        for consent in bundle.consents:
            form_ids[consent.consent_id] = pk = next(self._ids[ConsentForm])
            unit = self.around.units[consent.oe_number]
            granted = consent.consent_id in granting
            self._rows[ConsentForm].append(
                rows.form(pk, dossier_id, unit, consent, granted=granted, at=self.around.origin.at)
            )
        for oe_number, grants in given.items():
            self._add_rights(bundle, oe_number, grants, dossier_id, line_ids, form_ids)

    def _add_rights(
        self,
        bundle: Bundle,
        oe_number: str,
        grants: Sequence[GivenGrant],
        dossier_id: int,
        line_ids: dict[str, int],
        form_ids: dict[str, int],
    ) -> None:
        unit = self.around.units[oe_number]
        left = list(grants)
        for right in replay(bundle, oe_number, grants, self.around):
            self._rights.append((dossier_id, unit, right))
            own, left = left[: len(right.case.grants)], left[len(right.case.grants) :]
            for one in _taken_away_in_time(own, right, self.around.today):
                come = one.grant.granted_on <= self.around.today
                self._add_grant(
                    len(self._rights) - 1 if come else None, dossier_id, unit, one, line_ids, form_ids
                )
        for one in left:  # to come
            self._add_grant(None, dossier_id, unit, one, line_ids, form_ids)

    def _add_grant(
        self,
        right_index: int | None,
        dossier_id: int,
        unit: int,
        one: GivenGrant,
        line_ids: dict[str, int],
        form_ids: dict[str, int],
    ) -> None:
        assignment_id = line_ids[one.assignment.assignment_id] if one.assignment else None
        form_id = form_ids[one.consent.consent_id] if one.consent else None
        self._grants.append((right_index, dossier_id, unit, one.grant, assignment_id, form_id))

    def store(self) -> int:
        """Bring everything into the database, facts first, each with its version."""
        origin = self.around.origin
        for model, columns in rows.COLUMNS.items():
            rows.store(model, columns, self._rows[model], origin=origin)
        right_ids = bulk.new_ids(ViewRight, len(self._rights))
        self._store_rights(right_ids)
        grant_ids = bulk.new_ids(GrantRow, len(self._grants))
        grants = [
            (pk, dossier, unit, None if index is None else right_ids[index], assignment_id, form_id, *grant)
            for pk, (index, dossier, unit, grant, assignment_id, form_id) in zip(
                grant_ids, self._grants, strict=True
            )
        ]
        rows.store(GrantRow, rows.GRANT, grants, origin=origin)
        return len(self._rights)

    def _store_rights(self, ids: Sequence[int]) -> None:
        today, books, origin = self.around.today, self.around.books, self.around.origin
        made = [
            (rows.right(pk, dossier, unit, right, today=today), right)
            for pk, (dossier, unit, right) in zip(ids, self._rights, strict=True)
        ]
        bulk.insert(ViewRight, rows.RIGHT, [row for row, _right in made])
        versions = (
            version
            for row, right in made
            for version in rows.versions_of_right(row, right, today=today, books=books)
        )
        rows.store_versions(ViewRight, rows.RIGHT, versions, origin=origin)
