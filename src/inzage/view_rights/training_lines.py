"""The line that a training request of IBIS makes, and what becomes of it when the request changes (S15 to S17, S23)."""

from typing import NamedTuple

from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Activity, Dossier
from inzage.journal.models import Origin
from inzage.partners.known_numbers import title_of_course
from inzage.partners.models import Unit
from inzage.rule_books.in_force import books
from inzage.rules.days import day_of
from inzage.rules.names import Ground, Kind, State
from inzage.tasks.asking import ask
from inzage.view_rights.catching_up import locked
from inzage.view_rights.granting import give_ground
from inzage.view_rights.ibis_differences import (
    CANCELLED,
    GRANTS_NO_MORE,
    WITHDRAWN,
    differences,
    said_otherwise,
)
from inzage.view_rights.models import Grant
from inzage.view_rights.receiving import Taken
from inzage.view_rights.registering import Actor, NewActivity, amend, cancel, register
from inzage.view_rights.training_records import Registration, TrainingRequest


class Request(NamedTuple):
    """A revision of a training request on its way in: the line it made before, if any, and who carries it out."""

    record: TrainingRequest
    line: Activity | None
    origin: Origin


def line_of(record: TrainingRequest, said: Registration, unit: Unit) -> NewActivity:
    """The line as the record says it: a course number makes a training, PRJLEW a project (S15, S23)."""
    reference = said.reference
    number = f"ibis:{record.id}"
    if Activity.objects.filter(source_id=number).exists():
        number = f"{number}:{record.revision}"
    return NewActivity(
        executor=unit,
        kind=Kind.PROJECT if reference.of_leren_en_werken else Kind.TRAINING,
        title=said.title or title_of_course(reference.course),
        requested_on=said.registered_on,
        course_number=reference.course,
        outsourcing_number=reference.outsourcing_number,
        ibis_registered_on=said.registered_on,
        source_id=number,
    )


def begin(request: Request, dossier: Dossier, new: NewActivity) -> Taken:
    """A new line, in aanvraag."""
    line = register(dossier.pk, new, actor=Actor(request.origin))
    _grant_at_once(request, line)
    return Taken(dossier, line)


def follow(request: Request, dossier: Dossier, line: Activity, new: NewActivity) -> Taken:
    """The same client and unit: a line nobody has touched follows, another stays and a person hears what differs."""
    if _is_untouched(line, request.origin):
        granted = _grants_at_once(line)
        line = amend(line.pk, new, actor=Actor(request.origin))
        _grant_at_once(request, line)
        if granted and not _grants_at_once(line) and _stands_on_ibis(line):
            _ask(
                request,
                line,
                GRANTS_NO_MORE,
            )
    elif told := differences(line, new):
        _ask(request, line, said_otherwise(told))
    return Taken(dossier, line)


def move(request: Request, dossier: Dossier, line: Activity, new: NewActivity) -> Taken:
    """Another client or unit: the line there goes, and a new one comes here."""
    if not _is_untouched(line, request.origin):
        told = differences(line, new) or "met dezelfde nummers"
        where = f"dossier {dossier.reference}, organisatie {new.executor}"
        _ask(request, line, said_otherwise(f"{where}, {told}"))
        return Taken(line.dossier, line)
    _cancel(request, line)
    return begin(request, dossier, new)


def withdraw(request: Request) -> Taken:
    """A line nobody has touched is cancelled; another stays, and a person decides."""
    line = request.line
    if line is None:
        return Taken()
    locked(line.dossier_id, origin=request.origin)
    line.refresh_from_db()
    if _is_untouched(line, request.origin):
        _cancel(request, line)
        return Taken(line.dossier)
    if line.state_on(day_of(request.origin.at)) is not State.CANCELLED:
        _ask(request, line, WITHDRAWN)
    return Taken(line.dossier, line)


def _is_untouched(line: Activity, origin: Origin) -> bool:
    """Whether the line is as IBIS made it, in aanvraag: no start, no end, not even one announced."""
    days = (line.started_on, line.closed_on, line.cancelled_on, line.reopened_on)
    return line.state_on(day_of(origin.at)) is State.REQUESTED and days == (None,) * len(days)


def _cancel(request: Request, line: Activity) -> None:
    """Cancel the line; a right that IBIS granted at once stays, and a person decides."""
    cancel(line.pk, on=day_of(request.origin.at), actor=Actor(request.origin))
    if _stands_on_ibis(line):
        _ask(request, line, CANCELLED)


def _grant_at_once(request: Request, line: Activity) -> None:
    """PRJLEW grants the right itself where the rule book of the day of registration says so (S23).

    Not to a unit that the client shut out: then the form is needed, as where the rule book doesn't say so.
    """
    if standing_objection(line.dossier_id, line.unit_id):
        return
    if _grants_at_once(line) and not _stands_on_ibis(line):
        origin = request.origin
        give_ground(line.dossier, line.unit, Ground.IBIS, on=day_of(origin.at), origin=origin)


def _grants_at_once(line: Activity) -> bool:
    """Whether a line that says this grants a right without a form."""
    assert line.ibis_registered_on is not None
    return line.kind == Kind.PROJECT and books().on(line.ibis_registered_on).prjlew_grants_at_once.on


def _stands_on_ibis(line: Activity) -> bool:
    """Whether the unit has an open right in the dossier with IBIS among its grounds."""
    grounds = Grant.objects.filter(dossier=line.dossier_id, unit=line.unit_id, ground=Ground.IBIS)
    return grounds.filter(right__closed_on=None, right__isnull=False, withdrawn_on=None).exists()


def _ask(request: Request, line: Activity, told: str) -> None:
    """A task for the desk."""
    record = request.record
    ask(
        "ibis_difference",
        subject=f"{record.id}:{record.revision}",
        dossier=line.dossier,
        unit=None,
        detail=f"Aanvraag {record.id}, versie {record.revision}. {told}",
        at=request.origin.at,
    )
