"""More of everything: as much again beside what each unit and its client have, as often as is asked."""

import itertools
from datetime import timedelta
from decimal import Decimal

from inzage.access_log.models import ShownDossier
from inzage.consents.form_files import storing
from inzage.consents.models import FormFile
from inzage.dossiers.models import Dossier
from inzage.notices.composing import compose
from inzage.outbox.models import Delivery, DeliveryState
from inzage.outbox.queueing import queue
from inzage.oversight.questions import answer, ask_why
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.names import Kind, Purpose, Route
from inzage.view_rights.assigning import End, assign
from inzage.view_rights.consenting import Asked, ask_right, send_back
from inzage.view_rights.ending import give_back
from inzage.view_rights.informing import Told, inform
from inzage.view_rights.models import ClosingRun
from inzage.view_rights.moving import move
from inzage.view_rights.objecting import object_to
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.record_cards import SUBMITTED, Card, fill_in
from inzage.view_rights.registering import Actor, NewActivity, close, register, reopen
from inzage.view_rights.telling_actiris import DESTINATION
from tests.ibis import a_request, come_in
from tests.portal.clients import a_look, a_yes
from tests.portal.office import (
    NOON,
    TODAY,
    a_dossier,
    a_form,
    a_person,
    a_right,
    an_enrolment,
    an_insz,
    from_ibis,
    in_brussels,
    origin,
)
from tests.portal.permissions.people import Everyone

NUMBERS = itertools.count(1)
NUMBERED = {"step", "line of the log", "request", "Brussels request"}
LONG_AGO = TODAY - timedelta(days=90)
SCHOOL = origin()._replace(source="school")


def more(world: Everyone, times: int) -> None:
    """So many times more of everything, for Werkpad and for Leerhuis."""
    for _time, at in itertools.product(range(times), world.units):
        number = next(NUMBERS)
        other = Unit.objects.create(
            oe_number=f"OE1{number:04}",
            name=f"Ander {number}",
            kind="partner",
            organisation_code=f"OVO{number}",
        )
        colleague = a_person(f"Collega {number}", Person.Role.COUNSELLOR, other)
        Membership.objects.create(person=colleague, unit=world.units[at], manages=True)
        _in_the_dossier(world, at, other, number)
        _looks(world, at, other, colleague, number)
        _under_the_same_id(world, at, number)
        _other_clients(world, world.units[at], number)
        compose(at, [f"Aan {at}."], to="a@b.example", key=f"crowd {number}").send()
        come_in(a_request(f"C{number}", client={"insz": an_insz(500 + number)}, remark=""))
        ClosingRun.objects.create(day=TODAY - timedelta(days=number), started_at=NOON)


def _in_the_dossier(world: Everyone, at: str, other: Unit, number: int) -> None:
    """In the dossier of the client: another unit that sees it, that owned it, that asks; lines, hours, moves."""
    dossier, unit, by = world.clients[at], world.units[at], origin()
    actor = Actor(by, unit)
    a_right(dossier, other)
    then = TODAY - timedelta(days=2 * number)
    assign(dossier.pk, other, world.service, on=then, end=End(then + timedelta(days=1), "stopt"), origin=by)
    new = NewActivity(unit, Kind.TRAINING, f"Lassen {number}", started_on=TODAY)
    perform(register(dossier.pk, new, actor=actor).pk, Hours(TODAY, Decimal(4)), actor=actor)
    register(dossier.pk, new._replace(started_on=None, requested_on=TODAY), actor=actor)
    again = register(dossier.pk, new._replace(started_on=LONG_AGO), actor=actor)
    for _end in range(2):
        close(again.pk, on=TODAY, actor=actor)
        reopen(again.pk, on=TODAY, actor=actor)
    move(dossier.pk, ("21004", "21009")[number // 2 % 2], LONG_AGO + timedelta(days=number), by)
    for status in ("not_enrolled", "enrolled"):
        an_enrolment(dossier, status)
    inform(dossier.pk, Told("1", "nl", TODAY, unit), origin=by)
    for route in (Route.FORM, Route.BRUSSELS_FORM):
        a_form(dossier, other, route=route, by=unit)
        send_back(ask_right(dossier.pk, Asked(other, route, Purpose.GUIDANCE, unit), origin=by).pk, origin=by)


def _looks(world: Everyone, at: str, other: Unit, colleague: Person, number: int) -> None:
    """At the dossier of the client, each asked about: answered, open, and too late."""
    dossier, by = world.clients[at], origin()
    for who, unit in ((world.counsellors[at], world.units[at]), (colleague, other)):
        answer(ask_why(a_look(dossier, who, unit), "Waarom?", origin=by).pk, "Daarom.", unit=unit, origin=by)
        ask_why(a_look(dossier, who, unit), "Waarom nog?", origin=by)
        ask_why(a_look(dossier, who, unit), "Waarom toch?", origin=origin(LONG_AGO))
    a_look(dossier, world.mira, None, reason="de klant belde")
    a_yes(dossier, colleague, other, ago=timedelta(minutes=number))


def _under_the_same_id(world: Everyone, at: str, number: int) -> None:
    """With what has an address of its own: hours on the step, scans of the requests, dossiers of the line."""
    made = {
        words: int(str(pk)) for (words, unit), pk in world.made.items() if unit == at and words in NUMBERED
    }
    step, line = made["step"], made["line of the log"]
    perform(step, Hours(TODAY, Decimal(number % 8)), actor=Actor(origin(), world.units[at]))
    ShownDossier.objects.create(line_id=line, dossier=a_dossier("Ook", "Getoond"), verdict="no_right")
    for form in ("request", "Brussels request"):
        data = f"scan {number} of the {form}".encode()
        FormFile.objects.create(
            form_id=made[form],
            size=len(data),
            uploaded_at=NOON,
            sha256=storing.digest_of(data),
            stored_as=storing.keep(data),
            uploaded_by=world.counsellors[at].signature,
            uploaded_for=world.units[at],
            kind="scan",
            content_type="image/png",
        )


def _other_clients(world: Everyone, unit: Unit, number: int) -> None:
    """Clients beside: a pupil not enrolled with Actiris, one never looked at, one given back, one who objects."""
    pupil = in_brussels(a_dossier(f"Leerling {number}", "Menigte"))
    for seer in (unit, world.school):
        a_right(pupil, seer)
    from_ibis(pupil, world.school)
    for course in ("Lassen", "Zagen"):
        fill_in(pupil.pk, Card("CDO", "2025-2026", course, TODAY), school=world.school, origin=SCHOOL)
    an_enrolment(pupil, "not_enrolled")
    requested = NewActivity(unit, Kind.TRAINING, "Zagen", requested_on=TODAY)
    register(pupil.pk, requested, actor=Actor(origin(), unit))
    a_form(pupil, unit)
    a_form(pupil, unit, route=Route.BRUSSELS_FORM)
    sent = queue(DESTINATION, stream=str(pupil.reference), kind=SUBMITTED, data={}, at=NOON)
    assert sent is not None
    Delivery.objects.filter(pk=sent.pk).update(state=DeliveryState.PARKED, problem="geweigerd")
    a_right(a_dossier(f"Vergeten {number}", "Menigte"), unit, on=LONG_AGO)
    give_back(a_right(a_dossier(f"Gesloten {number}", "Menigte"), unit).pk, origin=origin())
    against: Dossier = a_dossier(f"Bezwaar {number}", "Menigte")
    assign(against.pk, unit, world.service, on=TODAY, origin=origin())
    object_to(against.pk, unit, origin=origin())
