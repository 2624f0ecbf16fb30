"""The daily digest: one mail a day, with what is new and was not read, once whatever happens on the way (S12)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.notices.digests import send_digests
from inzage.notices.models import Digest, Notice, NoticeChoice
from inzage.notices.reading import mark_read
from inzage.partners.models import Membership, Person
from inzage.project import duties
from inzage.project.duties import DigestsEveryMorning
from inzage.rules.days import midnight
from tests.shell import Shell
from tests.view_rights.processes import at_once, script
from tests.world import World, day, insz

DAY = "2025-03-10"
NEXT = "2025-03-11"


def at(on: str, hour: float) -> datetime:
    """That hour of that day."""
    return midnight(day(on)) + timedelta(hours=hour)


@pytest.fixture
def reader(world: World) -> Person:
    """Somebody of Spoor with a mail address, who chose nothing."""
    person = world.person("counsellor", world.spoor)
    person.email = "reader@spoor.example"
    person.save()
    return person


def tell(world: World, kind: str = "granted", *, hour: float = 5, on: str = DAY, **more: object) -> Notice:
    """Spoor is told something, without any mail."""
    values: dict[str, object] = {"unit": world.spoor, "dossier": world.piet, "on": day(on), **more}
    return Notice.objects.create(kind=kind, created_at=at(on, hour), **values)


def send(on: str = DAY) -> int:
    """The digests of that day, at seven; how many went out."""
    return send_digests(day(on), at=at(on, 7)).sent


def test_it_says_how_many_of_each_kind_and_where_to_look(
    world: World, reader: Person, mailoutbox: list[EmailMessage]
) -> None:
    for kind in ("granted", "closed", "granted"):
        tell(world, kind)
    assert send() == 1
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([reader.email], "3 nieuwe berichten in Inzage")
    assert "Er zijn 2 inzagerechten toegekend." in mail.body
    assert "Er is 1 inzagerecht afgesloten." in mail.body
    assert "geweigerd" not in mail.body
    assert "http://127.0.0.1:8000/berichten/\n" in mail.body
    assert "http://127.0.0.1:8000/berichten/instellen/\n" in mail.body


@pytest.mark.parametrize(("language", "subject"), [("fr", "1 nouvelle notification"), ("en", "1 new notice")])
def test_it_is_in_the_readers_language(
    world: World, reader: Person, mailoutbox: list[EmailMessage], language: str, subject: str
) -> None:
    Person.objects.filter(pk=reader.pk).update(language=language)
    tell(world)
    send()
    assert str(mailoutbox[0].subject).startswith(subject)


@pytest.mark.parametrize(("hour", "today", "tomorrow"), [(5.99, 1, 0), (6, 0, 1), (6.01, 0, 1)])
def test_what_is_told_before_six_is_todays_and_the_rest_tomorrows(
    world: World, reader: Person, hour: float, today: int, tomorrow: int
) -> None:
    tell(world, hour=hour)
    assert [send(DAY), send(NEXT)] == [today, tomorrow]


def test_done_again_it_is_sent_once(world: World, reader: Person, mailoutbox: list[EmailMessage]) -> None:
    tell(world)
    assert [send(), send()] == [1, 0]
    assert len(mailoutbox) == 1
    assert send(NEXT) == 0


def test_killed_while_sending_it_is_sent_afterwards_and_once(
    world: World, reader: Person, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = world.person("counsellor", world.spoor, subject="second")
    Person.objects.filter(pk=second.pk).update(email="second@spoor.example")
    tell(world)
    sends = EmailMessage.send

    def killed_at_the_second(mail: EmailMessage, **options: Any) -> int:
        if mail.to == ["second@spoor.example"]:
            raise KeyboardInterrupt
        return sends(mail, **options)

    with monkeypatch.context() as dying:
        dying.setattr(EmailMessage, "send", killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert Digest.objects.count() == 1
    assert [send(), send()] == [1, 0]
    assert [mail.to for mail in mailoutbox] == [["reader@spoor.example"], ["second@spoor.example"]]


def test_without_anything_new_there_is_no_mail(world: World, reader: Person) -> None:
    tell(world, unit=world.brug)
    assert send() == 0


def test_what_was_read_in_the_application_is_not_told_again(
    world: World, reader: Person, mailoutbox: list[EmailMessage]
) -> None:
    read = tell(world)
    tell(world, "closed")
    mark_read(reader, world.spoor, read.pk)
    assert send() == 1
    assert mailoutbox[0].subject == "1 nieuw bericht in Inzage"


@pytest.mark.parametrize(("way", "sent"), [("application", 0), ("at_once", 0), ("digest", 1)])
def test_a_kind_that_was_chosen_otherwise_is_not_in_it(
    world: World, reader: Person, way: str, sent: int
) -> None:
    NoticeChoice.objects.create(person=reader, kind="granted", way=way, chosen_at=at("2025-01-01", 0))
    tell(world)
    assert send() == sent
    tell(world, "closed", hour=6.5)
    assert send(NEXT) == 1


def test_a_kind_that_came_back_to_the_digest_is_told_from_that_choice_on(
    world: World, reader: Person, mailoutbox: list[EmailMessage]
) -> None:
    NoticeChoice.objects.create(person=reader, kind="granted", way="digest", chosen_at=at(DAY, 3))
    tell(world, hour=2)
    tell(world, hour=4)
    assert send() == 1
    assert mailoutbox[0].subject == "1 nieuw bericht in Inzage"


@pytest.mark.parametrize("missed", [1, 3])
def test_missed_mornings_are_in_the_next_digest(
    world: World, reader: Person, mailoutbox: list[EmailMessage], missed: int
) -> None:
    tell(world)
    send()
    tell(world, hour=8)
    assert send(str(day(NEXT) + timedelta(days=missed))) == 1
    assert mailoutbox[1].subject == "1 nieuw bericht in Inzage"


def test_a_first_digest_looks_back_one_day_and_none_more_than_a_week(world: World, reader: Person) -> None:
    tell(world, on="2025-03-08")
    assert send() == 0
    tell(world)
    send()
    tell(world, on=NEXT)
    assert send("2025-03-19") == 0


@pytest.mark.parametrize("why", ["no address", "closed account", "no member", "other role"])
def test_who_gets_none(world: World, reader: Person, why: str) -> None:
    tell(world)
    if why == "no member":
        Membership.objects.filter(person=reader).delete()
    else:
        changes: dict[str, Any] = {"no address": {"email": ""}, "closed account": {"is_active": False}}
        Person.objects.filter(pk=reader.pk).update(**changes.get(why, {"role": "mediator"}))
    assert send() == 0


def test_what_is_for_a_desk_alone_is_never_in_it(world: World, reader: Person) -> None:
    tell(world, "received")
    assert send() == 0


def test_people_are_had_a_few_at_a_time_and_each_once(
    world: World, reader: Person, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(4):
        one = world.person("counsellor", world.spoor, subject=f"reader-{number}")
        Person.objects.filter(pk=one.pk).update(email=f"{number}@spoor.example")
    tell(world)
    after, turns = 0, 0
    while True:
        turn = send_digests(day(DAY), at=at(DAY, 7), after=after, most=2)
        after, turns = turn.after, turns + 1
        if not after:
            break
    assert turns == 3
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 5


def test_a_person_costs_as_many_queries_for_many_notices_as_for_one(world: World, reader: Person) -> None:
    costs = []
    for on, many in ((DAY, 1), (NEXT, 30)):
        for _ in range(many):
            tell(world, on=on)
        with CaptureQueriesContext(connection) as asked:
            assert send(on) == 1
        costs.append(len(asked))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(("started", "sent_at"), [("06:30", "07:00"), ("07:00", "07:00"), ("15:00", "15:00")])
def test_the_worker_sends_them_at_seven_or_at_its_start_and_then_every_morning(
    world: World, reader: Person, monkeypatch: pytest.MonkeyPatch, started: str, sent_at: str
) -> None:
    moments = [at(NEXT, int(started[:2]) + int(started[3:]) / 60)]
    monkeypatch.setattr(duties, "now", lambda: moments[-1])
    Digest.objects.create(
        person=reader, day=day(DAY), until=at(DAY, 6), mailed_at=at(DAY, 7)
    )  # yesterday's went out
    tell(world, on=NEXT)
    digests = DigestsEveryMorning(due=moments[-1])
    sent = {}
    while moments[-1] < at("2025-03-12", 8):
        before = Digest.objects.count()
        while digests.act():
            pass
        if Digest.objects.count() > before:
            sent[str(Digest.objects.latest("day").day)] = moments[-1]
        if moments[-1] >= at(NEXT, 20) and not Notice.objects.filter(created_at=at(NEXT, 20)).exists():
            tell(world, on=NEXT, hour=20)
        moments.append(moments[-1] + timedelta(minutes=30))
    hour = int(sent_at[:2])
    assert sent == {NEXT: at(NEXT, hour), "2025-03-12": at("2025-03-12", 7)}


MORNING = """
from inzage.dossiers.models import Client, Dossier
from inzage.notices.digests import send_digests
from inzage.notices.models import Notice
from inzage.partners.models import Membership, Person, Unit
"""
TOLD = """
unit = Unit.objects.create(oe_number="OE1", name="Spoor", kind="partner")
client = Client.objects.create(client_number="K1", insz=sys.argv[1], family_name="V", given_name="P")
dossier = Dossier.objects.create(client=client)
for n in range(5):
    who = Person.objects.create(issuer="t", subject=str(n), name="N", role="counsellor", email=f"{n}@s.example")
    Membership.objects.create(person=who, unit=unit)
Notice.objects.create(kind="granted", unit=unit, dossier=dossier, on=date(2025, 3, 1), created_at=origin.at)
"""
SEND = "print(send_digests(date(2025, 3, 2), at=origin.at).sent)"


def test_two_workers_at_once_send_each_digest_once(shell: Shell) -> None:
    shell.environment["INZAGE_LOCK_SECONDS"] = "60"  # SQLite has one writer: the other waits for it
    assert script(shell, MORNING + TOLD, insz(1)).communicate(timeout=60)[1] == ""
    said = at_once(shell, MORNING, SEND, "1", "2")
    assert sum(int(each.splitlines()[-1]) for each in said) == 5
    assert shell.asked("SELECT count(*) FROM notices_digest") == 5
