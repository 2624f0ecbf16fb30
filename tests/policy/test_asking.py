"""Asking and granting: what the page says of who gets a view right, and how (S01 to S06, S12)."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from inzage.access_log.models import AccessLine
from inzage.notices.models import Notice
from inzage.notices.sending import send_mails
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import Missing, Refusal
from inzage.rules.names import Part, Purpose, Route
from inzage.view_rights.answering import may_view
from inzage.view_rights.assigning import NotAssigned
from inzage.view_rights.consenting import (
    Asked,
    ask_right,
    record_consent_at_mediator,
    refuse,
    send_back,
    take_in,
)
from inzage.view_rights.granting import NotGranted, grant_by_form
from inzage.view_rights.looking import Look, NoRight, look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import NotRegistered
from tests.simulated import SECRET
from tests.vdab.saying import assigned, bytes_of, headers
from tests.world import World, day, noon, origin


def looks(world: World, on: str, unit: Unit) -> bool:
    """Whether that unit is shown Piet's dossier."""
    at = Look(origin(on), unit, Part.GENERAL, uuid4())
    try:
        return look(world.piet, at, lambda _right: True)
    except NoRight:
        return False


def test_s01_being_let_in_opens_no_dossier(world: World) -> None:
    counsellor = world.person("counsellor", world.spoor)
    assert counsellor.units.get() == world.spoor
    assert not looks(world, "2025-01-10", world.spoor)
    assert not AccessLine.objects.exists()


def test_s01_a_right_opens_its_own_dossier_to_its_own_unit_and_nothing_else(world: World) -> None:
    world.grant("2025-01-10")
    assert world.may_view("2025-01-10")
    assert not world.may_view("2025-01-09")
    assert not world.may_view("2025-01-10", dossier=world.an)
    assert not world.may_view("2025-01-10", unit=world.haven)


def test_s01_a_right_closed_yesterday_opens_nothing_today(world: World) -> None:
    world.grant("2025-01-10")
    assert world.may_view("2025-07-10")
    assert looks(world, "2025-07-10", world.spoor)
    assert not world.may_view("2025-07-11")
    assert not looks(world, "2025-07-11", world.spoor)


def test_s02_assigning_a_tendered_job_seeker_grants_by_itself(world: World) -> None:
    world.assign("2025-01-10")
    right = world.right()
    assert (right.granted_on, right.last_day, right.relation) == (day("2025-01-10"), None, "owner")
    assert [grant.ground for grant in right.grants.all()] == ["assignment"]
    assert world.may_view("2025-01-10")
    assert not world.may_view("2025-01-09")
    assert not world.may_view("2025-01-10", unit=world.haven)


def test_s02_vdab_s_own_event_opens_the_right_and_gives_the_signal_with_nobody_in_between(
    world: World, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    today = day_of(timezone.now())
    body = bytes_of(assigned(str(today)))

    def push(signed: dict[str, str]) -> int:
        return client.post(
            "/in/vdab/events", body, "application/cloudevents+json", headers=signed, secure=True
        ).status_code

    assert push(headers(body + b" ", timezone.now())) == 401
    assert not may_view("K1", "OE1", on=today).decision
    assert push(headers(body, timezone.now())) == 202
    assert may_view("K1", "OE1", on=today).decision
    assert not may_view("K1", "OE3", on=today).decision
    assert not may_view("K2", "OE1", on=today).decision
    told = Notice.objects.get()
    assert (told.kind, told.unit, told.mail_to) == ("granted", world.spoor, world.spoor.email)


def test_s02_a_service_that_is_not_tendered_grants_nothing(world: World) -> None:
    assignment = world.assign("2025-01-10", service=world.free)
    assert not assignment.makes_owner
    assert not ViewRight.objects.exists()


def test_s02_an_assignment_that_begins_later_grants_on_its_own_day(world: World) -> None:
    world.assign("2025-01-10", from_="2025-02-01")
    for before in ("2025-01-31", "2025-02-01"):
        assert not ViewRight.objects.exists()
        world.night(before)
    assert world.right().granted_on == day("2025-02-01")
    assert world.may_view("2025-02-01")


def test_s02_there_is_one_owner_at_a_time(world: World) -> None:
    first = world.assign("2025-01-10")
    with pytest.raises(NotAssigned, match="end that assignment first, or transfer it"):
        world.assign("2025-03-01", unit=world.haven)
    world.end_assignment(first, "2025-03-01")
    world.assign("2025-03-01", unit=world.haven)
    assert world.right(unit=world.haven).relation == "owner"


def test_s03_a_right_belongs_to_one_organisation_also_within_one_enterprise(world: World) -> None:
    assert world.spoor.partner == world.brug.partner
    world.grant("2025-01-10")
    assert not world.may_view("2025-01-10", unit=world.brug)


def test_s03_to_start_a_training_elsewhere_a_right_for_that_organisation_is_asked(world: World) -> None:
    world.grant("2025-01-10")
    with pytest.raises(NotRegistered, match="Brug"):
        world.activity("2025-01-15", unit=world.brug, by=world.spoor)
    with pytest.raises(NotRegistered, match="no view right"):
        world.activity("2025-01-15", unit=world.brug, by=world.brug)
    asked = ask_right(
        world.piet.pk,
        Asked(world.brug, Route.FORM, Purpose.TRAINING, by=world.spoor),
        origin=origin("2025-01-15"),
    )
    take_in(asked.pk, completed_on=day("2025-01-15"), origin=origin("2025-01-15"))
    right = grant_by_form(asked.pk, origin=origin("2025-01-16"))
    assert (right.unit, asked.asked_by) == (world.brug, world.spoor)
    world.activity("2025-01-16", unit=world.brug, by=world.brug)
    assert right.dossier.activity_set.get().unit == world.brug


def test_s04_consent_recorded_at_the_mediator_grants_without_a_form(world: World) -> None:
    asked = Asked(world.spoor, Route.MEDIATOR, Purpose.GUIDANCE)
    right = record_consent_at_mediator(world.piet.pk, asked, origin=origin("2025-01-10"))
    assert [grant.ground for grant in right.grants.all()] == ["mediator"]
    assert world.may_view("2025-01-10")


@pytest.mark.parametrize("purpose", list(Purpose))
def test_s04_where_it_was_not_the_partner_arranges_it_with_the_client(world: World, purpose: Purpose) -> None:
    form = world.form("2025-01-10", purpose=purpose, by=world.spoor)
    assert not world.may_view("2025-01-10")
    grant_by_form(form.pk, origin=origin("2025-01-12"))
    assert world.right().granted_on == day("2025-01-12")


def test_s05_an_incomplete_form_grants_nothing_and_goes_back_with_what_is_missing(world: World) -> None:
    form = world.form("2025-01-10", completed_on=None)
    with pytest.raises(NotGranted) as refused:
        grant_by_form(form.pk, origin=origin("2025-01-10"))
    assert refused.value.refusal is Refusal.INCOMPLETE
    assert send_back(form.pk, origin=origin("2025-01-10")).missing == ["completed_on"]
    assert Notice.objects.get().kind == "sent_back"
    take_in(form.pk, completed_on=day("2025-01-11"), origin=origin("2025-01-11"))
    assert grant_by_form(form.pk, origin=origin("2025-01-11")).granted_on == day("2025-01-11")


def test_s05_a_signature_is_never_what_is_missing(world: World) -> None:
    assert not [missing for missing in Missing if "sign" in missing]
    assert world.grant("2025-01-10").granted_on == day("2025-01-10")


def test_s06_only_the_grant_registers_not_the_form_that_comes_in(world: World) -> None:
    form = world.form("2025-01-10")
    assert (form.state, ViewRight.objects.count()) == ("received", 0)
    right = grant_by_form(form.pk, origin=origin("2025-01-13", by="person:7"))
    form.refresh_from_db()
    assert (form.state, form.granted_on, right.granted_on) == ("granted", right.granted_on, day("2025-01-13"))
    with pytest.raises(NotGranted) as again:
        grant_by_form(form.pk, origin=origin("2025-01-14"))
    assert again.value.refusal is Refusal.ALREADY_HANDLED


def test_s06_a_refused_form_says_why_and_grants_nothing_any_more(world: World) -> None:
    form = world.form("2025-01-10")
    refuse(form.pk, reason="Niet de klant zelf", origin=origin("2025-01-11"))
    assert Notice.objects.get(kind="refused").detail == "Niet de klant zelf"
    with pytest.raises(NotGranted):
        grant_by_form(form.pk, origin=origin("2025-01-12"))
    assert not world.may_view("2025-01-12")


def test_s12_after_the_signal_the_partner_registers(world: World) -> None:
    with pytest.raises(NotRegistered):
        world.activity("2025-01-10", by=world.spoor)
    world.grant("2025-01-10")
    signal = Notice.objects.get(kind="granted")
    assert (signal.unit, signal.dossier, signal.mail_to) == (world.spoor, world.piet, world.spoor.email)
    activity = world.activity("2025-01-10", by=world.spoor)
    assert activity.unit == world.spoor
    for dossier, unit in ((world.an, world.spoor), (world.piet, world.haven)):
        with pytest.raises(NotRegistered):
            world.activity("2025-01-10", dossier=dossier, unit=unit, by=unit)


def test_s12_no_registration_after_the_right_has_ended(world: World) -> None:
    world.grant("2025-01-10")
    activity = world.activity("2025-01-10", by=world.spoor)
    world.close(activity, "2025-02-28", by=world.spoor)
    world.cancel(world.activity("2025-08-31", requested=True, by=world.spoor), "2025-08-31")
    with pytest.raises(NotRegistered, match="no view right"):
        world.activity("2025-09-01", by=world.spoor)


def test_s12_the_mail_holds_no_personal_data(world: World, mailoutbox: list[EmailMessage]) -> None:
    world.grant("2025-01-10")
    assert send_mails(noon("2025-01-10")) == 1
    (mail,) = mailoutbox
    assert mail.to == [world.spoor.email]
    client = world.piet.client
    personal = (client.client_number, client.insz, client.family_name, client.given_name)
    assert [told for told in personal if told in f"{mail.subject} {mail.body}"] == []
    assert send_mails(noon("2025-01-11")) == 0


class Broken(locmem.EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if "brug" in message.to[0]:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
        return super().send_messages(messages)


def test_s12_a_mail_that_can_not_be_delivered_holds_up_no_other(
    world: World, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{Broken.__name__}"
    world.grant("2025-01-10", unit=world.brug)
    world.grant("2025-01-10")
    assert send_mails(noon("2025-01-10")) == 1
    assert [message.to for message in mailoutbox] == [["spoor@voorbeeld.example"]]
    assert send_mails(noon("2025-01-11")) == 0
    assert Notice.objects.filter(unit=world.brug).exists()
