"""A small made-up world for the pages: two organisations, people on both sides, clients as needed."""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.test import Client as Browser

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Client, Dossier
from inzage.journal.models import Origin
from inzage.oversight.models import CanaryWatch
from inzage.partners.models import Membership, Person, Service, Unit
from inzage.portal import clock
from inzage.portal.coming_in.own_session import BEGUN_AT, SEEN_AT
from inzage.rules.days import midnight
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import EnrolmentStatus, Kind, Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, record_consent_at_mediator, take_in
from inzage.view_rights.enrolling import Answer, record_enrolment
from inzage.view_rights.models import ViewRight
from inzage.view_rights.moving import move
from inzage.view_rights.registering import Actor, NewActivity, close, register

TODAY = date(2026, 3, 2)
NOON = midnight(TODAY) + timedelta(hours=12)
NUMBERS = itertools.count(1)
OFFICIALS: dict[str, str] = {
    Person.Role.RULE_MANAGER: "Rudi",
    Person.Role.DATA_PROTECTION_OFFICER: "Dina",
    Person.Role.OPERATOR: "Otis",
    Person.Role.ADMINISTRATOR: "Ada",
}


def origin(on: date = TODAY) -> Origin:
    """VDAB, at noon of that day."""
    return Origin("vdab", midnight(on) + timedelta(hours=12), "test")


def an_insz(number: int, births: str = "999") -> str:
    """A number that is right in form and belongs to nobody: the 999th birth of a day, or the 000th."""
    nine = f"{85 + number // 336 % 15}{number // 28 % 12 + 1:02}{number % 28 + 1:02}{births}"
    return f"{nine}{97 - int(nine) % 97:02}"


def a_dossier(given: str = "Anna", family: str = "Verzinsel") -> Dossier:
    """A client with a dossier, under numbers of their own."""
    number = next(NUMBERS)
    client = Client.objects.create(
        client_number=f"K{number:07}", insz=an_insz(number), family_name=family, given_name=given
    )
    return Dossier.objects.create(client=client)


def a_right(dossier: Dossier, unit: Unit, *, on: date = TODAY) -> ViewRight:
    """The unit's right, by a consent at the mediator on that day."""
    asked = Asked(unit, Route.MEDIATOR, Purpose.GUIDANCE)
    return record_consent_at_mediator(dossier.pk, asked, origin=origin(on))


def in_brussels(dossier: Dossier, nis_code: str = "21009") -> Dossier:
    """The client lives in Elsene, or in another municipality, since long."""
    move(dossier.pk, nis_code, date(2020, 1, 1), origin())
    return dossier


def an_enrolment(dossier: Dossier, status: str, *, on: date = TODAY, ended_on: date | None = None) -> None:
    """How the enrolment with Actiris was seen to stand."""
    found = Answer(EnrolmentStatus(status), ended_on=ended_on)
    record_enrolment(dossier.pk, found, checked_on=on, origin=origin(on))


def from_ibis(dossier: Dossier, unit: Unit, *, title: str = "PRJLEW") -> Activity:
    """A line of that unit as it comes from IBIS."""
    new = NewActivity(unit, Kind.PROJECT, title, requested_on=TODAY)
    line = register(dossier.pk, new, actor=Actor(origin()))
    Activity.objects.filter(pk=line.pk).update(ibis_registered_on=TODAY)
    return line


def a_form(
    dossier: Dossier,
    unit: Unit,
    *,
    route: Route = Route.FORM,
    completed_on: date | None = TODAY,
    by: Unit | None = None,
) -> ConsentForm:
    """A form that was asked and came in."""
    form = ask_right(dossier.pk, Asked(unit, route, Purpose.TRAINING, by or unit), origin=origin())
    informed = route in BRUSSELS
    return take_in(form.pk, completed_on=completed_on, informed_of_actiris=informed, origin=origin())


def a_person(name: str, role: str, *units: Unit) -> Person:
    """Somebody of the demo who can be chosen."""
    person = Person.objects.create(issuer="demo", subject=name, name=name, role=role)
    for unit in units:
        Membership.objects.create(person=person, unit=unit)
    return person


def official(role: str) -> Person:
    """Who has that role at VDAB."""
    return a_person(OFFICIALS[role], role)


class Tab(Browser):
    """A browser whose forms were opened for one unit, as the pages' own forms say; for VDAB's people for none."""

    opened_for = ""

    def post(self, path: Any, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send what a page's form would send."""
        return super().post(path, {"for_unit": self.opened_for, **(data or {})}, *args, **kwargs)


def signed_in_as(person: Person, **browser: Any) -> Tab:
    """That person's browser, in which the first unit's pages are open."""
    tab = Tab(**browser)
    tab.force_login(person)
    session = tab.session
    session[BEGUN_AT] = session[SEEN_AT] = clock.now().timestamp()
    session.save()
    unit = person.units.order_by("pk").first()
    tab.opened_for = unit.oe_number if unit else ""
    return tab


@dataclass
class Office:
    """Werkpad and its neighbour Leerhuis, and the desks of VDAB; Anna's dossier is Werkpad's."""

    own: Unit = field(init=False)
    other: Unit = field(init=False)
    school: Unit = field(init=False)
    carla: Person = field(init=False)
    otto: Person = field(init=False)
    sofie: Person = field(init=False)
    mira: Person = field(init=False)
    bas: Person = field(init=False)
    anna: Dossier = field(init=False)
    right: ViewRight = field(init=False)
    service: Service = field(init=False)

    def __post_init__(self) -> None:
        with transaction.atomic():
            self.service = Service.objects.create(code="TIBB4", name="Intensieve begeleiding", tendered=True)
            self.own = Unit.objects.create(oe_number="OE1", name="Werkpad", kind="partner")
            self.other = Unit.objects.create(oe_number="OE2", name="Leerhuis", kind="partner")
            self.school = Unit.objects.create(oe_number="OE3", name="CDO Verzonnen", kind="school")
            self.carla = a_person("Carla", Person.Role.COUNSELLOR, self.own)
            self.otto = a_person("Otto", Person.Role.COUNSELLOR, self.other)
            self.sofie = a_person("Sofie", Person.Role.COUNSELLOR, self.school)
            self.mira = a_person("Mira", Person.Role.MEDIATOR)
            self.bas = a_person("Bas", Person.Role.BRUSSELS_DESK)
            self.anna = a_dossier()
            self.right = a_right(self.anna, self.own)


def a_canary(*, days_ago: int = 1, **heard: Any) -> CanaryWatch:
    """What was heard of a canary around the midnight at which that day ended; all well where nothing else is said."""
    day = TODAY - timedelta(days=days_ago)
    ends = midnight(day + timedelta(days=1))
    well = {"asked": 60, "last_yes_at": ends - timedelta(milliseconds=50), "first_no_at": ends}
    return CanaryWatch.objects.create(day=day, **{**well, "overrun": 0, "early": 0, **heard})


def registered_late(office: Office) -> None:
    """Leerhuis closed its activity with Anna three days ago, and says so today."""
    begun, ended = TODAY - timedelta(days=20), TODAY - timedelta(days=3)
    a_right(office.anna, office.other, on=begun)
    new = NewActivity(office.other, Kind.TRAINING, "Lassen", started_on=begun)
    made = register(office.anna.pk, new, actor=Actor(origin(begun), office.other))
    close(made.pk, on=ended, actor=Actor(origin(), office.other))


def an_activity(office: Office, *, title: str = "Lassen", started_on: date | None = TODAY) -> Activity:
    """A line of Werkpad in Anna's dossier: running, or requested where it has not started."""
    requested_on = None if started_on else TODAY
    new = NewActivity(office.own, Kind.TRAINING, title, started_on=started_on, requested_on=requested_on)
    return register(office.anna.pk, new, actor=Actor(origin(), office.own))
