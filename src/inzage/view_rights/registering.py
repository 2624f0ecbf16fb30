"""Stappen naar werk: activities and performances, for which a partner needs its own open right (S03, S12)."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from inzage.dossiers.models import Activity, Dossier, Performance
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.lines import ALLOWED, Hindrance, Step
from inzage.rules.names import Kind, State
from inzage.view_rights.catching_up import locked
from inzage.view_rights.closing import reckon
from inzage.view_rights.recording import record
from inzage.view_rights.viewing import standing_right


class Actor(NamedTuple):
    """Who acts: a partner's unit, or VDAB's own people and the adapters (`unit` empty), who need no right."""

    origin: Origin
    unit: Unit | None = None


class NotRegistered(Exception):
    """The line can't be registered or changed: the hindrance, and a message that says what to do."""

    def __init__(self, hindrance: Hindrance, message: str) -> None:
        super().__init__(message)
        self.hindrance = hindrance


class NewActivity(NamedTuple):
    """What is registered. It is requested on `requested_on`, or started straight away on `started_on`."""

    executor: Unit
    kind: Kind
    title: str = ""
    requested_on: date | None = None
    started_on: date | None = None
    course_number: str = ""
    outsourcing_number: str = ""


@transaction.atomic
def register(dossier_id: int, new: NewActivity, *, actor: Actor) -> Activity:
    """Add a line. A partner registers for its own unit: another organisation needs a right of its own (S03)."""
    dossier = locked(dossier_id, origin=actor.origin)
    _require_right(dossier, new.executor, actor)
    begun_on = new.requested_on or new.started_on
    if begun_on is None:
        raise NotRegistered(
            Hindrance.NO_DAY, "An activity needs the day it was requested or the day it started."
        )
    activity = Activity(
        dossier=dossier,
        unit=new.executor,
        kind=new.kind,
        title=new.title,
        requested_on=new.requested_on,
        started_on=new.started_on,
        course_number=new.course_number,
        outsourcing_number=new.outsourcing_number,
    )
    record(activity, holds_from=begun_on, origin=actor.origin)
    reckon(dossier.pk, origin=actor.origin)
    return activity


@transaction.atomic
def start(activity_id: int, *, on: date, actor: Actor) -> Activity:
    """From aanvraag to bezig on day `on`."""
    activity = _open(activity_id, Step.START, actor)
    if activity.requested_on and on < activity.requested_on:
        raise NotRegistered(
            Hindrance.START_BEFORE_REQUEST,
            f"The start {on} lies before the request {activity.requested_on}: give a day on or after it.",
        )
    ends = [day for day in (activity.closed_on, activity.cancelled_on) if day]
    if ends and on > min(ends):
        raise NotRegistered(
            Hindrance.END_BEFORE_START,
            f"The end {min(ends)}, already entered, lies before the start {on}: give a day on or before it.",
        )
    return _change(activity, on=on, actor=actor, started_on=on)


@transaction.atomic
def close(activity_id: int, *, on: date, actor: Actor, work_ended_on: date | None = None) -> Activity:
    """Close a line on day `on`, the day it is closed in the system; the day the work ended is kept beside it."""
    activity = _open(activity_id, Step.CLOSE, actor)
    return _end(activity, on=on, actor=actor, closed_on=on, work_ended_on=work_ended_on)


@transaction.atomic
def cancel(activity_id: int, *, on: date, actor: Actor) -> Activity:
    """Cancel a line: if it ever ran it counts as closed on that day, otherwise it never counted."""
    activity = _open(activity_id, Step.CANCEL, actor)
    return _end(activity, on=on, actor=actor, cancelled_on=on)


@transaction.atomic
def reopen(activity_id: int, *, on: date, actor: Actor) -> Activity:
    """A closed or cancelled line runs again from day `on`; a closed right is not revived by it."""
    activity = _open(activity_id, Step.REOPEN, actor)
    ended_on = min(day for day in (activity.closed_on, activity.cancelled_on) if day)
    if not ended_on <= on <= day_of(actor.origin.at):
        raise NotRegistered(
            Hindrance.REOPENED_OUTSIDE, f"The line ended on {ended_on}: give a day from then up to today."
        )
    return _change(
        activity,
        on=on,
        actor=actor,
        closed_on=None,
        cancelled_on=None,
        work_ended_on=None,
        end_recorded_on=None,
    )


@transaction.atomic
def replace_executor(activity_id: int, new: Unit, *, on: date, actor: Actor) -> Activity:
    """Another unit executes from day `on`: the line closes for the old one, and a new line continues it."""
    old = _open(activity_id, Step.REPLACE_EXECUTOR, actor)
    if further := Activity.objects.filter(continues=old).select_related("unit").first():
        raise NotRegistered(
            Hindrance.STATE,
            f"{further.unit} continues this line already: replace the executor there, or close this one.",
        )
    if actor.unit is not None and standing_right(old.dossier_id, new.pk, on=day_of(actor.origin.at)) is None:
        raise NotRegistered(
            Hindrance.NEW_EXECUTOR_WITHOUT_RIGHT,
            f"{new} has no view right on this dossier: ask one for that organisation first.",
        )
    state = old.state_on(day_of(actor.origin.at))
    _end(old, on=on, actor=actor, closed_on=on)
    activity = Activity(
        dossier=old.dossier,
        unit=new,
        kind=old.kind,
        title=old.title,
        course_number=old.course_number,
        outsourcing_number=old.outsourcing_number,
        continues=old,
        **({"started_on": on} if state is State.RUNNING else {"requested_on": on}),
    )
    record(activity, holds_from=on, origin=actor.origin)
    reckon(old.dossier_id, origin=actor.origin)
    return activity


OUTSIDE = "Hours are registered for a day on which the activity ran, up to today."
HOURS = "Hours are between 0 and 24 for a day in all, and an absence needs its reason."


class Hours(NamedTuple):
    """Hours present and absent on one day; an absence has its reason."""

    day: date
    present: Decimal
    absent: Decimal = Decimal(0)
    absence_reason: str = ""


@transaction.atomic
def perform(activity_id: int, hours: Hours, *, actor: Actor) -> Performance:
    """Register performances of one day; entered again, the new entry replaces the earlier one, which is kept."""
    activity = _open(activity_id, Step.PERFORM, actor)
    if not all(part.is_finite() and 0 <= part <= 24 for part in (hours.present, hours.absent)):
        raise NotRegistered(Hindrance.HOURS, HOURS)
    begun_on = activity.started_on or activity.requested_on
    ends = [day_of(actor.origin.at), activity.closed_on, activity.cancelled_on]
    if begun_on is None or not begun_on <= hours.day <= min(day for day in ends if day):
        raise NotRegistered(Hindrance.HOURS_OUTSIDE, OUTSIDE)
    earlier = activity.performances.filter(day=hours.day, replaced_by=None).first()
    try:
        with transaction.atomic():
            return Performance.objects.create(
                activity=activity,
                day=hours.day,
                hours_present=hours.present,
                hours_absent=hours.absent,
                absence_reason=hours.absence_reason,
                recorded_at=actor.origin.at,
                recorded_by=actor.origin.by,
                replaces=earlier,
            )
    except IntegrityError as error:
        raise NotRegistered(Hindrance.HOURS, HOURS) from error


def _open(activity_id: int, step: Step, actor: Actor) -> Activity:
    """The activity, its dossier locked, if this actor may take this step with it now."""
    activity = Activity.objects.select_related("unit").get(pk=activity_id)
    activity.dossier = locked(activity.dossier_id, origin=actor.origin)
    activity.refresh_from_db()
    _require_right(activity.dossier, activity.unit, actor)
    state = activity.state_on(day_of(actor.origin.at))
    if step not in ALLOWED[state]:
        allowed = ", ".join(sorted(ALLOWED[state]))
        raise NotRegistered(
            Hindrance.STATE, f"This activity is {state}: '{step}' can't be done now. What can: {allowed}."
        )
    return activity


def _end(activity: Activity, *, on: date, actor: Actor, **days: date | None) -> Activity:
    begun = [day for day in (activity.requested_on, activity.started_on) if day]
    if on < max(begun):
        raise NotRegistered(
            Hindrance.END_BEFORE_START,
            f"The end {on} lies before the start {max(begun)}: give a day on or after it.",
        )
    return _change(activity, on=on, actor=actor, end_recorded_on=day_of(actor.origin.at), **days)


def _change(activity: Activity, *, on: date, actor: Actor, **values: Any) -> Activity:
    """Set the days, keep a version, reckon."""
    for column, value in values.items():
        setattr(activity, column, value)
    record(activity, holds_from=on, origin=actor.origin)
    reckon(activity.dossier_id, origin=actor.origin)
    return activity


def _require_right(dossier: Dossier, executor: Unit, actor: Actor) -> None:
    if actor.unit is None:
        return
    if executor != actor.unit:
        raise NotRegistered(
            Hindrance.OTHER_EXECUTOR,
            f"This line is {executor}'s: a right and a registration of that organisation are needed.",
        )
    if standing_right(dossier.pk, actor.unit.pk, on=day_of(actor.origin.at)) is None:
        raise NotRegistered(
            Hindrance.NO_RIGHT, "Your organisation has no view right on this dossier: ask a right first."
        )
