"""A line in Stappen naar werk is brought to what VDAB says of it, by the steps that it takes, on VDAB's own days."""

from datetime import date

from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.lines import Step
from inzage.rules.names import Event
from inzage.rules.paths import EarlierStretch, NoPath, StepOn, path_to, way_on
from inzage.view_rights import registering
from inzage.view_rights.closing import reckon
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.registering import Actor, NewActivity
from inzage.view_rights.telling_actiris import Change, record_activity
from inzage.view_rights.vdab_told import ActivityTold

WORDS = ("kind", "title", "course_number", "outsourcing_number")
"""What VDAB can say otherwise without any step."""


def bring_in(dossier: Dossier, unit: Unit, told: ActivityTold, *, actor: Actor) -> Activity:
    """Register the line where it is not here yet, then take the steps that it lacks.

    The dossier is locked. Raises NotTaken where no steps lead to what is told, NotRegistered where one is refused.
    """
    whole = _path_to(told)
    line = (
        Activity.objects.filter(source_id=told.activity_id).select_related("unit", "dossier__client").first()
    )
    if line is None:
        line = _register(dossier, unit, told, actor=actor)
    _check_same(line, dossier, unit, told)
    _word(line, told, actor=actor)
    for step, on in _way_on(line, whole, actor=actor):
        _take(line, step, on, told, actor=actor)
    return Activity.objects.get(pk=line.pk)


def _register(dossier: Dossier, unit: Unit, told: ActivityTold, *, actor: Actor) -> Activity:
    new = NewActivity(
        executor=unit,
        kind=told.kind,
        title=told.title,
        requested_on=told.requested_on,
        started_on=None if told.requested_on else told.started_on,
        course_number=told.course_number,
        outsourcing_number=told.outsourcing_number,
        source_id=told.activity_id,
    )
    return registering.register(dossier.pk, new, actor=actor)


def _check_same(line: Activity, dossier: Dossier, unit: Unit, told: ActivityTold) -> None:
    """NotTaken where it can't be the same line: another client's, another executor's, or begun on another day."""
    if line.dossier_id != dossier.pk:
        raise NotTaken(
            "other_client",
            f"Activity {told.activity_id} belongs to another client here: ask VDAB whose it is.",
        )
    if line.unit != unit:
        raise NotTaken(
            "other_executor",
            f"Here {line.unit} executes activity {told.activity_id}, and {unit} according to VDAB. Replace the "
            "executor in the application, or ask VDAB for an activity of its own for the new one.",
        )
    begun_here = line.requested_on or line.started_on
    begun_there = told.requested_on or told.started_on
    if begun_here != begun_there or (line.requested_on is None) != (told.requested_on is None):
        raise NotTaken(
            "differs", f"The line began on {begun_here} here, and on {begun_there} according to VDAB."
        )


def _word(line: Activity, told: ActivityTold, *, actor: Actor) -> None:
    """Follow VDAB in what the line is called and what kind it is of."""
    if all(getattr(line, word) == getattr(told, word) for word in WORDS):
        return
    for word in WORDS:
        setattr(line, word, getattr(told, word))
    record_activity(line, Change.CORRECTED, holds_from=day_of(actor.origin.at), origin=actor.origin)
    reckon(line.dossier_id, origin=actor.origin)


def _path_to(told: ActivityTold) -> tuple[StepOn, ...]:
    try:
        return path_to(
            requested_on=told.requested_on,
            started_on=told.started_on,
            closed_on=told.closed_on,
            cancelled_on=told.cancelled_on,
            earlier=told.earlier,
        )
    except NoPath as why:
        raise NotTaken("impossible_days", f"{why} Ask VDAB for the right days.") from why


def _way_on(line: Activity, whole: tuple[StepOn, ...], *, actor: Actor) -> tuple[StepOn, ...]:
    try:
        return way_on(_taken(line), whole, today=day_of(actor.origin.at))
    except NoPath as why:
        raise NotTaken("differs", f"{why} Correct the line in the application, or ask VDAB.") from why


def _taken(line: Activity) -> tuple[StepOn, ...]:
    """The steps that the line has had here."""
    runs = list(line.earlier_runs.order_by("pk"))
    again = [*(run.begun_on for run in runs[1:]), line.reopened_on]
    earlier = [
        EarlierStretch(StepOn(_how(run.ended_by), run.ended_on), reopened_on)
        for run, reopened_on in zip(runs, again, strict=False)
        if reopened_on
    ]
    return path_to(
        requested_on=line.requested_on,
        started_on=line.started_on,
        closed_on=line.closed_on,
        cancelled_on=line.cancelled_on,
        earlier=earlier,
    )


def _how(ended_by: str) -> Step:
    return Step.CLOSE if ended_by == Event.ACTIVITY_CLOSED else Step.CANCEL


def _take(line: Activity, step: Step, on: date, told: ActivityTold, *, actor: Actor) -> None:
    match step:
        case Step.START:
            registering.start(line.pk, on=on, actor=actor)
        case Step.CLOSE:
            registering.close(line.pk, on=on, actor=actor, work_ended_on=told.work_ended_on)
        case Step.CANCEL:
            registering.cancel(line.pk, on=on, actor=actor)
        case Step.REOPEN:
            registering.reopen(line.pk, on=on, actor=actor)
        case _:
            registering.take_back_end(line.pk, actor=actor)
