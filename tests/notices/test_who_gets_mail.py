"""Who gets a mail, when, and how many (S12)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from inzage.notices.gathered import send_gathered
from inzage.notices.models import Mail, NoticeChoice
from inzage.notices.sending import send_mails, tell_gathered
from inzage.partners.models import Membership, Person
from tests.notices.telling import AT, a_reader, tell_spoor
from tests.world import World, day, noon


@pytest.mark.parametrize(("language", "word"), [("", "toegekend"), ("fr", "octroyé"), ("en", "granted")])
def test_a_person_reads_a_mail_in_the_own_language_and_in_dutch_without_one(
    world: World, mailoutbox: list[EmailMessage], language: str, word: str
) -> None:
    a_reader(world, language=language)
    tell_spoor(world)
    assert send_gathered(AT) == 1
    assert word in str(mailoutbox[0].subject)
    assert mailoutbox[0].to == ["reader@spoor.example"]


def test_the_mailbox_of_the_unit_gets_its_mail_as_before(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    a_reader(world)
    tell_spoor(world)
    assert send_mails(AT) + send_gathered(AT) == 2
    assert sorted(mail.to[0] for mail in mailoutbox) == ["reader@spoor.example", world.spoor.email]


@pytest.mark.parametrize("way", ["application", "digest"])
def test_who_chose_otherwise_gets_no_mail_at_once(world: World, way: str) -> None:
    a_reader(world, way=way)
    tell_spoor(world)
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("closed", {}),
        ("granted", {"email": ""}),
        ("granted", {"is_active": False}),
    ],
)
def test_another_kind_no_address_or_a_closed_account_is_no_mail(
    world: World, kind: str, more: dict[str, Any]
) -> None:
    a_reader(world, kind, **more)
    tell_spoor(world)
    assert not Mail.objects.exists()


def test_another_unit_of_the_same_enterprise_is_told_nothing(world: World) -> None:
    a_reader(world)
    tell_spoor(world, unit=world.brug)
    assert not Mail.objects.exists()


def test_what_waits_for_one_person_of_one_kind_is_one_mail(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    person = a_reader(world)
    NoticeChoice.objects.create(person=person, kind="refused", way="at_once", chosen_at=AT)
    for kind in ("granted", "granted", "refused"):
        tell_spoor(world, kind)
    assert send_gathered(AT) == 2
    assert [mail.subject for mail in mailoutbox] == ["2 inzagerechten toegekend", "Formulier geweigerd"]
    assert send_gathered(AT) == 0


@pytest.mark.parametrize(("minutes", "sent"), [(14, 0), (15, 1), (16, 1)])
def test_after_a_mail_the_next_of_that_kind_waits_a_quarter_of_an_hour(
    world: World, mailoutbox: list[EmailMessage], minutes: int, sent: int
) -> None:
    a_reader(world)
    tell_spoor(world)
    send_gathered(AT)
    for _ in range(2):
        tell_spoor(world)
    assert send_gathered(AT + timedelta(minutes=minutes)) == sent
    assert [mail.subject for mail in mailoutbox][1:] == ["2 inzagerechten toegekend"] * sent


def test_one_who_waits_keeps_no_other_reader_or_kind_waiting(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    a_reader(world)
    tell_spoor(world)
    send_gathered(AT)
    tell_spoor(world)
    for unit in (world.spoor, world.haven):
        tell_gathered("enrolment_gone", unit=unit, dossier=world.piet, on=day("2025-01-10"), at=AT)
    assert send_gathered(AT) == 2
    assert {mail.to[0] for mail in mailoutbox[1:]} == {world.spoor.email, world.haven.email}
    assert send_gathered(AT) == 0


def test_enrolments_that_are_gone_are_one_mail_to_the_mailbox(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    for dossier in (world.piet, world.an):
        world.lives_in("21009", dossier=dossier)
        world.grant("2025-01-10", dossier=dossier)
        world.enrolment("2025-01-11", "not_enrolled", dossier=dossier)
    assert send_gathered(noon("2025-01-11")) == 1
    assert mailoutbox[0].subject == "2 klanten niet ingeschreven bij Actiris"


@pytest.mark.parametrize("gone", ["left", "no address", "closed"])
def test_who_has_gone_before_it_was_sent_gets_nothing(
    world: World, mailoutbox: list[EmailMessage], gone: str
) -> None:
    person = a_reader(world)
    tell_spoor(world)
    if gone == "left":
        Membership.objects.filter(person=person).delete()
    else:
        changed = {"email": ""} if gone == "no address" else {"is_active": False}
        Person.objects.filter(pk=person.pk).update(**changed)
    assert send_gathered(AT) == 0
    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_killed_while_sending_it_is_sent_afterwards_and_once(
    world: World, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_reader(world)
    tell_spoor(world)

    def killed(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            send_gathered(AT)
    assert Mail.objects.get().mailed_at is None
    assert [send_gathered(AT), send_gathered(AT)] == [1, 0]
    assert len(mailoutbox) == 1


def test_the_closings_of_a_night_are_one_mail_for_who_wants_them_at_once(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    a_reader(world, "closed")
    world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    world.night("2025-07-11")
    assert send_gathered(noon("2025-07-11")) == 1
    assert mailoutbox[0].subject == "2 inzagerechten afgesloten"
