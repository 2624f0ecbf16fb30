"""Brussels: enrolment with Actiris, the information, and the Brussels form by its two routes (S07 to S12, S17)."""

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from inzage.consents.informing import InformationGiven, text_called
from inzage.consents.models import ConsentForm, FormState
from inzage.notices.mailboxes import mailbox_of
from inzage.notices.models import Notice
from inzage.notices.sending import send_mails
from inzage.rules.granting import Refusal
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, deliver, send_back
from inzage.view_rights.granting import NotGranted, grant_by_form, missing_from_form
from inzage.view_rights.informing import Told, inform
from inzage.view_rights.registering import NotRegistered
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
