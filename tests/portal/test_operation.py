"""The operator sees how the system is doing, in words; whoever spreads requests hears yes or no."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from pytest_django import Settings

from inzage.inbox.models import Received
from inzage.notices.models import Mail, Notice
from inzage.outbox.models import Delivery, Destination
from inzage.oversight.balancing import Balance, Fault
from inzage.oversight.checked import keep_balance, keep_proof
from inzage.oversight.differences import Difference
from inzage.oversight.health import Pile, health, kind_of
from inzage.oversight.proving import Proof
from inzage.oversight.signs import sign
from inzage.partners.models import Person
from inzage.portal import clock
from inzage.rules.days import midnight
from inzage.view_rights.held import EveningCheck, UnusualDay
from inzage.view_rights.models import ViewRight
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, Office, Tab, a_canary, a_person, a_right, signed_in_as
from tests.portal.reading import text

AGES = (timedelta(0), timedelta(minutes=40), timedelta(hours=3))


@pytest.fixture
def otis(office: Office) -> Tab:
    """The operator's browser."""
    return signed_in_as(a_person("Otis", Person.Role.OPERATOR))


@pytest.fixture
def well(office: Office) -> None:
    """Everything was done as it should be."""
    Notice.objects.update(mailed_at=NOON)
    Mail.objects.update(mailed_at=NOON)
    checked(1)
    run(TODAY, clock=lambda: NOON)
    sign("closing", problem="", at=NOON)
    keep_proof(Proof(3, []), day=TODAY, at=NOON)
    a_canary()


def checked(days_ago: int, *, held: int = 0) -> None:
    """The evening check of that day was done, and held so many."""
    evening = NOON + timedelta(hours=10, days=-days_ago)
    day = TODAY - timedelta(days=days_ago)
    EveningCheck.objects.create(day=day, started_at=evening, finished_at=evening, held_by_rule=held)


@pytest.mark.parametrize(("days_ahead", "told"), [(-1, False), (0, True), (3, True)])
def test_a_coming_day_on_which_unusually_many_end_is_told(otis: Tab, days_ahead: int, told: bool) -> None:
    checked(1)
    UnusualDay.objects.create(day=TODAY + timedelta(days=days_ahead), above=[], at=NOON)
    page = text(otis.get("/beheer/"))
    assert ("Op 1 dag die komt zouden ongewoon veel rechten eindigen" in page) is told


@pytest.mark.parametrize(("days_ago", "late"), [(1, False), (2, True)])
def test_an_evening_without_its_check_is_wrong(otis: Tab, days_ago: int, late: bool) -> None:
    """At noon that of yesterday is owed."""
    checked(days_ago, held=3)
    page = text(otis.get("/beheer/"))
    assert "3 rechten aangehouden" in page
    assert ("De avond van 1 maart 2026 is niet gecontroleerd" in page) is late


@pytest.mark.parametrize(("minutes", "late"), [(14, False), (15, True)])
def test_todays_check_is_owed_from_a_quarter_past_ten(
    otis: Tab, monkeypatch: pytest.MonkeyPatch, minutes: int, late: bool
) -> None:
    checked(1)
    monkeypatch.setattr(clock, "now", lambda: midnight(TODAY) + timedelta(hours=22, minutes=minutes))
    assert ("De avond van 2 maart 2026 is niet gecontroleerd" in text(otis.get("/beheer/"))) is late


def a_message(number: int, state: str, age: timedelta) -> Received:
    """Something from IBIS."""
    quarantined = state == "quarantined"
    return Received.objects.create(
        source="ibis",
        message_id=str(number),
        kind="request",
        original="{}",
        received_at=NOON - age,
        state=state,
        reason="unknown_client" if quarantined else "",
        settled_at=None if state == "waiting" else NOON,
    )


def a_delivery(number: int, state: str, age: timedelta, problem: str = "") -> Delivery:
    """Something for Actiris."""
    return Delivery.objects.create(
        destination="actiris",
        stream=str(number),
        sequence=1,
        kind="activity.started",
        body="{}",
        created_at=NOON - age,
        due_at=NOON,
        state=state,
        problem=problem or ("HTTP 422" if state == "parked" else ""),
        delivered_at=NOON if state == "delivered" else None,
    )


def test_where_all_is_well_the_page_says_there_is_nothing_to_do(otis: Tab, well: None) -> None:
    page = text(otis.get("/beheer/"))
    assert "Alles gaat zoals het moet. Er is niets te doen." in page
    assert "Wat uw aandacht vraagt" not in page


def test_where_nothing_ever_ran_the_page_says_what_to_start(otis: Tab) -> None:
    page = text(otis.get("/beheer/"))
    assert "Gaf nog nooit een teken. Start inzage worker" in page
    assert "Er werd nog geen nacht afgesloten." in page
    assert "Nog nooit gedaan. Voer inzage prove uit." in page


def test_piles_are_what_a_plain_count_gives(office: Office) -> None:
    received = [
        a_message(n, state, AGES[n % 3]) for n, state in enumerate(["waiting", "quarantined", "applied"] * 3)
    ]
    sent = [
        a_delivery(n, state, AGES[n % 3])
        for n, state in enumerate(["waiting", "parked", "delivered", "parked"])
    ]
    found = health(NOON)
    assert found.to_apply == {
        "ibis": pile([each.received_at for each in received if each.state == "waiting"])
    }
    assert found.quarantined == {
        "ibis": pile([each.received_at for each in received if each.state == "quarantined"])
    }
    assert found.to_deliver == {
        "actiris": pile([each.created_at for each in sent if each.state == "waiting"])
    }
    assert found.parked == {"actiris": pile([each.created_at for each in sent if each.state == "parked"])}
    mails = [notice.created_at for notice in Notice.objects.all() if notice.mail_to and not notice.mailed_at]
    mails += [each.created_at for each in Mail.objects.filter(mailed_at=None)]
    assert found.mails == (pile(mails) if mails else Pile())


def test_gathered_mails_that_wait_are_on_the_pile(otis: Tab, well: None, office: Office) -> None:
    for minutes in (1, 20):
        at = NOON - timedelta(minutes=minutes)
        Mail.objects.create(unit=office.own, kind="ends_soon", count=3, created_at=at)
    assert health(NOON).mails == Pile(2, NOON - timedelta(minutes=20))
    page = text(otis.get("/beheer/"))
    assert "2 mails wachten, de oudste sinds 2 maart 2026 11:40." in page
    assert "Kijk of de mailserver bereikbaar is, of mails voorlopig weigert." in page


def test_mails_that_were_given_up_are_told_with_what_to_do(otis: Tab, well: None, office: Office) -> None:
    refused = {"mail_given_up_at": NOON, "mail_tries": 1, "mail_problem": "SMTP 550"}
    Mail.objects.create(unit=office.own, kind="closed", count=1, created_at=NOON, **refused)
    page = text(otis.get("/beheer/"))
    assert "Er wacht geen enkele mail. 1 mail werd definitief geweigerd, op 2 maart 2026 12:00." in page
    assert "laat het adres verbeteren" in page


def pile(moments: list[datetime]) -> Pile:
    """So many, the oldest then."""
    return Pile(len(moments), min(moments))


def test_a_destination_that_takes_nothing_says_since_when_and_the_last_error(otis: Tab, well: None) -> None:
    Destination.objects.create(name="actiris", taken_at=NOON - timedelta(hours=2))
    a_delivery(1, "waiting", timedelta(hours=1), problem="HTTP 503: Anna Verzinsel bestaat niet")
    page = text(otis.get("/beheer/"))
    assert "Naar Actiris mis" in page
    assert "1 bericht wacht, sinds 2 maart 2026 11:00." in page
    assert "Het laatste bericht werd aangenomen op 2 maart 2026 10:00. Laatste fout: HTTP 503." in page
    assert "Anna" not in page


def test_a_destination_that_stopped_says_so(otis: Tab, well: None) -> None:
    Destination.objects.create(name="actiris", stopped_at=NOON, stopped_because="HTTP 410: weg")
    assert "wil niets meer sinds 2 maart 2026 12:00 (HTTP 410)" in text(otis.get("/beheer/"))


def test_what_waits_a_moment_is_no_trouble_and_what_waits_long_is(otis: Tab, well: None) -> None:
    a_message(1, "waiting", timedelta(minutes=14))
    assert "Van IBIS in orde" in text(otis.get("/beheer/"))
    a_message(2, "waiting", timedelta(minutes=16))
    assert "Van IBIS kijk na" in text(otis.get("/beheer/"))


@pytest.mark.parametrize(
    ("after_midnight", "is_late"),
    [(timedelta(minutes=30), False), (timedelta(minutes=64), False), (timedelta(minutes=65), True)],
)
def test_a_night_that_was_not_closed_is_late_an_hour_after_it_should_have_begun(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch, after_midnight: timedelta, is_late: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: midnight(TODAY + timedelta(days=1)) + after_midnight)
    page = text(otis.get("/beheer/"))
    assert ("De nacht vóór 3 maart 2026 is nog niet afgesloten." in page) is is_late


def test_a_worker_without_a_sign_for_long_is_wrong_and_a_failing_duty_is_named(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("deliver", problem="ConnectError", at=NOON)
    page = text(otis.get("/beheer/"))
    assert "Verwerking kijk na" in page
    assert "Dit lukt niet: berichten aan Actiris afleveren." in page
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=16))
    assert "Verwerking mis" in text(otis.get("/beheer/"))


def test_the_last_proof_and_balance_are_told_and_what_differs_is_marked(otis: Tab, well: None) -> None:
    keep_proof(Proof(4, [Difference(1, 1, 1, "a", "b")]), day=TODAY, at=NOON)
    for institution, faults in (("ibis", {}), ("vdab", {"x": Fault.LOST})):
        keep_balance(Balance(5, 5, 5, 0, faults), institution, day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert "4 rechten nagerekend. 1 klopt niet. Verwittig de ontwikkelaars." in page
    assert "Balans met IBIS in orde" in page
    assert "Balans met VDAB kijk na" in page


def test_the_rights_that_differ_are_listed_by_dossier_and_unit_and_nobody_is_named(
    otis: Tab, well: None, office: Office
) -> None:
    differs = Difference(office.right.pk, office.anna.pk, office.own.pk, "stored thus", "proven so")
    keep_proof(Proof(4, [differs] * 25), day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert "25 verschillen, hier de eerste 20." in page
    assert page.count(f"{office.anna.reference} Werkpad OE1 Recht stored thus proven so") == 20
    assert "Verzinsel" not in page
    assert office.anna.client.client_number not in page


def test_a_ground_without_a_right_and_a_fact_that_was_changed_are_listed_too(
    otis: Tab, well: None, office: Office
) -> None:
    ground = Difference(None, office.anna.pk, office.own.pk, "form", "a right", "ground")
    death = Difference(None, office.anna.pk, None, "deceased_on 2026-09-01", "no version", "fact")
    keep_proof(Proof(4, [ground, death]), day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert f"{office.anna.reference} Werkpad OE1 Grond zonder recht form a right" in page
    assert (
        f"{office.anna.reference} – Feit, anders dan zijn geschiedenis deceased_on 2026-09-01 no version"
        in page
    )


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ({}, "middernacht? in orde Gevraagd rond het einde van 1 maart 2026: 60 keer."),
        ({"overrun": 500_001}, "Het antwoord was nog ja 0,501 s na middernacht."),
        ({"early": 1}, "Het antwoord was al nee 0,001 s vóór middernacht."),
        ({"last_yes_at": None}, "Vóór middernacht werd niets gehoord."),
        ({"first_no_at": None}, "Na middernacht werd niets gehoord."),
        ({"days_ago": 2}, "Rond de laatste middernacht werd niets gevraagd"),
    ],
)
def test_what_was_heard_of_the_canary_is_told(
    otis: Tab, well: None, heard: dict[str, Any], said: str
) -> None:
    a_canary(**heard)
    page = text(otis.get("/beheer/"))
    assert said in page
    worst = "0,501" if "overrun" in heard else "0"
    assert f"Langste overschrijding ooit: {worst} s." in page


def test_the_worst_overrun_ever_stays_though_the_last_night_went_well(otis: Tab, well: None) -> None:
    a_canary(overrun=2_000_000)
    a_canary()
    page = text(otis.get("/beheer/"))
    assert "middernacht? in orde" in page
    assert "Langste overschrijding ooit: 2,000 s." in page


def test_rights_that_are_late_or_held_are_counted_beside_the_last_run(
    otis: Tab, well: None, office: Office
) -> None:
    late = a_right(office.anna, office.other)
    ViewRight.objects.filter(pk=late.pk).update(last_day=TODAY - timedelta(days=1))
    ViewRight.objects.filter(pk=office.right.pk).update(held="threshold", proposed_last_day=TODAY)
    page = text(otis.get("/beheer/"))
    assert "Nachtelijke afsluiting kijk na" in page
    assert "1 recht wacht op bevestiging voor het sluit" in page
    assert "1 recht is nog niet afgesloten na zijn laatste dag." in page


def test_a_proof_that_was_not_done_last_night_is_missed(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = midnight(TODAY + timedelta(days=1))
    for after, missed in ((timedelta(minutes=64), False), (timedelta(minutes=65), True)):
        monkeypatch.setattr(clock, "now", lambda after=after: tomorrow + after)
        page = text(otis.get("/beheer/"))
        assert ("Na de nacht vóór 3 maart 2026 is nog niet nagerekend." in page) is missed


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        ("HTTP 503", "HTTP 503"),
        ("3 ×: HTTP 422: een naam", "HTTP 422"),
        ("ConnectError: no whole answer", "ConnectError"),
        ("", ""),
    ],
)
def test_of_an_error_only_its_kind_is_told(problem: str, kind: str) -> None:
    assert kind_of(problem) == kind


def test_a_healthy_process_says_only_that_and_nobody_has_to_sign_in(office: Office) -> None:
    response = Browser().get("/gezond")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.cookies == {}


def test_without_its_register_a_process_is_not_healthy(office: Office) -> None:
    table = ViewRight._meta.db_table
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        with transaction.atomic():
            response = Browser().get("/gezond")
            transaction.set_rollback(True)
        transaction.set_rollback(True)
    assert (response.status_code, response.content) == (503, b"not ok\n")


def test_health_is_told_before_the_proxys_encryption_and_nothing_else_is(
    settings: Settings, office: Office
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Browser().get("/gezond").status_code == 200
    assert Browser().get("/gezond/x").status_code == 301
    assert Browser().get("/beheer/").status_code == 301


def test_nothing_is_changed_through_the_page_or_the_health(otis: Tab, office: Office) -> None:
    assert otis.post("/gezond").status_code == 405
    assert otis.put("/gezond").status_code == 405
