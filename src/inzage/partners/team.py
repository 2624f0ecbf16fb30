"""Who manages a unit changes who works for it and who manages it; each change adds a version (decision 0047)."""

from django.db import transaction

from inzage.journal.models import Origin
from inzage.partners import people
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.refusing import Refused

MESSAGES = {
    "no_manager": "Only who manages the unit can do this.",
    "unknown": "Nobody who can work for a unit is known by this name at the identity provider.",
    "last_manager": "The unit would have nobody who manages it. Let somebody else manage it first.",
}


class NotInTeam(Refused):
    """The change can't be made; nothing was."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, MESSAGES[reason])


@transaction.atomic
def take_in(subject: str, unit: Unit, *, by: Person, origin: Origin) -> Person:
    """Somebody whom the same provider knows by `subject` works for the unit. NotInTeam, people.NotChanged: see there.

    Who is not known, is no counsellor or is let in no more, is all the same to who asks.
    """
    _as_manager(by, unit)
    able = Person.objects.filter(issuer=by.issuer, role=Person.Role.COUNSELLOR, is_active=True)
    person = able.filter(subject=subject).first()
    if person is None:
        raise NotInTeam("unknown")
    if Membership.objects.filter(person=person, unit=unit).exists():
        raise people.NotChanged("member_already")
    return people.join(person.pk, unit, manages=False, origin=origin)


@transaction.atomic
def let_manage(number: int, unit: Unit, *, manages: bool, by: Person, origin: Origin) -> Person:
    """Somebody who works for the unit manages it from now on, or no longer."""
    managers = _as_manager(by, unit)
    if not Membership.objects.filter(person=number, unit=unit).exists():
        raise people.NotChanged("no_member")
    if not manages:
        _one_stays(number, managers)
    return people.join(number, unit, manages=manages, origin=origin)


@transaction.atomic
def take_out(number: int, unit: Unit, *, by: Person, origin: Origin) -> Person:
    """Somebody works for the unit no longer: from this moment on nothing of it is open to that person."""
    managers = _as_manager(by, unit)
    if not Membership.objects.filter(person=number, unit=unit).exists():
        raise people.NotChanged("no_member")
    _one_stays(number, managers)
    return people.leave(number, unit, origin=origin)


def _as_manager(by: Person, unit: Unit) -> set[int]:
    """Who manages the unit, `by` among them; locked, so that of two who end each other's the second is refused."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    able = Membership.objects.filter(
        unit=unit, manages=True, person__is_active=True, person__role=Person.Role.COUNSELLOR
    )
    managers = set(able.values_list("person", flat=True))
    if by.pk not in managers:
        raise NotInTeam("no_manager")
    return managers


def _one_stays(number: int, managers: set[int]) -> None:
    if managers == {number}:
        raise NotInTeam("last_manager")
