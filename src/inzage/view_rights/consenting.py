"""Consents on their way: asked, recorded at the mediator, taken in, sent back, refused (S03 to S06)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from inzage.consents.informing import told_for
from inzage.consents.models import CONSENTED, ConsentForm, FormState
from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.notices.mailboxes import mailbox_of
from inzage.notices.sending import tell, tell_desk
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import BRUSSELS, Refusal
from inzage.rules.names import Ground, Purpose, Route
from inzage.view_rights.catching_up import locked, under_lock
from inzage.view_rights.granting import NotGranted, grant_by_form, missing_from_form
from inzage.view_rights.informing import read_from_form
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.viewing import standing_right


class Asked(NamedTuple):
    """What is asked of the client: for which unit, on which route, for what; `by` is the unit that asks (S03)."""

    unit: Unit
    route: Route
    purpose: Purpose
    by: Unit | None = None
    activity_title: str = ""


@transaction.atomic
def ask_right(dossier_id: int, asked: Asked, *, origin: Origin) -> ConsentForm:
    """Ask a right for the own unit or, named, for another organisation: the right will be that one's alone (S03).

    NotGranted where a unit asks about a client who died, where the client's consent to the same is recorded at the
    mediator already (S04), and where the client shut out the unit that asks. What another unit asks for it waits for
    the client: whom the client shut out is nobody else's to know (S01).
    """
    dossier, today = locked(dossier_id, origin=origin), day_of(origin.at)
    if asked.by == asked.unit and standing_objection(dossier_id, asked.unit.pk):
        raise NotGranted(Refusal.OBJECTED)
    died_on = dossier.client.deceased_on
    if asked.by is not None and died_on is not None and died_on <= today:
        raise NotGranted(Refusal.DECEASED)
    if asked.by == asked.unit and _consented_already(dossier, asked, today=today):
        raise NotGranted(Refusal.CONSENT_RECORDED)
    return _move(_form_for(dossier, asked), FormState.ASKED, origin=origin)


def _consented_already(dossier: Dossier, asked: Asked, *, today: date) -> bool:
    """Whether the right stands on a consent to the same, recorded at the mediator: then no form is asked (S04).

    Said to the unit itself alone: what another organisation has is nobody else's to know (S01).
    """
    if asked.route is Route.MEDIATOR:
        return False
    standing = standing_right(dossier.pk, asked.unit.pk, on=today)
    if standing is None:
        return False
    return consent_among(Grant.objects.filter(right=standing).select_related("form"), standing, asked.purpose)


def consent_among(grants: Iterable[Grant], right: ViewRight, purpose: Purpose) -> bool:
    """Whether one of these grounds is a consent for that purpose, recorded at the mediator, on which the right rests.

    The grounds come with their forms.
    """
    return any(
        grant.ground == Ground.MEDIATOR
        and grant.right_id == right.pk
        and grant.withdrawn_on is None
        and grant.form is not None
        and grant.form.purpose == purpose
        for grant in grants
    )


@transaction.atomic
def record_consent_at_mediator(
    dossier_id: int,
    asked: Asked,
    *,
    origin: Origin,
    completed_on: date | None = None,
    source_id: str | None = None,
) -> ViewRight:
    """The client consents at the VDAB mediator: no form is asked again, the right is granted at once (S04).

    All that was asked of the mediator for this unit and purpose is thereby done: it is one consent, withdrawn at once,
    however often it was asked. The oldest request holds it. `completed_on` is the day the client said so, where that
    was earlier than today.
    """
    dossier = locked(dossier_id, origin=origin)
    form, *others = _asked_of_mediator(dossier, asked) or [_form_for(dossier, asked)]
    form.completed_on, form.missing, form.remark = completed_on or day_of(origin.at), [], ""
    form.source_id = form.source_id or source_id
    _move(form, FormState.RECEIVED, origin=origin)
    right = grant_by_form(form.pk, origin=origin)
    for other in others:
        _settle(other, origin=origin)
    return right


def _settle(form: ConsentForm, *, origin: Origin) -> None:
    """Nothing more is asked by this request. Who asked it for another unit is told; the unit hears of its right."""
    form.missing, form.remark = [], CONSENTED
    _move(form, FormState.REFUSED, origin=origin)
    if form.asked_by not in (None, form.unit):
        _tell_asker(form, "refused", [CONSENTED], origin=origin)


def _asked_of_mediator(dossier: Dossier, asked: Asked) -> list[ConsentForm]:
    """The requests for the same that wait for this consent, the oldest first."""
    waiting = ConsentForm.objects.filter(
        dossier=dossier, unit=asked.unit, purpose=asked.purpose, route=Route.MEDIATOR
    )
    return list(waiting.exclude(state__in=(FormState.GRANTED, FormState.REFUSED)).order_by("pk"))


@transaction.atomic
def take_in(
    form_id: int,
    *,
    completed_on: date | None,
    informed_of_actiris: bool = False,
    language: str = "nl",
    version: str = "",
    origin: Origin,
) -> ConsentForm:
    """The form comes in, from client or partner, as filled in as it is (S06). NotGranted where it was handled.

    A Brussels form that says that the client was told of Actiris, in `language`, records it (S08), with the `version`
    of the text that stood on it, where that is known.
    """
    form = _to_handle(form_id, origin=origin)
    form.completed_on = completed_on
    form.informed_of_actiris = read_from_form(
        form, informed_of_actiris, language=language, version=version, origin=origin
    )
    form.missing, form.remark = [], ""
    return _move(form, FormState.RECEIVED, origin=origin)


@transaction.atomic
def deliver(
    form_id: int,
    *,
    completed_on: date | None,
    informed_of_actiris: bool = False,
    language: str = "nl",
    version: str = "",
    origin: Origin,
) -> ConsentForm:
    """The partner delivers the Brussels form at VDAB Brussel, which hears of it by mail (S11, S17).

    It grants nothing: the desk looks it over first. Delivered again, it is corrected, and no mail goes out.
    """
    form = _to_handle(form_id, origin=origin)
    there_already = form.state == FormState.RECEIVED
    form = take_in(
        form_id,
        completed_on=completed_on,
        informed_of_actiris=informed_of_actiris,
        language=language,
        version=version,
        origin=origin,
    )
    if not there_already:
        today, mailbox = day_of(origin.at), mailbox_of(form.route)
        tell_desk("received", mailbox, dossier=form.dossier, on=today, at=origin.at)
    return form


@transaction.atomic
def send_back(form_id: int, *, remark: str = "", origin: Origin) -> ConsentForm:
    """Send an incomplete form back with the list of what is missing; a missing signature is never on it (S05)."""
    form = _to_handle(form_id, origin=origin)
    form.missing, form.remark = missing_from_form(form), remark
    if not form.missing:
        raise NotGranted(Refusal.COMPLETE)
    _move(form, FormState.SENT_BACK, origin=origin)
    _tell_asker(form, "sent_back", [*form.missing, remark], origin=origin)
    return form


@transaction.atomic
def refuse(form_id: int, *, reason: str, origin: Origin) -> ConsentForm:
    """Refuse a form, with the reason; nothing is granted on it any more."""
    form = _to_handle(form_id, origin=origin)
    if not reason.strip():
        raise NotGranted(Refusal.NO_REASON)
    form.remark = reason
    _move(form, FormState.REFUSED, origin=origin)
    _tell_asker(form, "refused", [reason], origin=origin)
    return form


def _to_handle(form_id: int, *, origin: Origin) -> ConsentForm:
    """The form, under the lock of its dossier; NotGranted where it was granted or refused already."""
    form = under_lock(ConsentForm, form_id, origin=origin)
    if form.state in (FormState.GRANTED, FormState.REFUSED):
        raise NotGranted(Refusal.ALREADY_HANDLED)
    return form


def _form_for(dossier: Dossier, asked: Asked) -> ConsentForm:
    form = ConsentForm(
        dossier=dossier,
        unit=asked.unit,
        route=asked.route,
        purpose=asked.purpose,
        asked_by=asked.by,
        activity_title=asked.activity_title,
    )
    form.informed_of_actiris = asked.route in BRUSSELS and told_for(form) is not None
    return form


def _move(form: ConsentForm, state: FormState, *, origin: Origin) -> ConsentForm:
    form.state, form.changed_at = state, origin.at
    record(form, holds_from=day_of(origin.at), origin=origin)
    return form


def _tell_asker(form: ConsentForm, kind: str, lines: list[str], *, origin: Origin) -> None:
    detail = "\n".join(filter(None, lines))
    unit = form.asked_by or form.unit
    tell(kind, unit=unit, dossier=form.dossier, on=day_of(origin.at), at=origin.at, detail=detail[:300])
