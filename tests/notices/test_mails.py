"""What mails say: each kind in each language, how many and nothing of whom (S12)."""

import re
from email.message import Message

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
from inzage.notices.models import Notice
from inzage.notices.sending import queue, send_mails
from inzage.notices.wording import LINES, OF_DIGEST, SUBJECTS, said
from tests.notices.telling import AT, a_reader, tell_spoor
from tests.world import World, day

KINDS = list(Notice.Kind)
LANGUAGES = ["nl", "fr", "en"]


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


def test_an_address_that_would_add_a_header_is_given_up(world: World, mailoutbox: list[EmailMessage]) -> None:
    a_reader(world, email="a@b.example\nBcc: everyone@b.example")
    tell_spoor(world)
    assert send_gathered(AT) == 0
    assert mailoutbox == []
    assert send_gathered(AT) == 0
