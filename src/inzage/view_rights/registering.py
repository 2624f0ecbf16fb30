"""Stappen naar werk: activities, for which a partner needs its own open right (S03, S12)."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from inzage.dossiers.models import Activity, Dossier, EarlierRun
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.facts import Execution, execution
from inzage.rules.lines import Hindrance, Step, allowed_in, first_start
from inzage.rules.names import Kind, State
from inzage.view_rights.catching_up import locked, under_lock
from inzage.view_rights.closing import reckon
from inzage.view_rights.telling_actiris import Change, record_activity
from inzage.view_rights.viewing import standing_right
from inzage.view_rights.watching import watch_enrolment


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
    """What is registered. It is requested on `requested_on`, or started straight away on `started_on`.

    What comes from IBIS has its day of registration there, and a `source_id` of its own (S15).
    """

    executor: Unit
    kind: Kind
    title: str = ""
    requested_on: date | None = None
    started_on: date | None = None
    course_number: str = ""
    outsourcing_number: str = ""
    ibis_registered_on: date | None = None
    source_id: str | None = None


@transaction.atomic
def register(dossier_id: int, new: NewActivity, *, actor: Actor) -> Activity:
    """Add a line. A partner registers for its own unit: another organisation needs a right of its own (S03)."""
    dossier = locked(dossier_id, origin=actor.origin)
    require_right(dossier, new.executor, actor)
    begun_on = new.requested_on or new.started_on
    if begun_on is None:
        raise NotRegistered(
            Hindrance.NO_DAY, "An activity needs the day it was requested or the day it started."
        )
    values = new._asdict()
    activity = Activity(dossier=dossier, unit=values.pop("executor"), **values)
    if new.started_on is not None:
        _check_start(activity, new.started_on, actor)
    change = Change.STARTED if new.started_on else Change.REQUESTED
    record_activity(activity, change, holds_from=begun_on, origin=actor.origin)
    reckon(dossier.pk, origin=actor.origin)
    watch_enrolment(dossier, origin=actor.origin)
    return activity


@transaction.atomic
def start(activity_id: int, *, on: date, actor: Actor, title: str = "") -> Activity:
    """From aanvraag to bezig on day `on`; a line from IBIS is filled in with its title, where it has none (S16)."""
    activity = line_for(activity_id, Step.START, actor)
    activity.title = title or activity.title
    _check_start(activity, on, actor)
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
    return _change(activity, Change.STARTED, on=on, actor=actor, started_on=on)


def _check_start(activity: Activity, on: date, actor: Actor) -> None:
    """NotRegistered while a line from IBIS can't be set to bezig yet, whoever asks and for whatever day (S16)."""
    if activity.ibis_registered_on is None:
        return
    first = first_start(activity.ibis_registered_on)
    if min(on, day_of(actor.origin.at)) < first:
        raise NotRegistered(
            Hindrance.TOO_SOON_AFTER_IBIS,
            f"The line was registered in IBIS on {activity.ibis_registered_on}: it can be started from {first} on.",
        )
    if not activity.title.strip():
        raise NotRegistered(Hindrance.NO_TITLE, "The line has no title yet: give it one with the start.")


@transaction.atomic
def close(activity_id: int, *, on: date, actor: Actor, work_ended_on: date | None = None) -> Activity:
    """Close a line on day `on`, the day it is closed in the system; the day the work ended is kept beside it."""
    activity = line_for(activity_id, Step.CLOSE, actor)
    return _end(activity, Change.CLOSED, on=on, actor=actor, closed_on=on, work_ended_on=work_ended_on)


@transaction.atomic
def cancel(activity_id: int, *, on: date, actor: Actor) -> Activity:
    """Cancel a line: if it ever ran it counts as closed on that day, otherwise it never counted."""
    activity = line_for(activity_id, Step.CANCEL, actor)
    return _end(activity, Change.CANCELLED, on=on, actor=actor, cancelled_on=on)


@transaction.atomic
def reopen(activity_id: int, *, on: date, actor: Actor) -> Activity:
    """A closed or cancelled line runs again from day `on`; a closed right is not revived by it.

    The stretch that ended is kept beside it: on the days between, the line did not run.
    """
    activity = line_for(activity_id, Step.REOPEN, actor)
    ended = stint_of(activity)
    assert ended.ended_on is not None
    if not ended.ended_on <= on <= day_of(actor.origin.at):
        raise NotRegistered(
            Hindrance.REOPENED_OUTSIDE,
            f"The line ended on {ended.ended_on}: give a day from then up to today.",
        )
    EarlierRun.objects.create(
        activity=activity,
        dossier=activity.dossier,
        unit=activity.unit,
        kind=activity.kind,
        begun_on=ended.begun_on,
        ended_on=ended.ended_on,
        ended_by=ended.ended_by or "",
        end_recorded_on=ended.end_recorded_on,
        recorded_at=actor.origin.at,
        recorded_by=actor.origin.by,
    )
    return _change(activity, Change.REOPENED, on=on, actor=actor, reopened_on=on, **NO_END)


@transaction.atomic
def take_back_end(activity_id: int, *, actor: Actor) -> Activity:
    """An end that was entered ahead of its day is taken back: the line goes on as if it had not been entered."""
    activity = line_for(activity_id, Step.TAKE_BACK_END, actor)
    return _change(activity, Change.END_TAKEN_BACK, on=day_of(actor.origin.at), actor=actor, **NO_END)


NO_END = dict.fromkeys(("closed_on", "cancelled_on", "work_ended_on", "end_recorded_on"))


def stint_of(activity: Activity) -> Execution:
    """The stretch that the activity's own days tell of; those before a reopening are its `EarlierRun`s."""
    return execution(
        trajectory=activity.kind == Kind.TRAJECTORY,
        requested_on=activity.requested_on,
        started_on=activity.started_on,
        closed_on=activity.closed_on,
        cancelled_on=activity.cancelled_on,
        end_recorded_on=activity.end_recorded_on,
        reopened_on=activity.reopened_on,
    )


@transaction.atomic
def amend(activity_id: int, said: NewActivity, *, actor: Actor) -> Activity:
    """A line still in aanvraag follows what its source now says of it (S15); nothing happens where that is the same."""
    activity = line_for(activity_id, Step.START, actor)
    values = {name: value for name, value in said._asdict().items() if name not in ("executor", "source_id")}
    if all(getattr(activity, name) == value for name, value in values.items()):
        return activity
    return _change(
        activity, Change.CORRECTED, on=said.requested_on or day_of(actor.origin.at), actor=actor, **values
    )


@transaction.atomic
def replace_executor(activity_id: int, new: Unit, *, on: date, actor: Actor) -> Activity:
    """Another unit executes from day `on`: the line closes for the old one, and a new line continues it."""
    old = line_for(activity_id, Step.REPLACE_EXECUTOR, actor)
    if new == old.unit:
        raise NotRegistered(Hindrance.SAME_EXECUTOR, f"{new} executes this line already.")
    if actor.unit is not None and standing_right(old.dossier_id, new.pk, on=day_of(actor.origin.at)) is None:
        raise NotRegistered(
            Hindrance.NEW_EXECUTOR_WITHOUT_RIGHT,
            f"{new} has no view right on this dossier: ask one for that organisation first.",
        )
    state = old.state_on(day_of(actor.origin.at))
    _end(old, Change.REPLACED, on=on, actor=actor, closed_on=on)
    activity = Activity(
        dossier=old.dossier,
        unit=new,
        kind=old.kind,
        title=old.title,
        course_number=old.course_number,
        outsourcing_number=old.outsourcing_number,
        ibis_registered_on=old.ibis_registered_on,
        continues=old,
        **({"started_on": on} if state is State.RUNNING else {"requested_on": on}),
    )
    change = Change.STARTED if state is State.RUNNING else Change.REQUESTED
    record_activity(activity, change, holds_from=on, origin=actor.origin)
    reckon(old.dossier_id, origin=actor.origin)
    watch_enrolment(old.dossier, origin=actor.origin)
    return activity


def steps_allowed(activity: Activity, today: date) -> frozenset[Step]:
    """What can be done to the line today."""
    return steps_allowed_to(activity, today, continued=Activity.objects.filter(continues=activity).exists())


def steps_allowed_to(activity: Activity, today: date, *, continued: bool) -> frozenset[Step]:
    """The same, where it is known whether another line continues this one."""
    ends = [day for day in (activity.closed_on, activity.cancelled_on) if day]
    announced = bool(ends) and min(ends) > today
    return allowed_in(activity.state_on(today), end_announced=announced, continued=continued)


def line_for(activity_id: int, step: Step, actor: Actor) -> Activity:
    """The activity, its dossier locked, if this actor may take this step with it now; else NotRegistered."""
    activity = under_lock(Activity, activity_id, origin=actor.origin)
    require_right(activity.dossier, activity.unit, actor)
    allowed = steps_allowed(activity, day_of(actor.origin.at))
    if step in allowed:
        return activity
    if further := Activity.objects.filter(continues=activity).select_related("unit").first():
        raise NotRegistered(
            Hindrance.CONTINUED, f"{further.unit} continues this line since it was replaced: change it there."
        )
    state = activity.state_on(day_of(actor.origin.at))
    can = ", ".join(sorted(allowed))
    raise NotRegistered(
        Hindrance.STATE, f"This activity is {state}: '{step}' can't be done now. What can: {can}."
    )


def _end(activity: Activity, change: Change, *, on: date, actor: Actor, **days: date | None) -> Activity:
    begun_on = activity.reopened_on or activity.started_on or activity.requested_on
    assert begun_on is not None
    if on < begun_on:
        raise NotRegistered(
            Hindrance.END_BEFORE_START,
            f"The end {on} lies before the start {begun_on}: give a day on or after it.",
        )
    return _change(activity, change, on=on, actor=actor, end_recorded_on=day_of(actor.origin.at), **days)


def _change(activity: Activity, change: Change, *, on: date, actor: Actor, **values: Any) -> Activity:
    """Set the days, keep a version, tell Actiris where it must know, reckon."""
    for column, value in values.items():
        setattr(activity, column, value)
    record_activity(activity, change, holds_from=on, origin=actor.origin)
    reckon(activity.dossier_id, origin=actor.origin)
    watch_enrolment(activity.dossier, origin=actor.origin)
    return activity


def require_right(dossier: Dossier, executor: Unit, actor: Actor) -> None:
    """NotRegistered unless the actor is VDAB's own, or a partner's unit with an open right that executes it itself."""
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
