"""Brussels: enrolment with Actiris, the information, and the Brussels form by its two routes (S07 to S12, S17)."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from inzage.consents.informing import text_called
from inzage.consents.models import ConsentForm, FormState, InformationGiven
from inzage.dossiers.models import Activity, Enrolment
from inzage.notices.mailboxes import mailbox_of
from inzage.notices.models import Notice
from inzage.notices.sending import send_mails
from inzage.outbox.models import Delivery
from inzage.partners.models import Unit
from inzage.rules.brussels import ways_to_enrol
from inzage.rules.granting import Refusal
from inzage.rules.names import Channel, EnrolmentStatus, Purpose, Route
from inzage.tasks.models import Task
from inzage.view_rights.brussels_forms import route_of_form
from inzage.view_rights.consenting import Asked, ask_right, deliver, send_back
from inzage.view_rights.enrolling import Answer, refresh_enrolments
from inzage.view_rights.granting import NotGranted, grant_by_form, missing_from_form
from inzage.view_rights.informing import Told, inform
from inzage.view_rights.record_cards import Card, NotFilledIn, fill_in
from inzage.view_rights.registering import NotRegistered
from inzage.view_rights.watching import lacking_on, task_of
from tests.world import World, day, noon, origin

BRUSSELS = [Route.BRUSSELS_FORM, Route.BRUSSELS_IBIS]


@pytest.fixture(autouse=True)
def _mailboxes(settings: Settings) -> None:
    settings.BRUSSELS_MAILBOX, settings.BRUSSELS_IBIS_MAILBOX = "form@brussel.example", "ibis@brussel.example"


def asked(world: World, route: Route = Route.BRUSSELS_FORM) -> ConsentForm:
    """A Brussels form that Spoor asks for Piet."""
    question = Asked(world.spoor, route, Purpose.TRAINING, by=world.spoor)
    return ask_right(world.piet.pk, question, origin=origin("2025-01-10"))


def told(world: World, **other: object) -> InformationGiven:
    """Spoor tells Piet, in French."""
    values = {"version": "1", "language": "fr", "given_on": day("2025-01-10"), "by": world.spoor, **other}
    return inform(world.piet.pk, Told(**values), origin=origin("2025-01-10"))  # type: ignore[arg-type]


def test_s08_the_partner_records_which_text_it_told_in_which_language_when_and_who_did(world: World) -> None:
    given = told(world)
    assert (given.version, given.language, given.given_on) == ("1", "fr", day("2025-01-10"))
    assert (given.unit, given.recorded_by, given.recorded_at) == (
        world.spoor,
        "person:1",
        noon("2025-01-10"),
    )
    text = text_called("1")
    assert text is not None
    assert all("VDAB" in words and "Actiris" in words for _language, words in text.in_each_language)


@pytest.mark.parametrize("route", BRUSSELS)
def test_s08_without_the_information_a_brussels_form_is_incomplete(world: World, route: Route) -> None:
    form = deliver(asked(world, route).pk, completed_on=day("2025-01-10"), origin=origin("2025-01-10"))
    assert missing_from_form(form) == ["informed_of_actiris"]
    with pytest.raises(NotGranted) as refused:
        grant_by_form(form.pk, origin=origin("2025-01-11"))
    assert refused.value.refusal is Refusal.INCOMPLETE
    told(world)
    assert grant_by_form(form.pk, origin=origin("2025-01-11")).unit == world.spoor


def test_s08_the_form_carries_the_same_text_and_taking_it_in_records_it(world: World) -> None:
    form = deliver(
        asked(world).pk,
        completed_on=day("2025-01-09"),
        informed_of_actiris=True,
        language="en",
        origin=origin("2025-01-10"),
    )
    given = InformationGiven.objects.get()
    assert (given.form, given.unit, given.version, given.language) == (form, world.spoor, "1", "en")
    assert given.given_on == day("2025-01-09")


@pytest.mark.parametrize("route", BRUSSELS)
def test_s11_the_partner_delivers_the_form_and_vdab_brussel_grants(world: World, route: Route) -> None:
    told(world)
    form = deliver(asked(world, route).pk, completed_on=day("2025-01-10"), origin=origin("2025-01-10"))
    assert form.state == FormState.RECEIVED
    assert not world.may_view("2025-01-10")
    right = grant_by_form(form.pk, origin=origin("2025-01-12"))
    assert [grant.ground for grant in right.grants.all()] == ["brussels_form"]
    assert world.may_view("2025-01-12")
    assert not world.may_view("2025-01-12", unit=world.brug)


def test_s11_nothing_may_be_missing_on_it_either(world: World) -> None:
    told(world)
    form = deliver(asked(world).pk, completed_on=None, origin=origin("2025-01-10"))
    with pytest.raises(NotGranted):
        grant_by_form(form.pk, origin=origin("2025-01-10"))
    assert send_back(form.pk, origin=origin("2025-01-10")).missing == ["completed_on"]
    deliver(form.pk, completed_on=day("2025-01-11"), origin=origin("2025-01-11"))
    assert grant_by_form(form.pk, origin=origin("2025-01-11")).granted_on == day("2025-01-11")


@pytest.mark.parametrize(
    ("route", "mailbox"),
    [(Route.BRUSSELS_FORM, "form@brussel.example"), (Route.BRUSSELS_IBIS, "ibis@brussel.example")],
)
def test_s17_beside_ibis_the_form_goes_to_another_addressee_than_s11s(
    world: World, route: Route, mailbox: str, mailoutbox: list[EmailMessage]
) -> None:
    assert mailbox_of(route) == mailbox
    form = asked(world, route)
    assert send_mails(noon("2025-01-10")) == 0
    for _again in range(2):
        deliver(form.pk, completed_on=day("2025-01-10"), origin=origin("2025-01-10"))
    assert send_mails(noon("2025-01-10")) == 1
    (mail,) = mailoutbox
    assert mail.to == [mailbox]
    client = world.piet.client
    personal = (client.client_number, client.insz, client.family_name, client.given_name, world.spoor.name)
    assert [word for word in personal if word in f"{mail.subject} {mail.body}"] == []


@pytest.mark.parametrize("route", [Route.FORM, Route.MEDIATOR])
def test_s17_a_form_that_is_not_for_brussels_has_no_addressee_there(route: Route) -> None:
    assert mailbox_of(route) == ""


@pytest.mark.parametrize("route", BRUSSELS)
def test_s12_only_after_the_grant_do_registrations_go_through(world: World, route: Route) -> None:
    told(world)
    form = asked(world, route)
    with pytest.raises(NotRegistered, match="no view right"):
        world.activity("2025-01-10", by=world.spoor)
    deliver(form.pk, completed_on=day("2025-01-10"), origin=origin("2025-01-10"))
    with pytest.raises(NotRegistered, match="no view right"):
        world.activity("2025-01-10", by=world.spoor)
    assert not Notice.objects.filter(kind="granted").exists()
    grant_by_form(form.pk, origin=origin("2025-01-11"))
    assert Notice.objects.get(kind="granted").unit == world.spoor
    assert world.activity("2025-01-11", by=world.spoor).unit == world.spoor
    for dossier, unit in ((world.an, world.spoor), (world.piet, world.brug), (world.piet, world.haven)):
        with pytest.raises(NotRegistered):
            world.activity("2025-01-11", dossier=dossier, unit=unit, by=unit)


@pytest.fixture
def brussels(world: World) -> World:
    """Piet lives in Elsene, and Spoor has a right on his dossier."""
    world.lives_in("21009")
    world.grant("2025-01-10")
    return world


@pytest.mark.parametrize(("status", "ended_on"), [("not_enrolled", None), ("ended", "2025-02-01")])
def test_s07_not_enrolled_is_a_task_for_the_partner_and_never_a_refusal(
    brussels: World, status: str, ended_on: str | None
) -> None:
    brussels.enrolment("2025-01-15")
    assert task_of(brussels.piet, brussels.spoor) is None
    brussels.enrolment("2025-02-01", status, **({"ended_on": ended_on} if ended_on else {}))
    assert lacking_on(brussels.piet, day("2025-02-01")) == status
    assert task_of(brussels.piet, brussels.spoor)
    for dossier, unit in ((brussels.an, brussels.spoor), (brussels.piet, brussels.haven)):
        assert task_of(dossier, unit) is None
    assert brussels.may_view("2025-02-01")
    assert brussels.activity("2025-02-01", by=brussels.spoor)
    assert brussels.grant("2025-02-02", unit=brussels.brug)
    brussels.enrolment("2025-02-03")
    assert not Task.objects.filter(done_at=None).exists()


def test_s07_that_it_stays_so_is_watched_by_asking_again(brussels: World) -> None:
    brussels.activity("2025-01-12")
    brussels.enrolment("2025-01-15", source="actiris")
    ended = Answer(EnrolmentStatus.ENDED, ended_on=day("2025-01-20"))
    for on, asked in (("2025-01-21", 0), ("2025-01-22", 1)):
        turn = refresh_enrolments(lambda _insz: ended, lambda on=on: noon(on), timedelta(days=7))  # type: ignore[misc]
        assert turn.asked == asked
    assert task_of(brussels.piet, brussels.spoor)


def test_s07_who_does_not_live_in_brussels_is_not_watched(brussels: World) -> None:
    brussels.lives_in("44021", "2025-01-14")
    brussels.enrolment("2025-01-15", "not_enrolled")
    assert lacking_on(brussels.piet, day("2025-01-13"))
    assert lacking_on(brussels.piet, day("2025-01-14")) is None
    assert not Task.objects.exists()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_s09_the_ways_to_enrol_are_mijn_actiris_the_call_centre_and_an_agency(language: str) -> None:
    ways = ways_to_enrol(language)
    assert list(ways) == [Channel.MY_ACTIRIS, Channel.CALL_CENTRE, Channel.AGENCY]
    assert all("Actiris" in way for way in ways.values())


def test_s09_the_partners_task_tells_all_three(brussels: World) -> None:
    brussels.enrolment("2025-01-15", "not_enrolled")
    detail = Task.objects.get().detail
    assert [way for way in ways_to_enrol("nl").values() if way not in detail] == []


@pytest.fixture
def school(brussels: World) -> Unit:
    """A school that has a right on Piet's dossier."""
    school = Unit.objects.create(oe_number="OE9", name="CDO Verzonnen", kind="school")
    brussels.grant("2025-01-10", unit=school)
    return school


@pytest.mark.parametrize("centre", ["CDO", "CDV"])
def test_s10_the_school_puts_the_pupils_data_on_the_card_and_actiris_gets_it(
    brussels: World, school: Unit, centre: str
) -> None:
    card = Card(centre, "2024-2025", "Lassen", day("2024-09-02"))
    filled_in = fill_in(brussels.piet.pk, card, school=school, origin=origin("2025-01-15"))
    assert (filled_in.school, filled_in.centre) == (school, centre)
    told = Delivery.objects.get(kind="be.inzage.enrolments.v1.recordCards.notify.submitted")
    assert (told.destination, told.stream) == ("actiris", str(brussels.piet.reference))
    brussels.enrolment("2025-01-20", channel="record_card", source="school")
    assert Enrolment.objects.get().channel == "record_card"


def test_s10_nobody_but_the_pupils_own_school_does(brussels: World, school: Unit) -> None:
    card = Card("CDO", "2024-2025", "Lassen", day("2024-09-02"))
    for dossier, unit in ((brussels.an, school), (brussels.piet, brussels.spoor)):
        with pytest.raises(NotFilledIn):
            fill_in(dossier.pk, card, school=unit, origin=origin("2025-01-15"))


def test_s11_who_lives_in_brussels_gets_the_brussels_form_and_nobody_else(world: World) -> None:
    world.lives_in("21009", "2025-02-01")
    routes = [
        route_of_form(world.piet, world.spoor, by=world.spoor, on=day(on))
        for on in ("2025-01-31", "2025-02-01", "2025-02-02")
    ]
    assert routes == [Route.FORM, Route.BRUSSELS_FORM, Route.BRUSSELS_FORM]
    assert route_of_form(world.an, world.spoor, by=world.spoor, on=day("2025-02-01")) is Route.FORM


def test_s17_with_a_line_from_ibis_the_form_goes_beside_it(world: World) -> None:
    world.lives_in("21009")
    line = world.activity("2025-02-01", requested=True)
    Activity.objects.filter(pk=line.pk).update(ibis_registered_on=day("2025-02-01"))
    world.activity("2025-02-01", unit=world.brug)
    on = day("2025-02-01")
    assert route_of_form(world.piet, world.spoor, by=world.spoor, on=on) is Route.BRUSSELS_IBIS
    for unit in (world.brug, world.haven):
        assert route_of_form(world.piet, unit, by=unit, on=on) is Route.BRUSSELS_FORM
    assert route_of_form(world.an, world.spoor, by=world.spoor, on=on) is Route.FORM
    assert route_of_form(world.piet, world.spoor, by=world.brug, on=on) is Route.BRUSSELS_FORM
    world.cancel(line, "2025-02-03")
    assert route_of_form(world.piet, world.spoor, by=world.spoor, on=day("2025-02-03")) is Route.BRUSSELS_FORM
