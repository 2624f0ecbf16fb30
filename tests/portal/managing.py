"""A unit with somebody who manages it, and rights of some age."""

from datetime import timedelta

from inzage.dossiers.models import Dossier
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.names import ClosingReason
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, a_dossier, a_right

LONG_AGO = 100
"""Days: so old are the rights here, where nothing else is said."""


def manager_of(unit: Unit, person: Person) -> Person:
    """This person, who manages that unit from now on."""
    Membership.objects.update_or_create(person=person, unit=unit, defaults={"manages": True})
    return Person.objects.get(pk=person.pk)


def ago(days: int) -> timedelta:
    """So many days; at noon, as everything here happens."""
    return timedelta(days=days)


def an_old_right(unit: Unit, *, days: int = LONG_AGO, dossier: Dossier | None = None) -> ViewRight:
    """A right granted and entered so many days ago, on that dossier or a new one."""
    return a_right(dossier or a_dossier("Bob"), unit, on=TODAY - ago(days))


LIST, GIVE_BACK = "/organisatie/ongebruikt/", "/organisatie/ongebruikt/teruggeven/"
SURE = {"confirmed": "1", "sure": "on"}


def number_of(right: ViewRight) -> str:
    """The client number that the list shows."""
    return right.dossier.client.client_number


def given_back() -> set[int]:
    """The rights that were given back."""
    return set(ViewRight.objects.filter(closing_reason=ClosingReason.GIVEN_BACK).values_list("pk", flat=True))
