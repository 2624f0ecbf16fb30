"""Withdrawing a consent: what ends and what stays, told beforehand and done by one judgement (S04)."""

from datetime import date

from django.db import transaction

from inzage.consents.models import ConsentForm
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.granting import Refusal
from inzage.rules.names import ClosingReason
from inzage.tasks.asking import ask
from inzage.tasks.models import Task
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.closing import has_ended, reckon
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.losing import Withdrawal, close_without, foresee, lost_with, rests_on_assignment
from inzage.view_rights.models import Grant
from inzage.view_rights.recording import record

__all__ = ["STAYS", "Withdrawal", "foresee_withdrawal", "withdraw"]

STAYS = "stays_on_assignment"
"""The detail of the task: the client withdrew a consent, and the right stays on an assignment."""


def foresee_withdrawal(form_id: int, *, withdrawn_on: date, origin: Origin) -> Withdrawal:
    """Shown to the client beforehand: does the right end on that day, or does it stay on another ground?"""
    today = day_of(origin.at)
    on = max(withdrawn_on, today)
    lost = [grant for grant in _lost(form_id, on=on) if grant.right is not None]
    right = lost[0].right if lost else None
    if right is None or has_ended(right, today):
        return Withdrawal(None, ends=False)
    return foresee(right, lost, on=on, today=today)


def _lost(form_id: int, *, on: date) -> list[Grant]:
    """The grounds that go with the consent: its own, of an open right or to come, and one restored upon it."""
    grants = Grant.objects.filter(form_id=form_id, right__closed_on=None)
    own = list(grants.select_related("right__unit", "right__dossier__client"))
    whose: Grant | ConsentForm = own[0] if own else ConsentForm.objects.get(pk=form_id)
    return own + lost_with([form_id], whose.dossier_id, whose.unit_id, on=on)


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
    foreseen = foresee_withdrawal(form_id, withdrawn_on=withdrawn_on, origin=origin)
    lost = _lost(form_id, on=max(withdrawn_on, today))
    lost = [grant for grant in lost if foreseen.right or grant.right_id is None]
    form.withdrawn_on, form.changed_at = withdrawn_on, origin.at
    record(form, holds_from=withdrawn_on, origin=origin)
    for grant in lost:
        grant.withdrawn_on = max(withdrawn_on, today)
        record(grant, holds_from=grant.withdrawn_on, origin=origin)
    asks_mediator = foreseen.right is not None and rests_on_assignment(foreseen.right, withdrawn_on)
    if lost and foreseen.right and foreseen.ends and withdrawn_on <= today:
        close_without(foreseen.right, lost, ClosingReason.WITHDRAWN, origin=origin)
    reckon(form.dossier_id, origin=origin)
    if asks_mediator:
        subject, at = f"form:{form.pk}", origin.at
        ask(Task.Kind.WITHDRAWAL, subject=subject, dossier=form.dossier, unit=None, detail=STAYS, at=at)
    return foreseen
