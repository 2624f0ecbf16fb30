"""Who may come in, as what, and for which units: each change adds a version that says who made it (decision 0040)."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from inzage.journal.models import Origin
from inzage.partners.models import Membership, OrganisationCodeVersion, Person, PersonVersion, Unit
from inzage.partners.sessions import end_all
from inzage.rules.days import day_of
from inzage.rules.refusing import Refused

Role = Person.Role
BEFORE = "before"
"""The source of a version that says how it stood before anything was recorded."""
MESSAGES = {
    "person_known": "This subject of this issuer is known already.",
    "administrator_there": "There is an administrator already, who can let in others on the page Mensen. Only where "
    "none of them can sign in any more does this command make one again.",
    "own_access": "Nobody changes the own role or access. Ask another administrator.",
    "no_administrator": "Only an administrator whose access is open can do this.",
    "nothing_new": "It is so already.",
    "not_a_counsellor": "Only counsellors work for a unit. Change the role first.",
    "member_already": "It is so already.",
    "no_member": "It is so already.",
}


class NotChanged(Refused):
    """The change can't be made; nothing was."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, MESSAGES[reason])


class NewPerson(NamedTuple):
    """Somebody who is let in before he or she ever signed in, by what the provider will say."""

    issuer: str
    subject: str
    name: str
    role: Person.Role


def at_work(issuer: str, subject: str) -> QuerySet[Person]:
    """Who this is at work, if known here: what the same person is as a citizen is nobody's business there."""
    return Person.objects.filter(issuer=issuer, subject=subject).exclude(role=Role.CLIENT)


def as_citizen(issuer: str, subject: str) -> QuerySet[Person]:
    """Who this is as a citizen, if he or she ever came as one."""
    return Person.objects.filter(issuer=issuer, subject=subject, role=Role.CLIENT)


@transaction.atomic
def add(new: NewPerson, origin: Origin) -> Person:
    """Let somebody in, with a role that is kept here. NotChanged: known already."""
    if at_work(new.issuer, new.subject).exists():
        raise NotChanged("person_known")
    person = Person.objects.create(
        issuer=new.issuer, subject=new.subject, name=new.name, role=new.role, role_kept_here=True
    )
    record(person, origin)
    return person


@transaction.atomic
def make_first_administrator(issuer: str, subject: str, name: str, origin: Origin) -> Person:
    """The one who lets in all others; NotChanged where there is an administrator who can do so."""
    if _administrators():
        raise NotChanged("administrator_there")
    person, _new = at_work(issuer, subject).update_or_create(
        issuer=issuer,
        subject=subject,
        defaults={"name": name, "role": Role.ADMINISTRATOR, "role_kept_here": True, "is_active": True},
    )
    end_all(person)
    record(person, origin)
    return person


@transaction.atomic
def change_role(number: int, role: Person.Role | None, *, by: Person, origin: Origin) -> Person:
    """Give somebody a role that is kept here; None leaves it to the provider, from the next sign-in on."""

    def change(person: Person) -> None:
        person.role_kept_here = role is not None
        person.role = role or person.role

    return _changed(number, change, by, origin)


@transaction.atomic
def close_access(number: int, *, by: Person, origin: Origin) -> Person:
    """From this moment on somebody is let in no longer, and every session ends."""

    def change(person: Person) -> None:
        person.is_active = False

    return _changed(number, change, by, origin)


@transaction.atomic
def open_access(number: int, *, by: Person, origin: Origin) -> Person:
    """Somebody is let in again; he or she signs in anew."""

    def change(person: Person) -> None:
        person.is_active = True

    return _changed(number, change, by, origin)


@transaction.atomic
def join(number: int, unit: Unit, *, manages: bool, origin: Origin) -> Person:
    """From now on somebody works for this unit, and manages it or not. NotChanged: it is so already."""
    person = _locked(number, origin)
    if person.role != Role.COUNSELLOR:
        raise NotChanged("not_a_counsellor")
    if Membership.objects.filter(person=person, unit=unit, manages=manages).exists():
        raise NotChanged("member_already")
    Membership.objects.update_or_create(person=person, unit=unit, defaults={"manages": manages})
    record(person, origin)
    return person


@transaction.atomic
def leave(number: int, unit: Unit, *, origin: Origin) -> Person:
    """From now on somebody works for this unit no longer. NotChanged: it is so already."""
    person = _locked(number, origin)
    gone, _ = Membership.objects.filter(person=person, unit=unit).delete()
    if not gone:
        raise NotChanged("no_member")
    record(person, origin)
    return person


@transaction.atomic
def name_organisation(unit: Unit, code: str, origin: Origin) -> Unit:
    """From now on who signs in for the organisation with this code works for this unit too, where a member of it."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.organisation_code == code:
        raise NotChanged("nothing_new")
    unit.organisation_code = code
    unit.save(update_fields=["organisation_code"])
    OrganisationCodeVersion.objects.create(
        unit=unit,
        organisation_code=code,
        recorded_at=origin.at,
        holds_from=day_of(origin.at),
        recorded_by=origin.by,
        source=origin.source,
    )
    return unit


def record_before(person: Person, origin: Origin) -> None:
    """Add how it stood until now, where nothing was ever recorded: else the first change could not be told."""
    if not person.versions.exists():
        record(person, Origin("", origin.at, BEFORE))


def record(person: Person, origin: Origin) -> None:
    """Add the version that says what this person can do from now on."""
    units = dict(person.memberships.values_list("unit__oe_number", "manages"))
    PersonVersion.objects.create(
        person=person,
        recorded_at=origin.at,
        holds_from=day_of(origin.at),
        recorded_by=origin.by,
        source=origin.source,
        role=person.role,
        role_kept_here=person.role_kept_here,
        is_active=person.is_active,
        units=sorted(units),
        managed=sorted(oe_number for oe_number, manages in units.items() if manages),
    )


def _changed(number: int, change: Callable[[Person], None], by: Person, origin: Origin) -> Person:
    """After any such change somebody signs in anew. Nobody changes what is his or her own, so one always stays."""
    if number == by.pk:
        raise NotChanged("own_access")
    still = _administrators()  # locked, so that of two who close each other's access the second is refused
    if by.pk not in still:
        raise NotChanged("no_administrator")
    person = _locked(number, origin)
    before = (person.role, person.role_kept_here, person.is_active)
    change(person)
    if before == (person.role, person.role_kept_here, person.is_active):
        raise NotChanged("nothing_new")
    person.save(update_fields=["role", "role_kept_here", "is_active"])
    end_all(person)
    record(person, origin)
    return person


def _administrators() -> set[int]:
    """Those who can let others in, locked until the transaction ends."""
    able = Person.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    return set(able.order_by("pk").values_list("pk", flat=True))


def _locked(number: int, origin: Origin) -> Person:
    person = Person.objects.select_for_update().get(pk=number)
    record_before(person, origin)
    return person
