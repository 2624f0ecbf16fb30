"""Assignments: they make an owner and grant by themselves (S02); ending or transferring keeps the whole history."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q

from inzage.dossiers.models import Assignment, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Service, Unit
from inzage.rule_books.in_force import books
from inzage.rules.days import day_of
from inzage.rules.granting import Refusal
from inzage.rules.names import Ground, OwnershipEnd
from inzage.rules.refusing import Refused
from inzage.tasks.asking import ask
from inzage.view_rights.catching_up import locked, under_lock
from inzage.view_rights.closing import reckon
from inzage.view_rights.granting import NotGranted, give_ground
from inzage.view_rights.models import Grant
from inzage.view_rights.objecting import objected_anyway
from inzage.view_rights.past_assignments import is_over_already
from inzage.view_rights.recording import record


class NotAssigned(Refused):
    """The assignment can't be taken, or its end; the message says why and what to do.

    The codes: another unit owns the dossier (`second_owner`), the assignment is over (`assignment_ended`), its end has
    no reason (`end_without_reason`) or lies before its start (`end_before_start`).
    """


class End(NamedTuple):
    """An end: `on` is the first day without the assignment, `reason` why in somebody's words.

    `ended_by` is how, where somebody chose it (an `OwnershipEnd`); else a reason that is spelled as one counts as that.
    """

    on: date
    reason: str
    ended_by: str = ""

    @property
    def how(self) -> str:
        """The known end that it was; empty where nobody said one. What was chosen goes before the words."""
        return self.ended_by or OwnershipEnd.said_in(self.reason)


@transaction.atomic
def assign(
    dossier_id: int,
    unit: Unit,
    service: Service,
    *,
    on: date,
    origin: Origin,
    contact: str = "",
    source_id: str | None = None,
    end: End | None = None,
) -> Assignment:
    """Assign the client to `unit` from day `on`; under a tendered service that grants at once, with nobody in between.

    A day that is still to come grants on that day. Another unit's ownership must have ended first (or see `transfer`).
    One that is heard of with its `end` takes no days after it, and opens nothing where its right would be over by now.
    """
    dossier = locked(dossier_id, origin=origin)
    if service.tendered:
        _refuse_second_owner(dossier, unit, since=on, until=end.on if end else None)
    assignment = Assignment(
        dossier=dossier,
        unit=unit,
        service=service,
        makes_owner=service.tendered,
        assigned_on=on,
        contact=contact,
        source_id=source_id,
    )
    if end is not None:
        _check_end(assignment, end)
        assignment.ended_on, assignment.end_reason, assignment.ended_by = end.on, end.reason, end.how
        assignment.end_recorded_on = day_of(origin.at)
    record(assignment, holds_from=on, origin=origin)
    never_begins = day_of(origin.at) < on == assignment.ended_on
    if service.tendered and not never_begins:
        _grant(assignment, origin=origin)
        _alert_without_rule(assignment, at=origin.at)
        objected_anyway(dossier, unit, origin=origin)
    return assignment


def _alert_without_rule(assignment: Assignment, *, at: datetime) -> None:
    """A service that the book in force doesn't have gets the fallback; somebody must know (decision 0013)."""
    code = assignment.service.code
    if not books().on(assignment.assigned_on).knows(code):
        detail = f"Dienst {code} staat niet in het regelboek: het inzagerecht van de eigenaar volgt de terugvalregel."
        dossier, unit = assignment.dossier, None
        ask("rule_gap", subject=f"service:{code}", dossier=dossier, unit=unit, detail=detail, at=at)


def _grant(assignment: Assignment, *, origin: Origin) -> None:
    """Give the ground; on a day that is still to come it waits. Over by now, or after a death, it opens nothing."""
    dossier, on, today = assignment.dossier, assignment.assigned_on, day_of(origin.at)
    if is_over_already(assignment, today=today):
        reckon(dossier.pk, origin=origin)
        return
    if (deceased_on := dossier.client.deceased_on) and deceased_on <= max(on, today):
        raise NotGranted(Refusal.DECEASED)
    if on <= today:
        give_ground(dossier, assignment.unit, Ground.ASSIGNMENT, on=on, origin=origin, assignment=assignment)
        return
    to_come = Grant(
        dossier=dossier, unit=assignment.unit, ground=Ground.ASSIGNMENT, granted_on=on, assignment=assignment
    )
    record(to_come, holds_from=on, origin=origin)
    reckon(dossier.pk, origin=origin)


@transaction.atomic
def end_assignment(
    assignment_id: int, *, on: date, reason: str, origin: Origin, ended_by: str = ""
) -> Assignment:
    """End an assignment: day `on` is the first without it. Entered late, no right ends before today by it.

    How it ended (`ended_by`, or a `reason` that is spelled as an `OwnershipEnd`) can have a term of its own.

    One that is still to come, ended on its own first day, never begins, and grants nothing.
    """
    assignment = under_lock(Assignment, assignment_id, origin=origin)
    if assignment.ended_on is not None and assignment.ended_on <= day_of(origin.at):
        raise NotAssigned(
            "assignment_ended",
            f"This assignment already ended on {assignment.ended_on}; nothing was changed.",
        )
    end = End(on, reason, ended_by)
    _check_end(assignment, end)
    if assignment.makes_owner:
        _refuse_second_owner(assignment.dossier, assignment.unit, since=assignment.assigned_on, until=on)
    assignment.ended_on, assignment.end_reason, assignment.ended_by = on, reason, end.how
    assignment.end_recorded_on = day_of(origin.at)
    record(assignment, holds_from=on, origin=origin)
    if day_of(origin.at) < on == assignment.assigned_on:
        for grant in Grant.objects.filter(assignment=assignment, right=None):
            grant.withdrawn_on = on
            record(grant, holds_from=on, origin=origin)
    reckon(assignment.dossier_id, origin=origin)
    return assignment


def _check_end(assignment: Assignment, end: End) -> None:
    if not end.reason.strip():
        raise NotAssigned("end_without_reason", "An end needs its reason: say why the assignment ends.")
    if end.on < assignment.assigned_on:
        raise NotAssigned(
            "end_before_start",
            f"The end {end.on} lies before the start {assignment.assigned_on}: give a day on or after it.",
        )


@transaction.atomic
def transfer(
    assignment_id: int, to: Unit, service: Service, *, on: date, origin: Origin, contact: str = ""
) -> Assignment:
    """Put the dossier on another unit's name from day `on`; the earlier owner and its contact stay readable."""
    ended = end_assignment(assignment_id, on=on, reason=OwnershipEnd.TRANSFERRED_TO_PARTNER, origin=origin)
    return assign(ended.dossier_id, to, service, on=on, origin=origin, contact=contact)


def owners_of(dossier: Dossier) -> list[Assignment]:
    """Every owner of the dossier, earlier ones and those to come too, the latest first."""
    owners = Assignment.objects.filter(dossier=dossier, makes_owner=True).select_related("unit", "service")
    return list(owners.order_by("-assigned_on", "-pk"))


def owner_on(owners: Iterable[Assignment], day: date) -> Assignment | None:
    """Whoever of these `owners_of` a dossier owns it on `day`."""
    begun = (owner for owner in owners if owner.assigned_on <= day)
    return next((owner for owner in begun if owner.ended_on is None or owner.ended_on > day), None)


def _refuse_second_owner(dossier: Dossier, unit: Unit, *, since: date, until: date | None = None) -> None:
    """Refuse `unit` as owner on days, from `since` and before `until`, on which another unit owns the dossier."""
    others = Assignment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=since), dossier=dossier, makes_owner=True
    )
    others = others.exclude(unit=unit).exclude(ended_on=F("assigned_on"))  # one of no days is in nobody's way
    if until is not None:
        others = others.filter(assigned_on__lt=until)
    if other := others.select_related("unit").order_by("assigned_on").first():
        raise NotAssigned(
            "second_owner",
            f"{other.unit} owns this dossier since {other.assigned_on}: end that assignment first, or transfer it.",
        )
