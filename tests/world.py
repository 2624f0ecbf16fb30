"""A small world for tests: two clients, three units, and everything they do, each on a day that the test names."""

from datetime import date, datetime, timedelta
from typing import Any

from stdnum.be import nn

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Client, Dossier, Enrolment
from inzage.journal.models import Origin
from inzage.oversight.proving import prove
from inzage.partners.models import Membership, Partner, Person, Service, Unit
from inzage.rules.days import midnight
from inzage.rules.names import EnrolmentStatus, Kind, Purpose, Route
from inzage.view_rights import assigning, consenting, enrolling, granting, moving, registering
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity
from inzage.view_rights.running import Report, run
from inzage.view_rights.viewing import decide


def day(text: str) -> date:
    """`day("2025-02-28")`."""
    return date.fromisoformat(text)


def noon(text: str) -> datetime:
    """Twelve o'clock in Brussels on that day."""
    return midnight(day(text)) + timedelta(hours=12)


def origin(text: str, *, by: str = "person:1", source: str = "portal") -> Origin:
    """Something entered at noon of that day."""
    return Origin(by=by, at=noon(text), source=source)


def insz(number: int) -> str:
    """A form-valid INSZ number that belongs to nobody (day counter 999)."""
    body = f"{60 + number // 28 % 40:02}{number // 1120 % 12 + 1:02}{number % 28 + 1:02}999"
    made = f"{body}{97 - int(body) % 97:02}"
    assert nn.is_valid(made)
    return made


class World:
    """Units Spoor and Brug of one enterprise and Haven of none; dossiers of Piet and An; a tendered service."""

    def __init__(self) -> None:
        enterprise = Partner.objects.create(kbo_number="1900000069", name="Spoorbrug")
        self.spoor = self._unit("OE1", "Spoor", enterprise)
        self.brug = self._unit("OE2", "Brug", enterprise)
        self.haven = self._unit("OE3", "Haven", None)
        self.tibb4 = Service.objects.create(code="TIBB4", name="Intensief", tendered=True)
        self.wij3 = Service.objects.create(code="WIJ3", name="Jongeren", tendered=True)
        self.free = Service.objects.create(code="VRIJ", name="Vrij", tendered=False)
        self.piet = self.dossier("K1", "Piet")
        self.an = self.dossier("K2", "An")

    def _unit(self, oe_number: str, name: str, partner: Partner | None) -> Unit:
        email = f"{name.lower()}@voorbeeld.example"
        return Unit.objects.create(
            oe_number=oe_number, name=name, partner=partner, kind="partner", email=email
        )

    def dossier(self, client_number: str, given_name: str) -> Dossier:
        """One more made-up client."""
        client = Client.objects.create(
            client_number=client_number,
            insz=insz(int(client_number[1:])),
            family_name="Verzonnen",
            given_name=given_name,
        )
        return Dossier.objects.create(client=client)

    def person(self, role: str = "counsellor", *units: Unit, subject: str = "") -> Person:
        """Somebody who signs in."""
        person = Person.objects.create(issuer="test", subject=subject or role, name=role.title(), role=role)
        for unit in units:
            Membership.objects.create(person=person, unit=unit)
        return person

    def lives_in(self, nis_code: str, since: str = "2025-01-01", *, dossier: Dossier | None = None) -> None:
        """Piet, or the client of another dossier, lives in that municipality from a day on."""
        moving.move((dossier or self.piet).pk, nis_code, day(since), origin(since))

    def enrolment(self, on: str, status: str = "enrolled", **given: Any) -> Enrolment:
        """How Piet's enrolment with Actiris was seen to stand that day."""
        dossier, source = given.pop("dossier", self.piet), given.pop("source", "desk")
        days: Any = {name: day(value) if name.endswith("_on") else value for name, value in given.items()}
        found = enrolling.Answer(EnrolmentStatus(status), **days)
        at = origin(on, source=source)
        return enrolling.record_enrolment(dossier.pk, found, checked_on=day(on), origin=at)

    def form(self, on: str, **given: Any) -> ConsentForm:
        """A form asked for and taken in that day, by default complete: for Spoor, on Piet's dossier."""
        dossier, unit = given.pop("dossier", self.piet), given.pop("unit", self.spoor)
        route, purpose = given.pop("route", Route.FORM), given.pop("purpose", Purpose.GUIDANCE)
        asked = consenting.Asked(unit, route, purpose, by=given.pop("by", None))
        form = consenting.ask_right(dossier.pk, asked, origin=origin(on))
        values = {"completed_on": day(on), "informed_of_actiris": True, **given}
        return consenting.take_in(form.pk, origin=origin(on), **values)

    def grant(self, on: str, **given: Any) -> ViewRight:
        """A complete form granted that day."""
        return granting.grant_by_form(self.form(on, **given).pk, origin=origin(on))

    def assign(self, on: str, **given: Any) -> Assignment:
        """An assignment entered that day: of Piet to Spoor, under a tendered service."""
        dossier, unit = given.pop("dossier", self.piet), given.pop("unit", self.spoor)
        service, starts = given.pop("service", self.tibb4), day(given.pop("from_", on))
        return assigning.assign(dossier.pk, unit, service, on=starts, origin=origin(on), **given)

    def end_assignment(self, assignment: Assignment, on: str, *, entered: str | None = None) -> Assignment:
        """End it, entered on the day itself or on another."""
        return assigning.end_assignment(
            assignment.pk, on=day(on), reason="klaar", origin=origin(entered or on)
        )

    def activity(self, on: str, **given: Any) -> Activity:
        """An activity that starts that day, registered by VDAB: of Spoor with Piet, a training."""
        dossier, unit = given.pop("dossier", self.piet), given.pop("unit", self.spoor)
        entered, by = given.pop("entered", on), given.pop("by", None)
        given["requested_on" if given.pop("requested", False) else "started_on"] = day(on)
        new = NewActivity(unit, given.pop("kind", Kind.TRAINING), "Lassen", **given)
        return registering.register(dossier.pk, new, actor=Actor(origin(entered), by))

    def close(
        self, activity: Activity, on: str, *, entered: str | None = None, by: Unit | None = None
    ) -> Activity:
        """Close it as of that day, entered that day or on another."""
        return registering.close(activity.pk, on=day(on), actor=Actor(origin(entered or on), by))

    def cancel(self, activity: Activity, on: str, *, entered: str | None = None) -> Activity:
        """Cancel it as of that day."""
        return registering.cancel(activity.pk, on=day(on), actor=Actor(origin(entered or on)))

    def night(self, before: str) -> Report:
        """The closing run of the night before that day."""
        return run(day(before), clock=lambda: midnight(day(before)) + timedelta(minutes=5))

    def may_view(self, on: str, *, dossier: Dossier | None = None, unit: Unit | None = None) -> bool:
        """The decision: by default of Spoor on Piet's dossier."""
        return decide((dossier or self.piet).pk, (unit or self.spoor).pk, on=day(on)).allowed

    def right(self, *, dossier: Dossier | None = None, unit: Unit | None = None) -> ViewRight:
        """The latest right: by default of Spoor on Piet's dossier."""
        rights = ViewRight.objects.filter(dossier=dossier or self.piet, unit=unit or self.spoor)
        return rights.select_related("unit", "dossier__client").latest("pk")

    def last_day(self, **whose: Any) -> str | None:
        """The stored last day of that right."""
        last_day = self.right(**whose).last_day
        return str(last_day) if last_day else None

    def is_proven(self, on: str) -> bool:
        """Whether everything stored is what the facts and the rules say."""
        return prove(today=day(on), processes=1).differences == []
