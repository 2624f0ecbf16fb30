"""By way of IBIS: from a promoter's registration there to a line that runs here (S14 to S17, S23)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from inzage.dossiers.models import Activity, Dossier
from inzage.inbox.models import Received
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.outbox.models import Delivery
from inzage.rule_books.in_force import books
from inzage.rules.days import midnight
from inzage.rules.names import Route, Status
from inzage.rules.reading_books import packaged_books
from inzage.rules.rulebook import RuleBooks, Sourced, Switch
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import object_to
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import Actor, NotRegistered, start
from tests.ibis import REGISTERED, a_request, a_youngster, come_in
from tests.world import World, day, insz, origin

NEXT = "2026-03-03"


def by(world: World, on: str) -> Actor:
    """Spoor itself, on that day at noon."""
    return Actor(origin(on), world.spoor)


@pytest.mark.parametrize(
    ("remark", "read"),
    [
        ("A1B2C/0012345/OE1", ("A1B2C", "0012345", "OE1")),
        (" a1b2c / 0012345 / oe1 ", ("A1B2C", "0012345", "OE1")),
        ("PRJLEW/0012345/OE1", ("PRJLEW", "0012345", "OE1")),
    ],
)
def test_s14_the_agreed_references_in_opmerking_are_read(
    world: World, remark: str, read: tuple[str, str, str]
) -> None:
    come_in(a_request(remark=remark))
    line = Activity.objects.get()
    assert (line.course_number, line.outsourcing_number, line.unit.oe_number) == read


@pytest.mark.parametrize(
    "remark", ["A1B2/0012345/OE1", "A1B2C/012345/OE1", "A1B2C/0012345", "PRJLEW OE1", ""]
)
def test_s14_anything_else_is_kept_for_a_person_and_never_guessed(world: World, remark: str) -> None:
    (received,) = come_in(a_request(remark=remark))
    assert (received.state, Activity.objects.count()) == ("quarantined", 0)
    assert "course number (5 characters) or PRJLEW / outsourcing number (7 characters)" in received.detail


def test_s15_a_course_number_makes_a_training_line_in_aanvraag(world: World) -> None:
    come_in(a_request())
    line = Activity.objects.get()
    assert (line.kind, line.unit, line.dossier) == ("training", world.spoor, world.piet)
    assert line.state_on(day("2026-06-30")) == "requested"


def test_s15_prjlew_makes_a_project_line_in_aanvraag(world: World) -> None:
    come_in(a_youngster(insz_of=1))
    line = Activity.objects.get()
    assert (line.kind, line.unit, line.dossier) == ("project", world.spoor, world.piet)
    assert line.state_on(day("2026-06-30")) == "requested"


def test_s15_nobody_else_does_anything_for_it_and_it_happens_once(world: World) -> None:
    for _ in range(2):
        come_in(a_request(), on=NEXT)
    assert Activity.objects.count() == Received.objects.count() == 1


def test_s15_actiris_hears_of_the_line_of_a_brussels_participant_once(world: World) -> None:
    for _ in range(2):
        come_in(a_youngster(), a_request("R2"))
    told = Delivery.objects.get()
    assert (told.destination, "PRJLEW" in told.body, insz(40) in told.body) == ("actiris", True, True)


@pytest.mark.parametrize(
    ("seconds", "starts"), [(-86_400, False), (-1, False), (0, True), (1, True), (86_400, True)]
)
def test_s16_from_the_day_after_the_registration_the_line_is_set_to_bezig(
    world: World, seconds: int, starts: bool
) -> None:
    """Seconds before and after midnight in Brussels: the eve, the day and the day after."""
    come_in(a_request())
    line, moment = Activity.objects.get(), midnight(day(NEXT)) + timedelta(seconds=seconds)
    actor = Actor(Origin("person:1", moment, "portal"))
    if starts:
        start(line.pk, on=day(NEXT), actor=actor)
    else:
        with pytest.raises(NotRegistered, match=f"can be started from {NEXT} on"):
            start(line.pk, on=day(NEXT), actor=actor)
    line.refresh_from_db()
    assert (line.started_on is not None) is starts


def test_s16_and_from_then_on_more_can_be_entered(world: World) -> None:
    come_in(a_request(title=""))
    world.grant(REGISTERED, route=Route.BRUSSELS_FORM)
    line, hours = Activity.objects.get(), Hours(day(NEXT), Decimal(7))
    with pytest.raises(NotRegistered):
        perform(line.pk, hours, actor=by(world, REGISTERED))
    start(line.pk, on=day(NEXT), title="Lassen, halfautomaat", actor=by(world, NEXT))
    perform(line.pk, hours, actor=by(world, NEXT))
    assert line.performances.get().day == day(NEXT)


@pytest.mark.parametrize("record", [a_request(), a_youngster(insz_of=1)], ids=["course", "PRJLEW"])
def test_s17_the_form_is_needed_on_this_path_too(world: World, record: dict[str, object]) -> None:
    come_in(record)
    line = Activity.objects.get()
    assert not world.may_view(REGISTERED)
    form = world.form(REGISTERED, route=Route.BRUSSELS_FORM)
    for on in (NEXT, "2026-03-10"):
        with pytest.raises(NotRegistered, match="no view right"):
            start(line.pk, on=day(on), title="Lassen", actor=by(world, on))
    world.grant("2026-03-10", route=Route.BRUSSELS_FORM)
    assert Notice.objects.get(kind="granted").unit == world.spoor
    assert start(line.pk, on=day("2026-03-10"), title="Lassen", actor=by(world, "2026-03-10")).started_on
    assert form.state == "received"
    with pytest.raises(NotRegistered):
        start(line.pk, on=day("2026-03-10"), actor=Actor(origin("2026-03-10"), world.haven))


def test_s23_a_youngster_who_is_not_known_gets_a_dossier_by_prjlew_and_by_nothing_else(world: World) -> None:
    unknown = {"insz": insz(40), "family_name": "Bedacht", "given_name": "Noor"}
    assert come_in(a_request("R1", client=unknown))[-1].reason == "unknown_client"
    assert not Dossier.objects.filter(client__insz=insz(40)).exists()
    come_in(a_youngster("R2"))
    line = Dossier.objects.get(client__insz=insz(40)).activity_set.get()
    assert (line.kind, line.course_number) == ("project", "PRJLEW")


def test_s23_its_line_gives_no_right_until_the_form_is_there(world: World) -> None:
    come_in(a_youngster())
    assert not books().on(day(REGISTERED)).prjlew_grants_at_once.on
    assert not ViewRight.objects.exists()
    assert not Notice.objects.exists()


SINCE = "2026-03-02"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule book under which PRJLEW grants at once, in force from SINCE on."""
    before = packaged_books().on(date(2026, 1, 1))
    switch = Switch(True, Sourced("een andere pagina van VDAB", Status.ASSUMPTION))
    since = replace(before, starts_on=day(SINCE), version=SINCE, prjlew_grants_at_once=switch)
    both = RuleBooks([before, since])
    monkeypatch.setattr("inzage.view_rights.training_lines.books", lambda: both)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("registered", "granted"), [("2026-03-01", False), (SINCE, True), ("2026-03-03", True)]
)
def test_s23_where_the_rule_book_of_the_day_says_so_it_grants_at_once_and_the_signal_goes_out(
    world: World, registered: str, granted: bool
) -> None:
    come_in(a_youngster(registered_on=registered), on="2026-03-04")
    dossier = Dossier.objects.get(client__insz=insz(40))
    assert world.may_view("2026-03-04", dossier=dossier) is granted
    assert not world.may_view("2026-03-04", dossier=dossier, unit=world.haven)
    assert Notice.objects.filter(kind="granted", unit=world.spoor, dossier=dossier).exists() is granted
    if granted:
        right = world.right(dossier=dossier)
        assert [grant.ground for grant in right.grants.all()] == ["ibis"]
        assert (right.granted_on, right.relation) == (day("2026-03-04"), "executor")
        assert world.is_proven("2026-03-04")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("shut_out", "granted"), [("spoor", False), ("haven", True)])
def test_s23_to_a_unit_that_the_client_shut_out_it_grants_nothing_at_once(
    world: World, shut_out: str, granted: bool
) -> None:
    object_to(world.an.pk, getattr(world, shut_out), origin=origin(REGISTERED))
    come_in(a_youngster(insz_of=2))
    assert world.may_view(REGISTERED, dossier=world.an) is granted
    assert Activity.objects.get().dossier == world.an


@pytest.mark.usefixtures("at_once")
def test_s23_a_course_number_never_grants_and_a_repeated_record_grants_once(world: World) -> None:
    come_in(a_request("R1"), a_youngster("R2", insz_of=2))
    come_in(a_youngster("R2", insz_of=2, revision=2, status="corrected", title="Leren en werken"))
    assert not world.may_view(REGISTERED)
    assert world.right(dossier=world.an).grants.count() == 1


@pytest.mark.usefixtures("at_once")
def test_s23_withdrawn_its_line_goes_and_a_person_decides_on_the_right(world: World) -> None:
    come_in(a_youngster(insz_of=2), {"id": "R1", "revision": 2, "status": "withdrawn"})
    assert Activity.objects.get().state_on(day(REGISTERED)) == "cancelled"
    assert world.may_view(REGISTERED, dossier=world.an)
    assert "die meteen een inzagerecht had gegeven. Beslis over dat recht." in world.an.task_set.get().detail


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("corrected", "asked"),
    [
        ({"remark": "A1B2C/0012345/OE1", "title": "Lassen"}, True),
        ({"registered_on": "2026-03-01"}, True),
        ({"remark": "PRJLEW/7654321/OE1"}, False),
        ({"title": "Leren en werken"}, False),
    ],
    ids=["a course", "a day on which it didn't grant", "another number", "another title"],
)
def test_s23_corrected_to_what_grants_nothing_a_person_decides_on_the_right(
    world: World, corrected: dict[str, str], asked: bool
) -> None:
    come_in(a_youngster(insz_of=2))
    for _ in range(2):
        come_in(a_youngster(insz_of=2, revision=2, status="corrected", **corrected))
    assert world.may_view(REGISTERED, dossier=world.an)
    assert [task.subject for task in world.an.task_set.all()] == ["R1:2"] * asked


@pytest.mark.usefixtures("at_once")
def test_s23_a_line_that_granted_nothing_asks_nobody_when_it_is_corrected(world: World) -> None:
    come_in(a_youngster(insz_of=2, registered_on="2026-03-01"))
    come_in(a_request(client={"insz": insz(2)}, revision=2, status="corrected"))
    assert not world.an.task_set.exists()
