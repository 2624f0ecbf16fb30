"""Withdrawing a consent: what ends and what stays, told beforehand and done by one judgement (S04)."""

from datetime import date

from django.db import transaction

from inzage.consents.models import ConsentForm
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.granting import Refusal
from inzage.rules.names import ClosingReason, Ground
from inzage.tasks.asking import ask
from inzage.tasks.models import Task
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.closing import has_ended, reckon
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.losing import Lost, Withdrawal, close_without_ground, end_on, foresee, lost_with
from inzage.view_rights.recording import record

__all__ = ["STAYS", "Withdrawal", "foresee_withdrawal", "withdraw"]

STAYS = "stays_on_assignment"
"""The detail of the task: the client withdrew a consent, and the right stays on an assignment."""


def foresee_withdrawal(form_id: int, *, withdrawn_on: date, origin: Origin) -> Withdrawal:
    """Shown to the client beforehand: does the right end on that day, or does it stay on another ground?"""
    form, today = ConsentForm.objects.get(pk=form_id), day_of(origin.at)
    on = max(withdrawn_on, today)
    return _foreseen(_lost(form, on=on, today=today), on=on, today=today)


def _foreseen(lost: Lost, *, on: date, today: date) -> Withdrawal:
    right = next((grant.right for grant in lost.days if grant.right), None)
    if right is None or has_ended(right, today):
        return Withdrawal(None, ends=False)
    return foresee(right, lost, on=on, today=today)


def _lost(form: ConsentForm, *, on: date, today: date) -> Lost:
    return lost_with([form.pk], form.dossier_id, form.unit_id, on=on, today=today)


@transaction.atomic
def withdraw(form_id: int, *, withdrawn_on: date, origin: Origin) -> Withdrawal:
    """Take the consent's ground away; a right with no ground left closes at once, that day being the first without it.

    `withdrawn_on` is the day the client said so; entered late it bites from today, so that lawful days stay lawful.
    A right that also rests on an assignment stays, and goes to the mediator as a task. What was withdrawn stays so:
    only an announced day can still be moved (NotGranted otherwise).
    """
    form, today = under_lock(ConsentForm, form_id, origin=origin), day_of(origin.at)
    if form.withdrawn_on is not None and form.withdrawn_on <= today:
        raise NotGranted(Refusal.WITHDRAWN)
    on = max(withdrawn_on, today)
    lost = _lost(form, on=on, today=today)
    foreseen = _foreseen(lost, on=on, today=today)
    form.withdrawn_on, form.changed_at = withdrawn_on, origin.at
    record(form, holds_from=withdrawn_on, origin=origin)
    end_on(lost.days, origin=origin)
    if foreseen.right and foreseen.ends and on == today:
        close_without_ground(foreseen.right, ClosingReason.WITHDRAWN, origin=origin)
    reckon(form.dossier_id, origin=origin)
    if Ground.ASSIGNMENT in foreseen.left:
        subject, at = f"form:{form.pk}", origin.at
        ask(Task.Kind.WITHDRAWAL, subject=subject, dossier=form.dossier, unit=None, detail=STAYS, at=at)
    return foreseen
