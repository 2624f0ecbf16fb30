"""The operator sees how the system is doing, in words: piles, destinations, workers."""

from datetime import datetime, timedelta

import pytest

from inzage.inbox.models import Received
from inzage.notices.models import Mail, Notice
from inzage.outbox.models import Delivery, Destination
from inzage.oversight.health import Pile, health, kind_of
from inzage.oversight.signs import sign
from inzage.portal import clock
from tests.portal.office import NOON, Office, Tab
from tests.portal.reading import text

AGES = (timedelta(0), timedelta(minutes=40), timedelta(hours=3))


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


def test_a_worker_without_a_sign_for_long_is_wrong_and_a_failing_duty_is_named(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign("deliver", problem="ConnectError", at=NOON)
    page = text(otis.get("/beheer/"))
    assert "Verwerking kijk na" in page
    assert "Dit lukt niet: berichten aan Actiris afleveren." in page
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=16))
    assert "Verwerking mis" in text(otis.get("/beheer/"))


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
