"""Whom an identity lets in, and as what: issuer and subject say who it is, the sign-in in which capacity."""

from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from inzage.dossiers.models import Client, ClientAccount
from inzage.journal.models import Origin
from inzage.partners.identities import Identity
from inzage.partners.models import Person
from inzage.partners.people import as_citizen, at_work, record, record_before
from inzage.partners.sessions import end_all, end_for

Role = Person.Role
SOURCE = "oidc"


class Turned(StrEnum):
    """Why somebody whom the provider knows is not let in; each has a page of its own words."""

    NO_ROLE = "no_role"
    CLOSED = "closed"
    OTHER_ORGANISATION = "other_organisation"
    NO_INSZ = "no_insz"
    NO_CLIENT = "no_client"
    SEVERAL_CLIENTS = "several_clients"


class NotLetIn(Exception):
    """Nothing was changed, and nobody is signed in."""

    def __init__(self, turned: Turned) -> None:
        super().__init__(turned)
        self.turned = turned


@transaction.atomic
def let_in(identity: Identity, origin: Origin) -> Person:
    """The person behind an identity, with the role and the name of this sign-in; NotLetIn where there is none.

    Who comes as a citizen is another than who comes at work. Where the role at work changed, sessions in which it was
    another end.
    """
    known = _those(identity).select_for_update().first()
    if known is not None and not known.is_active:
        raise NotLetIn(Turned.CLOSED)
    role = role_of(known, identity)
    client = _client_of(identity) if role == Role.CLIENT else None
    person = _kept(known, identity, role, origin)
    if client is not None:
        ClientAccount.objects.update_or_create(person=person, defaults={"client": client})
    return person


@transaction.atomic
def end_withdrawn(identity: Identity) -> int:
    """End the sessions for the organisation of this sign-in where the provider gives no role for it any more.

    Of somebody whose role is kept here the provider withdraws nothing. Returns how many sessions there were.
    """
    if identity.role is not None:
        return 0
    person = _those(identity).select_for_update().filter(role_kept_here=False).first()
    return end_for(person, identity.organisation.code) if person and identity.organisation else 0


def _those(identity: Identity) -> QuerySet[Person]:
    """Who this is in the capacity of this sign-in, if known here."""
    known = as_citizen if identity.is_citizen else at_work
    return known(identity.issuer, identity.subject)


def role_of(known: Person | None, identity: Identity) -> Person.Role:
    """The role that is kept here, or else the provider's; NotLetIn without one, or where it is another house's.

    One that is kept at VDAB counts in a sign-in for VDAB; a counsellor's in one for an organisation; none elsewhere.
    """
    if known is None or not known.role_kept_here:
        if identity.role is None:
            raise NotLetIn(Turned.NO_ROLE)
        return identity.role
    role = Role(known.role)
    if not identity.at_home and (identity.organisation is None or role != Role.COUNSELLOR):
        raise NotLetIn(Turned.OTHER_ORGANISATION)
    return role


def _client_of(identity: Identity) -> Client:
    """The client with this INSZ number; which of two it is, nobody guesses."""
    if not identity.insz:
        raise NotLetIn(Turned.NO_INSZ)
    found = Client.objects.filter(insz=identity.insz, dossier__isnull=False)[:2]
    if not found:
        raise NotLetIn(Turned.NO_CLIENT)
    if len(found) > 1:
        raise NotLetIn(Turned.SEVERAL_CLIENTS)
    return found[0]


def _kept(known: Person | None, identity: Identity, role: Person.Role, origin: Origin) -> Person:
    name = identity.name or (known.name if known else identity.subject)
    if known is None:
        person, new = _those(identity).get_or_create(
            issuer=identity.issuer, subject=identity.subject, defaults={"name": name, "role": role}
        )
        if new:
            record(person, origin._replace(by=person.signature))
        return person
    changed = known.role != role
    if changed:
        record_before(known, origin)
    if changed or known.name != name:
        known.name, known.role = name, role
        known.save(update_fields=["name", "role"])
    if changed:
        end_all(known)
        record(known, origin._replace(by=known.signature))
    return known
