"""Consents on their way: asked, recorded at the mediator, taken in, sent back, refused, withdrawn (S03 to S06)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from inzage.consents.models import ConsentForm, FormState
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import Refusal
from inzage.rules.names import ClosingReason, Ground, Purpose, Route
from inzage.tasks.asking import ask
from inzage.view_rights.catching_up import locked
from inzage.view_rights.closing import close_at_once, reckon
from inzage.view_rights.granting import NotGranted, grant_by_form, missing_from_form
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record


class Asked(NamedTuple):
    """What is asked of the client: for which unit, on which route, for what; `by` is the unit that asks (S03)."""

    unit: Unit
    route: Route
    purpose: Purpose
    by: Unit | None = None
    activity_title: str = ""


@transaction.atomic
def ask_right(dossier_id: int, asked: Asked, *, origin: Origin) -> ConsentForm:
    """Ask a right for the own unit or, named, for another organisation: the right will be that one's alone (S03)."""
    dossier = locked(dossier_id, origin=origin)
    return _new_form(dossier, asked, state=FormState.ASKED, origin=origin)


@transaction.atomic
def record_consent_at_mediator(dossier_id: int, asked: Asked, *, origin: Origin) -> ViewRight:
    """The client consents at the VDAB mediator: no form is asked again, the right is granted at once (S04)."""
    dossier = locked(dossier_id, origin=origin)
    today = day_of(origin.at)
    form = _new_form(dossier, asked, state=FormState.RECEIVED, origin=origin, completed_on=today)
    return grant_by_form(form.pk, origin=origin)


@transaction.atomic
def take_in(
    form_id: int, *, completed_on: date | None, informed_of_actiris: bool = False, origin: Origin
) -> ConsentForm:
    """The form comes in, from client or partner, as filled in as it is (S06). NotGranted where it was handled."""
    form = _form(form_id, origin=origin)
    if form.state in (FormState.GRANTED, FormState.REFUSED):
        raise NotGranted(Refusal.ALREADY_HANDLED)
    form.completed_on, form.informed_of_actiris = completed_on, informed_of_actiris
    return _move(form, FormState.RECEIVED, origin=origin)


@transaction.atomic
def send_back(form_id: int, *, remark: str = "", origin: Origin) -> ConsentForm:
    """Send an incomplete form back with the list of what is missing; a missing signature is never on it (S05)."""
    form = _form(form_id, origin=origin)
    if form.state in (FormState.GRANTED, FormState.REFUSED):
        raise NotGranted(Refusal.ALREADY_HANDLED)
    form.missing, form.remark = missing_from_form(form), remark
    _move(form, FormState.SENT_BACK, origin=origin)
    _tell_asker(form, "sent_back", [*form.missing, remark], origin=origin)
    return form


@transaction.atomic
def refuse(form_id: int, *, reason: str, origin: Origin) -> ConsentForm:
    """Refuse a form, with the reason; nothing is granted on it any more."""
    form = _form(form_id, origin=origin)
    if form.state in (FormState.GRANTED, FormState.REFUSED):
        raise NotGranted(Refusal.ALREADY_HANDLED)
    form.remark = reason
    _move(form, FormState.REFUSED, origin=origin)
    _tell_asker(form, "refused", [reason], origin=origin)
    return form


class Withdrawal(NamedTuple):
    """What withdrawing a consent does to the right it opened or extended."""

    right: ViewRight | None
    ends: bool


def foresee_withdrawal(form_id: int, *, origin: Origin) -> Withdrawal:
    """Shown to the client beforehand: does the right end, or does it stay on another ground?"""
    grant = Grant.objects.filter(form_id=form_id, right__closed_on=None).select_related("right").first()
    right = grant.right if grant else None
    if right is None or (right.last_day is not None and right.last_day < day_of(origin.at)):
        return Withdrawal(None, ends=False)
    return Withdrawal(right, ends=not _grounds_left(right, without=form_id, today=day_of(origin.at)).exists())


@transaction.atomic
def withdraw(form_id: int, *, withdrawn_on: date, origin: Origin) -> Withdrawal:
    """Take the consent's ground away today; a right with no ground left closes at once, today without it.

    `withdrawn_on` is the day the client said so; entered late it bites from today, so that lawful days stay lawful.
    A right that also rests on an assignment stays, and goes to the mediator as a task. What was withdrawn stays so:
    only an announced day can still be moved (NotGranted otherwise).
    """
    form = _form(form_id, origin=origin)
    if form.withdrawn_on is not None and form.withdrawn_on <= day_of(origin.at):
        raise NotGranted(Refusal.WITHDRAWN)
    foreseen = foresee_withdrawal(form_id, origin=origin)
    form.withdrawn_on = withdrawn_on
    _move(form, FormState(form.state), origin=origin)
    if (grant := Grant.objects.filter(form=form).first()) and (foreseen.right or grant.right_id is None):
        grant.withdrawn_on = max(withdrawn_on, day_of(origin.at))
        record(grant, holds_from=grant.withdrawn_on, origin=origin)
    if foreseen.right and foreseen.ends and withdrawn_on <= day_of(origin.at):
        close_at_once(foreseen.right, ClosingReason.WITHDRAWN, origin=origin)
        tell("closed", unit=form.unit, dossier=form.dossier, on=day_of(origin.at), at=origin.at)
    reckon(form.dossier_id, origin=origin)
    if (
        foreseen.right
        and not foreseen.ends
        and foreseen.right.grants.filter(ground=Ground.ASSIGNMENT).exists()
    ):
        detail = "De klant trok de toestemming in; het inzagerecht blijft op grond van een toewijzing."
        ask(
            "withdrawal",
            subject=f"form:{form.pk}",
            dossier=form.dossier,
            unit=None,
            detail=detail,
            at=origin.at,
        )
    return foreseen


def _grounds_left(right: ViewRight, *, without: int, today: date) -> QuerySet[Grant]:
    """The grounds of `right` that count today, but for the consent `without`; begun in a missed night they do too."""
    of_right = Q(right=right) | Q(right=None, dossier=right.dossier_id, unit=right.unit_id)
    grounds = Grant.objects.filter(of_right, granted_on__lte=today)
    return grounds.exclude(form_id=without).exclude(withdrawn_on__lte=today)


def _form(form_id: int, *, origin: Origin) -> ConsentForm:
    """The form, with its dossier locked first."""
    form = ConsentForm.objects.select_related("unit", "asked_by").get(pk=form_id)
    form.dossier = locked(form.dossier_id, origin=origin)
    form.refresh_from_db(
        fields=["state", "completed_on", "granted_on", "withdrawn_on", "informed_of_actiris"]
    )
    return form


def _new_form(
    dossier: Dossier, asked: Asked, *, state: FormState, origin: Origin, completed_on: date | None = None
) -> ConsentForm:
    form = ConsentForm(
        dossier=dossier,
        unit=asked.unit,
        route=asked.route,
        purpose=asked.purpose,
        asked_by=asked.by,
        activity_title=asked.activity_title,
        completed_on=completed_on,
    )
    return _move(form, state, origin=origin)


def _move(form: ConsentForm, state: FormState, *, origin: Origin) -> ConsentForm:
    form.state, form.changed_at = state, origin.at
    record(form, holds_from=day_of(origin.at), origin=origin)
    return form


def _tell_asker(form: ConsentForm, kind: str, lines: list[str], *, origin: Origin) -> None:
    detail = "\n".join(filter(None, lines))
    unit = form.asked_by or form.unit
    tell(kind, unit=unit, dossier=form.dossier, on=day_of(origin.at), at=origin.at, detail=detail[:300])
