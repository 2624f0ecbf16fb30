"""Grants: a ground opens the unit's right on the dossier, or extends the one that stands (S02 to S06)."""

from datetime import date

from django.db import transaction

from inzage.consents.models import ConsentForm, FormState
from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Assignment, Dossier
from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import FormFacts, Refusal, missing_from, refusal_of
from inzage.rules.names import Ground, Route
from inzage.view_rights.catching_up import open_right, under_lock
from inzage.view_rights.closing import reckon
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.watching import watch_enrolment


class NotGranted(Exception):
    """The rules grant nothing; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


GROUND_OF_ROUTE = {
    Route.MEDIATOR: Ground.MEDIATOR,
    Route.FORM: Ground.FORM,
    Route.BRUSSELS_FORM: Ground.BRUSSELS_FORM,
    Route.BRUSSELS_IBIS: Ground.BRUSSELS_FORM,
}


def facts_of(form: ConsentForm) -> FormFacts:
    """What the rules want to know of a form."""
    return FormFacts(
        route=Route(form.route),
        has_purpose=bool(form.purpose),
        completed_on=form.completed_on,
        informed_of_actiris=form.informed_of_actiris,
        withdrawn_on=form.withdrawn_on,
        deceased_on=form.dossier.client.deceased_on,
        objected=standing_objection(form.dossier_id, form.unit_id) is not None,
    )


@transaction.atomic
def grant_by_form(form_id: int, *, origin: Origin) -> ViewRight:
    """Grant the unit on the form a view right today; raise NotGranted where the rules refuse (S04 to S06)."""
    form = under_lock(ConsentForm, form_id, origin=origin)
    if form.state in (FormState.GRANTED, FormState.REFUSED):
        raise NotGranted(Refusal.ALREADY_HANDLED)
    today = day_of(origin.at)
    if refusal := refusal_of(facts_of(form), on=today):
        raise NotGranted(refusal)
    form.state, form.granted_on, form.missing, form.changed_at = FormState.GRANTED, today, [], origin.at
    record(form, holds_from=today, origin=origin)
    ground = GROUND_OF_ROUTE[Route(form.route)]
    return give_ground(form.dossier, form.unit, ground, on=today, origin=origin, form=form)


def give_ground(
    dossier: Dossier,
    unit: Unit,
    ground: Ground,
    *,
    on: date,
    origin: Origin,
    form: ConsentForm | None = None,
    assignment: Assignment | None = None,
    withdrawn_on: date | None = None,
) -> ViewRight:
    """Open the unit's right with this ground or add it to the open one, reckon, and give the signal (S12).

    The dossier is locked already, and the ground's day has come. `withdrawn_on`: the announced first day without it,
    for a ground that has no form to say so.
    """
    right = open_right(dossier, unit, on=on, origin=origin)
    grant = Grant(
        dossier=dossier,
        unit=unit,
        right=right,
        ground=ground,
        granted_on=max(on, right.granted_on),
        form=form,
        assignment=assignment,
        withdrawn_on=form.withdrawn_on if form else withdrawn_on,
    )
    record(grant, holds_from=grant.granted_on, origin=origin)
    reckon(dossier.pk, origin=origin)
    watch_enrolment(dossier, origin=origin)
    right.refresh_from_db()
    tell("granted", unit=unit, dossier=dossier, on=grant.granted_on, at=origin.at)
    return right


def missing_from_form(form: ConsentForm) -> list[str]:
    """What the form lacks, as the names of its fields (S05)."""
    return [str(field) for field in missing_from(facts_of(form))]
