"""A client shuts out one organisation: its consents end; what rests on other grounds stays, and a mediator answers.

An objection takes consents away and keeps new ones from granting. It changes nothing in who may view: the rights that
rested on the consents are closed (docs/decisions/0044).
"""

from datetime import date

from django.db import transaction

from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm, FormState, Objection
from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason
from inzage.rules.refusing import Refused
from inzage.tasks.asking import ask, no_longer_ask
from inzage.tasks.models import Task
from inzage.view_rights.catching_up import locked
from inzage.view_rights.closing import has_ended, reckon
from inzage.view_rights.handing_over import decline
from inzage.view_rights.losing import Lost, Withdrawal, close_without_ground, end_on, foresee, lost_with
from inzage.view_rights.models import ViewRight
from inzage.view_rights.recording import record


class NotObjected(Refused):
    """Nothing was changed: the objection stands already (`standing`), or is lifted (`lifted`)."""


def foresee_objection(dossier_id: int, unit_id: int, *, origin: Origin) -> Withdrawal:
    """Shown to the client beforehand: what shutting out this unit today does to its right, if it has one."""
    rights = ViewRight.objects.filter(dossier=dossier_id, unit=unit_id, closed_on=None)
    right = rights.select_related("unit", "dossier__client").first()
    today = day_of(origin.at)
    if right is None or has_ended(right, today):
        return Withdrawal(None, ends=False)
    return foresee(right, _lost(dossier_id, unit_id, today), on=today, today=today)


def _lost(dossier_id: int, unit_id: int, today: date) -> Lost:
    """What goes with all consents of the unit."""
    forms = ConsentForm.objects.filter(dossier=dossier_id, unit=unit_id).values_list("pk", flat=True)
    return lost_with(forms, dossier_id, unit_id, on=today, today=today)


@transaction.atomic
def object_to(dossier_id: int, unit: Unit, *, reason: str = "", origin: Origin) -> Withdrawal:
    """Shut the unit out: its consents are withdrawn today, and what it asked is declined.

    A right with no ground left closes at once; one with another ground stays, and goes to a mediator as a task.
    """
    dossier = locked(dossier_id, origin=origin)
    if standing_objection(dossier_id, unit.pk):
        raise NotObjected("standing", "The client shut this unit out before; nothing was changed.")
    today, foreseen = day_of(origin.at), foresee_objection(dossier_id, unit.pk, origin=origin)
    objection = Objection(dossier=dossier, unit=unit, reason=reason.strip(), objected_at=origin.at)
    record(objection, holds_from=today, origin=origin)
    end_on(_lost(dossier_id, unit.pk, today).days, origin=origin)
    _withdraw_forms(dossier, unit, origin=origin)
    if foreseen.right and foreseen.ends:
        close_without_ground(foreseen.right, ClosingReason.OBJECTED, origin=origin)
    reckon(dossier_id, origin=origin)
    if foreseen.right and foreseen.left:
        _ask_mediator(objection, origin=origin)
    return foreseen


def _withdraw_forms(dossier: Dossier, unit: Unit, *, origin: Origin) -> None:
    """What was granted is withdrawn, what is under way declined."""
    today = day_of(origin.at)
    forms = ConsentForm.objects.filter(dossier=dossier, unit=unit).order_by("pk")
    for form in forms.filter(state=FormState.GRANTED).exclude(withdrawn_on__lte=today):
        form.withdrawn_on, form.changed_at = today, origin.at
        record(form, holds_from=today, origin=origin)
    for pk in list(forms.filter(state__in=UNDER_WAY).values_list("pk", flat=True)):
        decline(pk, origin=origin)


def _ask_mediator(objection: Objection, *, origin: Origin) -> None:
    ask(
        Task.Kind.OBJECTION,
        subject=_subject(objection),
        dossier=objection.dossier,
        unit=None,
        detail="",
        at=origin.at,
    )


def _subject(objection: Objection) -> str:
    return f"objection:{objection.pk}"


def objection_of(task: Task) -> Objection | None:
    """The objection that a task is about."""
    number = task.subject.removeprefix("objection:")
    if task.kind != Task.Kind.OBJECTION or not number.isdecimal():
        return None
    return Objection.objects.select_related("unit", "dossier__client").filter(pk=number).first()


@transaction.atomic
def lift(objection_id: int, *, reason: str = "", origin: Origin) -> Objection:
    """Lift the objection: consents can be given again. No right and no consent comes back by it.

    `reason` is a desk's, that lifts it for a client who can't; it stays with the objection, as who did it does.
    """
    objection = _under_lock(objection_id, origin=origin)
    objection.lifted_at, objection.lifted_by, objection.lift_reason = origin.at, origin.by, reason.strip()
    record(objection, holds_from=day_of(origin.at), origin=origin)
    no_longer_ask(Task.Kind.OBJECTION, [_subject(objection)], at=origin.at)
    return objection


@transaction.atomic
def answer(objection_id: int, words: str, *, origin: Origin) -> Objection:
    """A mediator answers the client, who reads it with the objection; the task is done thereby."""
    objection = _under_lock(objection_id, origin=origin)
    objection.answer, objection.answered_at = words, origin.at
    record(objection, holds_from=day_of(origin.at), origin=origin)
    Task.objects.filter(kind=Task.Kind.OBJECTION, subject=_subject(objection), done_at=None).update(
        done_at=origin.at, done_by=origin.by
    )
    return objection


def _under_lock(objection_id: int, *, origin: Origin) -> Objection:
    dossier = locked(
        Objection.objects.values_list("dossier_id", flat=True).get(pk=objection_id), origin=origin
    )
    objection = Objection.objects.select_related("unit").get(pk=objection_id)
    objection.dossier = dossier
    if objection.lifted_at is not None:
        raise NotObjected("lifted", "This objection was lifted; nothing was changed.")
    return objection


def objected_anyway(dossier: Dossier, unit: Unit, *, origin: Origin) -> None:
    """Where the law gives a right to a unit that the client shut out, a mediator hears of it and answers the client."""
    if objection := standing_objection(dossier.pk, unit.pk):
        _ask_mediator(objection, origin=origin)
