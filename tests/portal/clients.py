"""Clients who sign in, and the looks at their dossiers that they ask about."""

from datetime import timedelta
from uuid import UUID

from django.test import Client as Browser

from inzage.access_log.models import AccessLine, Decided, DecisionRecord, ShownDossier, Why
from inzage.dossiers.models import ClientAccount, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Person, Unit
from inzage.rules.names import Part
from inzage.view_rights.looking import Look, write
from inzage.view_rights.models import ViewRight
from tests.portal.office import NOON, a_person, signed_in_as


def client_of(dossier: Dossier) -> Person:
    """The client, as somebody who signs in."""
    person = a_person(f"klant {dossier.pk}", Person.Role.CLIENT)
    ClientAccount.objects.create(person=person, client=dossier.client)
    return person


def browser_of(dossier: Dossier) -> Browser:
    """The client's browser."""
    return signed_in_as(client_of(dossier))


def a_look(
    dossier: Dossier,
    person: Person,
    unit: Unit | None,
    *,
    ago: timedelta = timedelta(0),
    kind: str = AccessLine.Kind.LOOK,
    reason: str = "",
) -> ShownDossier:
    """Somebody was shown this dossier, so long ago, on the right their unit has; written as pages write it."""
    right = ViewRight.objects.filter(dossier=dossier, unit=unit).first() if unit else None
    origin = Origin(person.signature, NOON - ago, "portal")
    why = Why.STATED if reason else Why.NONE
    line = write(
        kind, Look(origin, unit, Part.GENERAL, UUID(int=dossier.pk), reason, why), [(dossier.pk, right)]
    )
    return line.shown.get()


def a_yes(
    dossier: Dossier,
    person: Person,
    unit: Unit,
    *,
    ago: timedelta = timedelta(0),
    allowed: bool = True,
    reason: str = "right_stands",
    position: int = 0,
) -> Decided:
    """Another system asked whether that person may view this dossier, and was told so."""
    at = NOON - ago
    record = DecisionRecord.objects.create(
        id=UUID(int=int(at.timestamp() * 1000) << 80 | dossier.pk),
        trace_id="0" * 32,
        span_id="0" * 16,
        timestamp=at,
        type="access_evaluation",
        caller="leerplatform",
        request="{}",
        response="{}",
        rule_book="2025-01-01",
        release="1",
    )
    right = ViewRight.objects.filter(dossier=dossier, unit=unit).first()
    return Decided.objects.create(
        record=record,
        position=position,
        subject="partner-user",
        person=person.pk,
        unit=unit.oe_number,
        dossier=dossier.pk,
        action="view",
        part="general",
        allowed=allowed,
        reason=reason,
        right=right.pk if right else None,
    )
