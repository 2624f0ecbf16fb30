"""What mails say: each kind in each language, how many and nothing of whom; and who gets one (S12)."""

import re
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from inzage.dossiers.models import Client
from inzage.notices import sending
from inzage.notices.composing import compose
from inzage.notices.gathered import send_gathered
from inzage.notices.models import Mail, Notice, NoticeChoice
from inzage.notices.sending import queue, send_mails, tell, tell_gathered
from inzage.notices.wording import LINES, OF_DIGEST, SUBJECTS, said
from inzage.partners.models import Membership, Person
from tests.world import World, day, noon

KINDS = list(Notice.Kind)
LANGUAGES = ["nl", "fr", "en"]
AT = noon("2025-01-10")


def a_reader(world: World, kind: str = "granted", way: str = "at_once", **more: Any) -> Person:
    """Somebody of Spoor who chose how to be told of that kind."""
    person = world.person("counsellor", world.spoor)
    person.email = "reader@spoor.example"
    for name, value in more.items():
        setattr(person, name, value)
    person.save()
    NoticeChoice.objects.create(person=person, kind=kind, way=way, chosen_at=noon("2025-01-01"))
    return person


def tell_spoor(world: World, kind: str = "granted", **more: object) -> Notice:
    """Spoor is told something of Piet."""
    values: dict[str, object] = {
        "unit": world.spoor,
        "dossier": world.piet,
        "on": day("2025-01-10"),
        "at": AT,
    }
    return tell(kind, **{**values, **more})  # type: ignore[arg-type]


def whole(mail: EmailMessage) -> str:
    """Everything that goes over the line, decoded."""
    message: Message = mail.message()
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    headers = [f"{name}: {value}" for name, value in message.items()]
    texts = [part.decode() for part in parts if isinstance(part, bytes)]
    return "\n".join([*headers, str(mail.subject), *texts])


def html_of(mail: EmailMessage) -> str:
    """The alternative that a mail program shows."""
    assert isinstance(mail, EmailMultiAlternatives)
    ((content, kind),) = mail.alternatives
    assert kind == "text/html"
    return str(content)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_said_in_each_language_with_how_many(kind: str, count: int, language: str) -> None:
    for words in (SUBJECTS[kind], LINES[kind], OF_DIGEST):
        with override("nl"):
            dutch = said(words, count)
        with override(language):
            other = said(words, count)
        assert other != dutch
        assert "%" not in dutch + other
        if count > 1:
            assert str(count) in dutch
            assert str(count) in other


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_say_the_same_in_the_language_and_are_whole(language: str) -> None:
    with override(language):
        lines = [said(LINES[kind], 2) for kind in KINDS]
        mail = compose("Onderwerp & meer", lines, to="a@b.example", key="1", by_choice=True)
    assert mail.extra_headers["Content-Language"] == language
    html = html_of(mail)
    assert f'<html lang="{language}">' in html
    assert "<h1>Onderwerp &amp; meer</h1>" in html
    assert re.search(r"(style|script|src)=?", html) is None
    for line in lines:
        assert line in mail.body
    for address in ("http://127.0.0.1:8000/berichten/\n", "http://127.0.0.1:8000/berichten/instellen/\n"):
        assert address in mail.body
        assert f'href="{address.strip()}"' in html
    assert not mail.body.startswith("\n")
    assert ("met opzet" in mail.body) is (language == "nl")
    assert mail.extra_headers["List-Unsubscribe"] == "<http://127.0.0.1:8000/berichten/instellen/>"


def test_the_address_of_a_page_follows_the_public_one(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://inzage.example/partners/"
    mail = compose("x", ["y"], to="a@b.example", key="1")
    assert "https://inzage.example/partners/berichten/\n" in mail.body
    assert "List-Unsubscribe" not in mail.extra_headers


def test_the_same_mail_sent_again_can_be_told_to_be_the_same() -> None:
    names = [compose("x", ["y"], to="a@b.example", key=key).extra_headers["Message-ID"] for key in "112"]
    assert names[0] == names[1] != names[2]
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", names[0])


@pytest.mark.parametrize("kind", KINDS)
def test_no_client_of_the_world_is_in_any_mail(
    world: World, mailoutbox: list[EmailMessage], kind: str
) -> None:
    a_reader(world, kind)
    for dossier in (world.piet, world.an):
        more = {"right": dossier.pk, "stretch": 7} if kind == Notice.Kind.ENDS_SOON else {}
        for unit in (world.spoor, None):
            mail_to = unit.email if unit else "desk@vdab.example"
            Notice.objects.create(
                kind=kind,
                unit=unit,
                dossier=dossier,
                on=day("2025-01-10" if unit else "2025-01-11"),
                detail="Piet Verzonnen K1",
                created_at=AT,
                mail_to=mail_to,
                **more,
            )
        queue(kind, {world.spoor.pk: 1}, at=AT)
    assert send_mails(AT) + send_gathered(AT) == 5
    for mail in mailoutbox:
        words = set(re.findall(r"\w+", whole(mail)))
        for client in Client.objects.all():
            personal = {client.client_number, client.insz, client.family_name, client.given_name}
            assert words & personal == set()


names = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(family=names, given_name=names, number=st.integers(0, 10**11 - 1), kind=st.sampled_from(KINDS))
def test_a_mail_is_the_same_whoever_it_is_about(family: str, given_name: str, number: int, kind: str) -> None:
    client = Client(
        client_number=f"K{number}", insz=f"{number:011}", family_name=family, given_name=given_name
    )
    about, nobody = (
        Notice(pk=1, kind=kind, unit_id=1, mail_to="a@b.example", detail=detail)
        for detail in (f"{client} {client.insz}", "")
    )
    first, second = (sending._mail_about(notice) for notice in (about, nobody))
    assert (first.subject, first.body, html_of(first)) == (second.subject, second.body, html_of(second))
    assert first.extra_headers == second.extra_headers


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


def test_an_address_that_would_add_a_header_is_given_up(world: World, mailoutbox: list[EmailMessage]) -> None:
    a_reader(world, email="a@b.example\nBcc: everyone@b.example")
    tell_spoor(world)
    assert send_gathered(AT) == 0
    assert mailoutbox == []
    assert send_gathered(AT) == 0


def test_the_closings_of_a_night_are_one_mail_for_who_wants_them_at_once(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    a_reader(world, "closed")
    world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    world.night("2025-07-11")
    assert send_gathered(noon("2025-07-11")) == 1
    assert mailoutbox[0].subject == "2 inzagerechten afgesloten"
