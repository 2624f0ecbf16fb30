"""The made-up people of the demo: who they are and what they may try (demo mode only)."""

from typing import NamedTuple

from django.db.models import Count, Q

from inzage.partners.models import Membership, Person, Unit

ISSUER = "demo"


class DemoPerson(NamedTuple):
    """Somebody to sign in as."""

    subject: str
    name: str
    work: str


MEDIATOR = (
    "mediator",
    "Mira Demeester",
    Person.Role.MEDIATOR,
    "bemiddelaar bij VDAB: formulieren nakijken en toekennen",
)
BRUSSELS = ("brussels", "Bas Zenne", Person.Role.BRUSSELS_DESK, "VDAB Brussel: Brusselse formulieren")
COUNSELLORS = (("counsellor-1", "Carla Voorbeeld"), ("counsellor-2", "Cem Verzonnen"))
AT_SCHOOL = ("school-1", "Sofie Bedacht")


def place_people() -> None:
    """Make the demo's people where they are not there yet; they work for the busiest units, one for a school."""
    for subject, name, role, _work in (MEDIATOR, BRUSSELS):
        Person.objects.get_or_create(issuer=ISSUER, subject=subject, defaults={"name": name, "role": role})
    units = Unit.objects.annotate(rights=Count("viewright", filter=Q(viewright__closed_on=None)))
    busiest = list(units.order_by("-rights", "pk")[:3])
    school = units.filter(kind=Unit.Kind.SCHOOL).order_by("-rights", "pk")[:1]
    work = (*zip(COUNSELLORS, (busiest[:1], busiest[1:3])), (AT_SCHOOL, list(school)))
    for (subject, name), own in work:
        person, new = Person.objects.get_or_create(
            issuer=ISSUER, subject=subject, defaults={"name": name, "role": Person.Role.COUNSELLOR}
        )
        for unit in own if new else ():
            Membership.objects.get_or_create(person=person, unit=unit)


def people() -> list[DemoPerson]:
    """Everyone there is to sign in as, with what they do."""
    work = {subject: what for subject, _name, _role, what in (MEDIATOR, BRUSSELS)}
    found = Person.objects.filter(issuer=ISSUER, is_active=True).order_by("pk").prefetch_related("units")
    return [
        DemoPerson(
            person.subject,
            person.name,
            work.get(person.subject) or "begeleider bij " + ", ".join(map(str, person.units.all())),
        )
        for person in found
    ]
