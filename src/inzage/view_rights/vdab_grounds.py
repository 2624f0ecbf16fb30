"""What VDAB tells that grants: assignments and their ends (S02), consents recorded at the mediator (S04)."""

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Service, Unit
from inzage.rules.days import day_of
from inzage.rules.names import Route
from inzage.view_rights.assigning import End, assign, end_assignment
from inzage.view_rights.consenting import Asked, record_consent_at_mediator
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.vdab_told import AssignmentTold, ConsentTold
from inzage.view_rights.withdrawing import withdraw

NO_REASON = "geen reden gegeven door VDAB"


def unit_of(oe_number: str) -> Unit:
    """The unit with this number, or NotTaken."""
    if unit := Unit.objects.filter(oe_number=oe_number).first():
        return unit
    raise NotTaken(
        "unknown_unit", f"There is no unit {oe_number} here: import it, then let this be taken in again."
    )


def _service_of(code: str) -> Service:
    if service := Service.objects.filter(code=code).first():
        return service
    raise NotTaken(
        "unknown_service", f"There is no service {code} here: import it, then let this be taken in again."
    )


def assignment(dossier: Dossier, told: AssignmentTold, *, origin: Origin) -> None:
    """Assign, end, or both at once where the end came first; the dossier is locked.

    Raises NotTaken where an assignment that is here says otherwise, NotAssigned where another unit still owns.
    """
    unit, service = unit_of(told.oe_number), _service_of(told.service)
    end = End(told.ended_on, told.end_reason.strip() or NO_REASON) if told.ended_on else None
    here = Assignment.objects.filter(source_id=told.assignment_id).select_related("unit", "service").first()
    if here is None:
        assign(
            dossier.pk,
            unit,
            service,
            on=told.assigned_on,
            origin=origin,
            contact=told.contact,
            source_id=told.assignment_id,
            end=end,
        )
        return
    _check_same(here, dossier, told)
    if end is not None and here.ended_on != end.on:
        end_assignment(here.pk, on=end.on, reason=end.reason, origin=origin)


def _check_same(here: Assignment, dossier: Dossier, told: AssignmentTold) -> None:
    """NotTaken where VDAB now says otherwise of what grants: then a person corrects it, who sees what that moves."""
    if here.dossier_id != dossier.pk:
        raise NotTaken(
            "other_client",
            f"Assignment {told.assignment_id} belongs to another client here: ask VDAB whose it is.",
        )
    is_here = (here.unit.oe_number, here.service.code, here.assigned_on)
    if is_here != (told.oe_number, told.service, told.assigned_on):
        raise NotTaken(
            "differs",
            f"Assignment {told.assignment_id} is {_shown(*is_here)} here, and according to VDAB "
            f"{_shown(told.oe_number, told.service, told.assigned_on)}. Correct it by an import, or ask VDAB for an "
            "assignment of its own.",
        )
    if here.ended_on is not None and told.ended_on is None:
        raise NotTaken(
            "differs",
            f"Assignment {told.assignment_id} ended on {here.ended_on} here, and goes on according to VDAB. "
            "Ask VDAB for an assignment of its own, or correct it by an import.",
        )


def _shown(oe_number: str, service: str, assigned_on: object) -> str:
    return f"of {oe_number} under {service} from {assigned_on}"


def consent(dossier: Dossier, told: ConsentTold, *, origin: Origin) -> None:
    """Record the consent, and its withdrawal. One that was withdrawn before it was heard of grants nothing."""
    unit = unit_of(told.oe_number)
    form = ConsentForm.objects.filter(source_id=told.consent_id).select_related("unit").first()
    withdrawn_on = told.withdrawn_on
    if form is None:
        if withdrawn_on and withdrawn_on <= day_of(origin.at):
            return
        form = _record(dossier, unit, told, origin=origin)
    if form.dossier_id != dossier.pk or form.unit != unit or form.purpose != told.purpose:
        raise NotTaken(
            "differs",
            f"Consent {told.consent_id} is another client's, unit's or purpose's here: ask VDAB for one of its own.",
        )
    if form.withdrawn_on and not withdrawn_on:
        raise NotTaken(
            "differs",
            f"Consent {told.consent_id} was withdrawn on {form.withdrawn_on} here, and stands according to VDAB. "
            "Ask VDAB for a consent of its own.",
        )
    if withdrawn_on and form.withdrawn_on != withdrawn_on:
        withdraw(form.pk, withdrawn_on=withdrawn_on, origin=origin)


def _record(dossier: Dossier, unit: Unit, told: ConsentTold, *, origin: Origin) -> ConsentForm:
    asked = Asked(unit, Route.MEDIATOR, told.purpose, activity_title=told.activity_title)
    record_consent_at_mediator(
        dossier.pk, asked, origin=origin, completed_on=told.completed_on, source_id=told.consent_id
    )
    return ConsentForm.objects.select_related("unit").get(source_id=told.consent_id)
