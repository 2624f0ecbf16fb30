"""A mail that is refused for now is tried again, one refused for good is given up and told to the operator (S12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from inzage.notices.digests import send_digests
from inzage.notices.gathered import send_gathered
from inzage.notices.models import Digest, Mail, Mailed, Notice
from inzage.notices.sending import queue_for_mailbox, send_mails, tell
from inzage.notices.trying import FIRST_WAIT, LONGEST_WAIT, TRIES, wait_after
from inzage.oversight.health import REFUSED, Pile, health
from inzage.partners.models import Person
from inzage.project import duties
from inzage.project.duties import DigestsEveryMorning
from tests.world import World, day, noon

AT = noon("2025-01-10")
SOON = timedelta(seconds=1)
TO = "spoor@partner.example"
FOR_NOW: list[SMTPException] = [
    SMTPRecipientsRefused({TO: (450, b"Piet Verzonnen is busy")}),
    SMTPRecipientsRefused({TO: (421, b"closing")}),
    SMTPDataError(451, b"try later"),
    SMTPSenderRefused(452, b"too many", "inzage@localhost"),
    SMTPServerDisconnected("halfway"),
]
FOR_GOOD: list[SMTPException] = [
    SMTPRecipientsRefused({TO: (550, b"Piet Verzonnen has left")}),
    SMTPDataError(554, b"no"),
]
Says = Callable[[Exception | None], None]
Ways = dict[type[Mailed], Callable[[datetime], int]]
SEND: Ways = {
    Notice: send_mails,
    Mail: send_gathered,
    Digest: lambda at: send_digests(AT.date(), at=at).sent,
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Says:
    """What the mail server says from now on; nothing is a yes."""
    backend = type(get_connection())
    really = backend.send_messages

    def says(said: Exception | None) -> None:
        def answer(connection: BaseEmailBackend, mails: list[EmailMessage]) -> int:
            if said:
                raise said
            return int(really(connection, mails))

        monkeypatch.setattr(backend, "send_messages", answer)

    return says


@pytest.fixture(params=SEND)
def kind(request: pytest.FixtureRequest, world: World) -> type[Mailed]:
    """One mail of each kind waits, in its turn."""
    found: type[Mailed] = request.param
    if found is Notice:
        a_notice(world)
    elif found is Mail:
        queue_for_mailbox("granted", world.spoor, 1, at=AT)
    else:
        reader = world.person("counsellor", world.spoor)
        Person.objects.filter(pk=reader.pk).update(email="reader@spoor.example")
        tell(
            "granted",
            unit=world.spoor,
            dossier=world.piet,
            on=AT.date(),
            at=AT - LONGEST_WAIT * 2,
            mail=False,
        )
    return found


def a_notice(world: World) -> Notice:
    """Something that Spoor's mailbox is told."""
    return tell("granted", unit=world.spoor, dossier=world.piet, on=day("2025-01-10"), at=AT)


def the_only(kind: type[Mailed]) -> Mailed:
    """What waits, as the database has it."""
    return kind._default_manager.get()


@pytest.mark.parametrize("said", FOR_NOW, ids=repr)
def test_refused_for_now_it_goes_out_after_the_wait_and_once(
    kind: type[Mailed], server: Says, mailoutbox: list[EmailMessage], said: SMTPException
) -> None:
    server(said)
    assert SEND[kind](AT) == 0
    assert the_only(kind).mail_due_at == AT + FIRST_WAIT
    server(None)
    moments = (AT + FIRST_WAIT - SOON, AT + FIRST_WAIT, AT + FIRST_WAIT + SOON)
    assert [SEND[kind](at) for at in moments] == [0, 1, 0]
    assert len(mailoutbox) == 1
    assert the_only(kind).mailed_at == AT + FIRST_WAIT


@pytest.mark.parametrize("said", FOR_GOOD, ids=repr)
def test_refused_for_good_it_is_given_up_and_stands_on_the_operators_pile(
    kind: type[Mailed], server: Says, mailoutbox: list[EmailMessage], said: SMTPException
) -> None:
    server(said)
    assert SEND[kind](AT) == 0
    server(None)
    assert SEND[kind](AT + 2 * LONGEST_WAIT) == 0
    assert mailoutbox == []
    assert health(AT).mails == Pile()
    assert health(AT).mails_given_up == Pile(1, AT)
    assert the_only(kind).mail_problem in ("SMTP 550", "SMTP 554")


@pytest.mark.parametrize(("after", "told"), [(REFUSED - SOON, 1), (REFUSED, 0)])
def test_what_was_given_up_is_told_for_a_fortnight(
    kind: type[Mailed], server: Says, after: timedelta, told: int
) -> None:
    server(FOR_GOOD[0])
    SEND[kind](AT)
    assert health(AT + after).mails_given_up.number == told


def test_what_waits_for_another_try_is_on_the_pile_of_mails_that_wait(
    kind: type[Mailed], server: Says
) -> None:
    server(FOR_NOW[0])
    SEND[kind](AT)
    assert health(AT).mails.number == 1
    assert health(AT).mails_given_up == Pile()


def test_it_is_tried_so_often_and_given_up_then(kind: type[Mailed], server: Says) -> None:
    server(FOR_NOW[0])
    at = AT
    for tries in range(1, TRIES + 1):
        SEND[kind](at)
        assert the_only(kind).mail_tries == tries
        assert (the_only(kind).mail_given_up_at is None) is (tries < TRIES)
        at = the_only(kind).mail_due_at or at
    assert timedelta(days=4) < at - AT < timedelta(days=5)


def test_the_wait_doubles_up_to_six_hours() -> None:
    waits = [wait_after(tries) for tries in range(1, TRIES)]
    assert waits[:4] == [timedelta(minutes=5 * 2**n) for n in range(4)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


@pytest.mark.parametrize("said", [FOR_NOW[0], FOR_GOOD[0], SMTPServerDisconnected("halfway")], ids=repr)
def test_one_that_is_refused_keeps_no_other_from_going(
    world: World, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage], said: SMTPException
) -> None:
    refused, other = a_notice(world), a_notice(world)
    Notice.objects.filter(pk=refused.pk).update(mail_to=TO)
    really = EmailMessage.send

    def send(mail: EmailMessage, fail_silently: bool = False) -> int:
        if mail.to == [TO]:
            raise said
        return int(really(mail, fail_silently=fail_silently))

    monkeypatch.setattr(EmailMessage, "send", send)
    assert send_mails(AT) == 1
    assert [mail.to for mail in mailoutbox] == [[other.mail_to]]


@pytest.mark.parametrize(
    "said", [SMTPSenderRefused(550, b"who are you", "inzage@localhost"), ConnectionRefusedError()], ids=repr
)
def test_a_server_that_is_away_or_takes_nothing_of_ours_costs_no_mail_a_try(
    kind: type[Mailed], server: Says, monkeypatch: pytest.MonkeyPatch, said: Exception
) -> None:
    with monkeypatch.context() as outage:
        if isinstance(said, ConnectionRefusedError):

            def away(*_: object) -> None:
                raise said

            outage.setattr(type(get_connection()), "open", away)
        else:
            server(said)
        with pytest.raises(type(said)):
            SEND[kind](AT)
    server(None)
    assert SEND[kind](AT) == 1


def test_what_was_taken_is_not_sent_again_where_the_goodbye_fails(
    kind: type[Mailed], monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    def broken(*_: object) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr(type(get_connection()), "close", broken)
    assert [SEND[kind](AT), SEND[kind](AT + FIRST_WAIT)] == [1, 0]
    assert len(mailoutbox) == 1


def test_what_comes_while_a_reader_waits_for_another_try_goes_with_it(
    world: World, server: Says, mailoutbox: list[EmailMessage]
) -> None:
    queue_for_mailbox("granted", world.spoor, 1, at=AT)
    server(FOR_NOW[0])
    send_gathered(AT)
    server(None)
    queue_for_mailbox("granted", world.spoor, 2, at=AT)
    queue_for_mailbox("closed", world.spoor, 1, at=AT)
    assert [send_gathered(AT + SOON), send_gathered(AT + FIRST_WAIT)] == [1, 1]
    assert [mail.subject for mail in mailoutbox] == ["Inzagerecht afgesloten", "3 inzagerechten toegekend"]


@pytest.fixture
def reader(world: World) -> Person:
    """Somebody with a digest of 10 January to come."""
    reader = world.person("counsellor", world.spoor)
    Person.objects.filter(pk=reader.pk).update(email="reader@spoor.example")
    tell("granted", unit=world.spoor, dossier=world.piet, on=AT.date(), at=AT - LONGEST_WAIT * 2, mail=False)
    return reader


@pytest.mark.parametrize("said", [FOR_NOW[0], FOR_GOOD[0]], ids=repr)
def test_what_a_refused_digest_told_is_in_the_next_days(
    reader: Person, server: Says, mailoutbox: list[EmailMessage], said: SMTPException
) -> None:
    server(said)
    SEND[Digest](AT)
    server(None)
    assert send_digests(day("2025-01-11"), at=AT + timedelta(days=1)).sent == 1
    assert mailoutbox[0].subject == "1 nieuw bericht in Inzage"


def test_a_digest_that_was_read_before_its_next_try_is_none(
    world: World, reader: Person, server: Says
) -> None:
    server(FOR_NOW[0])
    SEND[Digest](AT)
    Notice.objects.all().delete()
    server(None)
    assert SEND[Digest](AT + FIRST_WAIT) == 0
    assert not Digest.objects.exists()
    assert health(AT + FIRST_WAIT).mails == Pile()


def test_the_worker_sends_a_refused_digest_when_it_is_due_and_not_the_next_morning(
    reader: Person, server: Says, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = [AT]
    monkeypatch.setattr(duties, "now", lambda: moments[-1])
    server(FOR_NOW[0])
    digests = DigestsEveryMorning(due=AT)
    digests.act()
    server(None)
    for moment, sent in ((AT + FIRST_WAIT - SOON, 0), (AT + FIRST_WAIT, 1), (AT + LONGEST_WAIT, 1)):
        moments.append(moment)
        digests.act()
        assert len(mailoutbox) == sent


def test_the_database_keeps_no_mail_both_sent_and_given_up(kind: type[Mailed], server: Says) -> None:
    server(FOR_GOOD[0])
    SEND[kind](AT)
    for wrong in ({"mailed_at": AT}, {"mail_problem": ""}, {"mail_due_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kind._default_manager.update(**wrong)
