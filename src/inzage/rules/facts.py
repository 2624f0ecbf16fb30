"""The facts of a view right: what happened, and what that comes to on a day.

A `Case` holds what is known about one right: its grants, the unit's ownerships and activities in
that dossier, the client's death. `facts_on` says what of it counts on a day. Every judgement
starts here: import, use case, nightly run, proof and past days alike.
"""

from datetime import date
from typing import NamedTuple

from inzage.rules.names import Event, Ground


class Grant(NamedTuple):
    """A ground given on a day. `withdrawn_on` is the first day on which it no longer counts."""

    ground: Ground
    granted_on: date
    withdrawn_on: date | None = None


class Ownership(NamedTuple):
    """The unit owns the dossier under a tendered service until `ended_on`, the first day it does not (S18).

    `end_recorded_on` is the day the end was entered, where that was later than the end itself. `ended_by` is how it
    ended, an `OwnershipEnd`; empty where nobody said so.
    """

    service: str
    assigned_on: date
    ended_on: date | None = None
    end_recorded_on: date | None = None
    ended_by: str = ""


class Execution(NamedTuple):
    """The unit executes an activity from `begun_on` (asked for or started) until `ended_on`.

    `ended_by` is empty where the activity was cancelled before it ever ran: from `ended_on` on it never counted.
    """

    trajectory: bool
    begun_on: date
    ended_on: date | None = None
    ended_by: Event | None = None
    end_recorded_on: date | None = None


class Anchor(NamedTuple):
    """The event from which a term is counted, and its day."""

    event: Event
    on: date


class Case(NamedTuple):
    """Everything that decides over one right, opened on `granted_on`."""

    granted_on: date
    grants: tuple[Grant, ...]
    ownerships: tuple[Ownership, ...] = ()
    executions: tuple[Execution, ...] = ()
    deceased_on: date | None = None


class Facts(NamedTuple):
    """What a case comes to on a day.

    `moved_on` is the latest day on which a fact happened or was entered: no fact ends a right before it.
    """

    last_granted_on: date | None
    owned_service: str | None
    ended_ownerships: tuple[Ownership, ...]
    executes: bool
    last_end: Anchor | None
    trajectory_only: bool
    moved_on: date


def execution(
    *,
    trajectory: bool,
    requested_on: date | None,
    started_on: date | None,
    closed_on: date | None,
    cancelled_on: date | None,
    end_recorded_on: date | None = None,
    reopened_on: date | None = None,
) -> Execution:
    """An activity's days as one stint of its executor: of several ends the first counts, on one day the closing.

    A reopened activity runs again from its day; the stretch before is a stint of its own.
    """
    begun_on = reopened_on or started_on or requested_on
    assert begun_on is not None  # the database and the files both ask for one of the two
    if requested_on and requested_on < begun_on and not reopened_on:
        begun_on = requested_on
    if cancelled_on and (closed_on is None or cancelled_on < closed_on):
        ran = started_on is not None and started_on <= cancelled_on
        ended_by = Event.ACTIVITY_CANCELLED if ran else None
        return Execution(trajectory, begun_on, cancelled_on, ended_by, end_recorded_on)
    return Execution(
        trajectory, begun_on, closed_on, Event.ACTIVITY_CLOSED if closed_on else None, end_recorded_on
    )


def facts_on(case: Case, on: date) -> Facts:
    """What `case` comes to at the end of day `on`, counting only what had happened by then."""
    moved_on, last_granted_on = case.granted_on, None
    for grant in case.grants:
        if grant.granted_on > on:
            continue
        if grant.withdrawn_on is not None and grant.withdrawn_on <= on:
            moved_on = max(moved_on, grant.withdrawn_on)
        elif last_granted_on is None or grant.granted_on > last_granted_on:
            last_granted_on = grant.granted_on
    owned_service, ended, moved_on = _ownerships_on(case, on, moved_on)
    executes, last_end, trajectory_only, moved_on = _executions_on(case, on, moved_on)
    return Facts(last_granted_on, owned_service, ended, executes, last_end, trajectory_only, moved_on)


def _ownerships_on(case: Case, on: date, moved_on: date) -> tuple[str | None, tuple[Ownership, ...], date]:
    """The service under which the unit owns the dossier, the ownerships that ended, the latest move."""
    running: Ownership | None = None
    ended: tuple[Ownership, ...] = ()
    for ownership in case.ownerships:
        if ownership.assigned_on > on:
            continue
        if ownership.ended_on is None or ownership.ended_on > on:
            if running is None or _goes_before(ownership, running):
                running = ownership
        elif ownership.ended_on >= case.granted_on:  # an earlier one belongs to an earlier right
            ended += (ownership,)
            moved_on = max(moved_on, ownership.ended_on, ownership.end_recorded_on or ownership.ended_on)
    return (running.service if running else None), ended, moved_on


def _goes_before(one: Ownership, other: Ownership) -> bool:
    """Of two services that run at once the later assigned counts, on one day the first by code (decision 0017)."""
    if one.assigned_on != other.assigned_on:
        return one.assigned_on > other.assigned_on
    return one.service < other.service


def _executions_on(case: Case, on: date, moved_on: date) -> tuple[bool, Anchor | None, bool, date]:
    """Whether the unit executes something, its last end, whether only trajectory counts, the latest move."""
    executes, trajectory_only = False, True
    last_end: Anchor | None = None
    counted = False
    for trajectory, begun_on, ended_on, ended_by, recorded_on in case.executions:
        if begun_on > on:
            continue
        if ended_on is None or ended_on > on:
            executes = True
        else:
            if ended_on > moved_on:
                moved_on = ended_on
            if recorded_on is not None and recorded_on > moved_on:
                moved_on = recorded_on
            if ended_by is None:
                continue
            if last_end is None or _is_later(ended_on, ended_by, last_end):
                last_end = Anchor(ended_by, ended_on)
        counted = True
        trajectory_only = trajectory_only and trajectory
    return executes, last_end, counted and trajectory_only, moved_on


def _is_later(ended_on: date, ended_by: Event, than: Anchor) -> bool:
    """Whether this end comes after `than`; on one day a closing goes before a cancellation."""
    return ended_on > than.on or (ended_on == than.on and ended_by is Event.ACTIVITY_CLOSED)


def something_runs(case: Case, on: date) -> bool:
    """Whether the unit owns the dossier on that day, or executes something in it: what ends a right then is no term."""
    for facts in (case.ownerships, case.executions):
        for fact in facts:
            if fact[1] <= on and (fact[2] is None or fact[2] > on):
                return True
    return False


def goes_on(case: Case, on: date) -> bool:
    """Whether on that day something runs of which no end is known, on a ground that stays, for a client who lives.

    No rule ends such a right, whatever its book says; it needs no judging to know that.
    """
    if case.deceased_on is not None or not any(_stays(grant, on) for grant in case.grants):
        return False
    for facts in (case.executions, case.ownerships):
        for fact in facts:
            if fact[2] is None and fact[1] <= on:
                return True
    return False


def _stays(grant: Grant, on: date) -> bool:
    return grant.withdrawn_on is None and grant.granted_on <= on and grant.ground is not Ground.RESTORED


def has_no_ground_left(case: Case, on: date) -> bool:
    """Whether withdrawal left nothing of the grants given before day `on`: on one day ends go before beginnings.

    A right that was kept goes on upon what it rested on: that it was is no ground beside it. What opened it is.
    """
    return all(
        grant.withdrawn_on is not None and grant.withdrawn_on <= on
        for grant in case.grants
        if grant.granted_on < on
        and (grant.ground is not Ground.RESTORED or grant.granted_on == case.granted_on)
    )


def days_of(case: Case, *, after: date = date.min) -> list[date]:
    """The days later than `after`, in no order, on which something in `case` happens."""
    days = []
    facts: tuple[Grant | Ownership | Execution, ...] = (*case.grants, *case.ownerships, *case.executions)
    for fact in facts:
        begins_on, ends_on = fact[1], fact[2]  # the days of a fact stand side by side in it
        if begins_on > after:
            days.append(begins_on)
        if ends_on is not None and ends_on > after:
            days.append(ends_on)
    if case.deceased_on is not None and case.deceased_on > after:
        days.append(case.deceased_on)
    return days
