"""The made-up people of the demo: who they are and what they may try (demo mode only)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import ClientAccount, Dossier
from inzage.partners.models import Membership, Person, Unit
from inzage.portal.language import Word

ISSUER = "demo"


class DemoPerson(NamedTuple):
    """Somebody to sign in as."""

    subject: str
    name: str
    work: Word


MEDIATOR = (
    "mediator",
    "Mira Demeester",
    Person.Role.MEDIATOR,
    _("bemiddelaar bij VDAB: formulieren nakijken en toekennen"),
)
SECOND_MEDIATOR = (
    "mediator-2",
    "Milan Tweedeblik",
    Person.Role.MEDIATOR,
    _("bemiddelaar bij VDAB: keurt goed wat een collega vroeg"),
)
BRUSSELS = ("brussels", "Bas Zenne", Person.Role.BRUSSELS_DESK, _("VDAB Brussel: Brusselse formulieren"))
OFFICIALS = (
    ("rules", "Rudi Regelmaat", Person.Role.RULE_MANAGER, _("regelbeheerder: wanneer rechten eindigen")),
    (
        "rules-2",
        "Rika Maatstaf",
        Person.Role.RULE_MANAGER,
        _("regelbeheerder: keurt goed wat een collega voorstelde"),
    ),
    (
        "protection",
        "Dina Discreet",
        Person.Role.DATA_PROTECTION_OFFICER,
        _("functionaris gegevensbescherming"),
    ),
    ("operator", "Otis Draaiende", Person.Role.OPERATOR, _("beheerder van het systeem")),
    ("administrator", "Ada Toegang", Person.Role.ADMINISTRATOR, _("beheerder van gebruikers")),
)
AT_VDAB = (MEDIATOR, SECOND_MEDIATOR, BRUSSELS, *OFFICIALS)
CLIENT = "client"
COUNSELLORS = (("counsellor-1", "Carla Voorbeeld"), ("counsellor-2", "Cem Verzonnen"))
AT_SCHOOL = ("school-1", "Sofie Bedacht")


def place_people() -> None:
    """Make the demo's people where they are not there yet; they work for the busiest units, one for a school."""
    for subject, name, role, _work in AT_VDAB:
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
            Membership.objects.get_or_create(person=person, unit=unit, defaults={"manages": True})
    _place_client(busiest)


def _place_client(units: Sequence[Unit]) -> None:
    """Let the client with most rights to look at sign in too."""
    if ClientAccount.objects.filter(person__issuer=ISSUER).exists():
        return
    seen = Dossier.objects.filter(client__deceased_on=None, viewright__unit__in=units[:1]).annotate(
        rights=Count("viewright")
    )
    dossier = seen.select_related("client").order_by("-rights", "pk").first()
    if dossier is not None:
        person = Person.objects.create(
            issuer=ISSUER, subject=CLIENT, name=str(dossier.client), role=Person.Role.CLIENT
        )
        ClientAccount.objects.create(person=person, client=dossier.client)


def people() -> list[DemoPerson]:
    """Everyone there is to sign in as, with what they do."""
    work = {subject: what for subject, _name, _role, what in AT_VDAB}
    found = Person.objects.filter(issuer=ISSUER, is_active=True).order_by("pk").prefetch_related("units")
    return [
        DemoPerson(
            person.subject,
            person.name,
            work.get(person.subject) or _work_of(person),
        )
        for person in found
    ]


def _work_of(person: Person) -> str:
    """What somebody does who is not at VDAB."""
    if person.role == Person.Role.CLIENT:
        return gettext("klant: wie mag mijn dossier zien?")
    return gettext("begeleider bij %(units)s") % {"units": ", ".join(map(str, person.units.all()))}
