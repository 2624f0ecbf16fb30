"""Withdrawing a consent: what ends and what stays, told beforehand and done by one judgement (S04)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from inzage.consents.models import ConsentForm
from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.rule_books.in_force import books
from inzage.rules.closing import outcome_of
from inzage.rules.days import day_of
from inzage.rules.facts import Case
from inzage.rules.granting import Refusal
from inzage.rules.history import grants_at_all
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.periods import eve
from inzage.tasks.asking import ask
from inzage.view_rights.catching_up import open_right, under_lock
from inzage.view_rights.closing import close_at_once, has_ended, reckon
from inzage.view_rights.gathering import gather
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.scopes import these

STAYS = "De klant trok de toestemming in; het inzagerecht blijft op grond van een toewijzing."


class Withdrawal(NamedTuple):
    """What withdrawing a consent on a day does to the right it opened or extended: does it end?

    `opens_anew`: another ground was given that very day. On one day ends go before beginnings, so it opens the
    next right at once, and the partner goes on seeing the dossier.
    """

    right: ViewRight | None
    ends: bool
    opens_anew: bool = False


def foresee_withdrawal(form_id: int, *, withdrawn_on: date, origin: Origin) -> Withdrawal:
    """Shown to the client beforehand: does the right end on that day, or does it stay on another ground?"""
    grant = Grant.objects.filter(form_id=form_id, right__closed_on=None).select_related("right__unit").first()
    right = grant.right if grant else None
    today = day_of(origin.at)
    if grant is None or right is None or has_ended(right, today):
        return Withdrawal(None, ends=False)
    on = max(withdrawn_on, today)
    case = _without(gather(these(right.dossier_id)).case_of(right), grant, on)
    ends = _has_no_ground_left(case, since=max(right.granted_on, eve(today)), on=on)
    given_that_day = any(one.granted_on == on for one in case.grants)
    return Withdrawal(right, ends, opens_anew=ends and given_that_day)


def _has_no_ground_left(case: Case, *, since: date, on: date) -> bool:
    """Whether the right, which stood on day `since`, closes on day `on` because no ground is left."""
    if not any(one.granted_on <= since for one in case.grants):
        return True
    outcome = outcome_of(case, books(), since=since)
    return outcome.reason is ClosingReason.WITHDRAWN and outcome.closed_on() == on


def _without(case: Case, grant: Grant, on: date) -> Case:
    """The case with that ground withdrawn on day `on`, and without those that then grant nothing at all."""
    was = (Ground(grant.ground), grant.granted_on, grant.withdrawn_on)
    place = next(place for place, one in enumerate(case.grants) if one == was)
    changed = case.grants[place]._replace(withdrawn_on=on)
    grants = (*case.grants[:place], changed, *case.grants[place + 1 :])
    return case._replace(grants=tuple(one for one in grants if grants_at_all(one, None)))


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
    form.withdrawn_on, form.changed_at = withdrawn_on, origin.at
    record(form, holds_from=withdrawn_on, origin=origin)
    asks_mediator = foreseen.right is not None and _rests_on_assignment(foreseen.right, withdrawn_on)
    grant = Grant.objects.filter(form=form).first()
    if grant and (foreseen.right or grant.right_id is None):
        grant.withdrawn_on = max(withdrawn_on, today)
        record(grant, holds_from=grant.withdrawn_on, origin=origin)
    if foreseen.right and foreseen.ends and withdrawn_on <= today:
        _close(foreseen.right, form, origin=origin)
    reckon(form.dossier_id, origin=origin)
    if asks_mediator:
        subject, at = f"form:{form.pk}", origin.at
        ask("withdrawal", subject=subject, dossier=form.dossier, unit=None, detail=STAYS, at=at)
    return foreseen


def _close(right: ViewRight, form: ConsentForm, *, origin: Origin) -> None:
    """Close the right today. On one day ends go before beginnings: grounds given today open the next right."""
    today = day_of(origin.at)
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=today)
    of_today = list(Grant.objects.filter(left, right=right, granted_on=today).exclude(form=form))
    close_at_once(right, ClosingReason.WITHDRAWN, origin=origin)
    tell("closed", unit=form.unit, dossier=form.dossier, on=today, at=origin.at)
    for grant in of_today:
        grant.right = open_right(form.dossier, form.unit, on=today, origin=origin)
        record(grant, holds_from=today, origin=origin)


def _rests_on_assignment(right: ViewRight, on: date) -> bool:
    """Whether an assignment, running, ended or to begin by day `on`, bears the right too."""
    of_right = Q(right=right) | Q(right=None, dossier=right.dossier_id, unit=right.unit_id)
    return Grant.objects.filter(of_right, ground=Ground.ASSIGNMENT, granted_on__lte=on).exists()
