"""What the desks see of the exchange with other institutions, and do about what got stuck (S13, S14)."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client as Browser

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.dossiers.models import Activity
from inzage.inbox.models import Received
from inzage.outbox.models import Delivery, Destination
from inzage.oversight.balancing import ask_about, balanced
from inzage.portal.exchange import deliveries
from inzage.tasks.models import Task
from tests.ibis import a_request, come_in
from tests.portal.office import NOON, Office
from tests.portal.reading import text

PAGES = ("ontvangen/", "verzonden/", "balans/")


@pytest.fixture
def stuck(office: Office) -> Received:
    """A request of IBIS for Anna, with a reference that can't be read."""
    return come_in(_for_anna(office, "A1B2C/0012345"))[0]


def _for_anna(office: Office, remark: str) -> dict[str, object]:
    return a_request(client={"insz": office.anna.client.insz}, remark=remark)


def _fields(office: Office, remark: str) -> dict[str, str]:
    """What a desk enters: the request as it came, with another reference."""
    return {"remark": remark, "registered_on": "2026-03-02", "insz": office.anna.client.insz}


def send(browser: Browser, message: Received, act: str, **entered: str) -> str:
    """Send an act in; what the next page says."""
    fields = {f"{act}-{name}": value for name, value in entered.items()}
    return text(browser.post(f"/uitwisseling/ontvangen/{message.pk}/", {"act": act, **fields}, follow=True))


@pytest.mark.parametrize("page", PAGES)
def test_counsellors_do_not_reach_the_exchange(carla: Browser, office: Office, page: str) -> None:
    assert carla.get(f"/uitwisseling/{page}").status_code == 403


def test_each_desk_sees_the_messages_of_its_own_institution(
    bas: Browser, mira: Browser, stuck: Received
) -> None:
    assert stuck.message_id in text(bas.get("/uitwisseling/ontvangen/"))
    assert stuck.message_id not in text(mira.get("/uitwisseling/ontvangen/"))
    page = f"/uitwisseling/ontvangen/{stuck.pk}/"
    assert (bas.get(page).status_code, mira.get(page).status_code) == (200, 404)
    assert mira.post(page, {"act": "replay"}).status_code == 404


def test_what_is_in_quarantine_says_what_is_wrong_and_what_to_do(bas: Browser, stuck: Received) -> None:
    page = text(bas.get("/uitwisseling/ontvangen/"))
    assert "Opmerking heeft geen drie delen tussen schuine strepen" in page
    assert "Vraag de promotor wat er moest staan." in page


def test_the_quarantine_can_be_narrowed_to_one_kind_of_trouble(
    bas: Browser, office: Office, stuck: Received
) -> None:
    other = come_in(a_request("R9", remark=""))[-1]
    page = text(bas.get("/uitwisseling/ontvangen/?reden=reference_empty"))
    assert other.message_id in page
    assert stuck.message_id not in page
    assert stuck.message_id in text(bas.get("/uitwisseling/ontvangen/?reden=there_is_no_such"))


def test_all_with_one_kind_of_trouble_is_carried_out_again_by_its_own_desk_alone(
    bas: Browser, mira: Browser, office: Office, stuck: Received
) -> None:
    page = "/uitwisseling/ontvangen/?reden=reference_count"
    assert "Verwerk alles met deze reden opnieuw" in text(bas.get(page))
    assert "Verwerk alles" not in text(bas.get("/uitwisseling/ontvangen/"))
    mira.post(page, {"replay_all": "reference_count"})
    bas.post(page, {"replay_all": "reference_empty"})
    assert not stuck.handlings.exists()
    said = text(bas.post(page, {"replay_all": "reference_count"}, follow=True))
    assert "0 verwerkt, 1 blijven in quarantaine." in said
    assert stuck.handlings.get().handled_by == office.bas.signature


def test_a_look_at_what_led_to_nothing_yet_names_the_dossier_of_whom_it_tells(
    bas: Browser, office: Office, stuck: Received
) -> None:
    """The page shows a client's name and number: no look without a line that the client can ask for."""
    assert stuck.dossier is None
    bas.get(f"/uitwisseling/ontvangen/{stuck.pk}/")
    line = AccessLine.objects.get(kind="look")
    assert [shown.dossier_id for shown in ShownDossier.objects.filter(line=line)] == [office.anna.pk]


def test_corrected_at_the_desk_it_becomes_a_line_and_the_original_stays(
    bas: Browser, office: Office, stuck: Received
) -> None:
    entered = _fields(office, "A1B2C / 0012345 / OE1")
    assert "Het bericht is verwerkt." in send(bas, stuck, "correct", **entered)
    assert Activity.objects.get().unit == office.own
    stuck.refresh_from_db()
    assert "OE1" not in stuck.original
    page = text(bas.get(f"/uitwisseling/ontvangen/{stuck.pk}/"))
    assert "verbeterd en opnieuw verwerkt, door" in page
    assert "Opnieuw verwerken" not in page


def test_a_correction_that_can_not_be_taken_stays_on_the_page_with_its_new_reason(
    bas: Browser, office: Office, stuck: Received
) -> None:
    page = send(bas, stuck, "correct", **_fields(office, "A1B2C/0012345/OE77"))
    assert "kan nog niet verwerkt worden" in page
    assert "De organisatie is hier niet bekend" in page
    assert "OE77" in page


def test_what_is_no_request_at_all_is_corrected_as_text(bas: Browser, office: Office) -> None:
    (nothing,) = come_in("{")
    assert "leeg zijn" in send(bas, nothing, "correct", text=" ")
    right = json.dumps(_for_anna(office, "A1B2C/0012345/OE1"))
    assert "Het bericht is verwerkt." in send(bas, nothing, "correct", text=right)


def test_set_aside_it_asks_a_reason_and_is_gone_from_the_stack(bas: Browser, stuck: Received) -> None:
    assert "Schrijf waarom" in send(bas, stuck, "set_aside", reason="")
    assert "ter zijde gelegd" in send(bas, stuck, "set_aside", reason="dubbel")
    assert stuck.message_id not in text(bas.get("/uitwisseling/ontvangen/"))
    assert stuck.message_id in text(bas.get("/uitwisseling/ontvangen/?stapel=set_aside"))


def test_what_another_has_settled_meanwhile_is_said_and_not_done_again(bas: Browser, stuck: Received) -> None:
    send(bas, stuck, "set_aside", reason="dubbel")
    assert "intussen al behandeld" in send(bas, stuck, "set_aside", reason="nog eens")
    assert "intussen al behandeld" in send(bas, stuck, "replay")
    assert stuck.handlings.count() == 1


def test_every_look_and_list_writes_its_line(bas: Browser, office: Office, stuck: Received) -> None:
    send(bas, stuck, "correct", **_fields(office, "A1B2C/0012345/OE1"))
    assert [line.kind for line in AccessLine.objects.order_by("pk")] == ["look"]
    bas.get("/uitwisseling/ontvangen/?stapel=applied")
    last = AccessLine.objects.order_by("pk").last()
    assert last is not None
    assert (last.kind, [each.dossier_id for each in last.shown.all()]) == ("list", [office.anna.pk])


def _delivery(office: Office, sequence: int, state: str, problem: str = "") -> Delivery:
    delivered = NOON if state == "delivered" else None
    return Delivery.objects.create(
        destination="actiris",
        stream=str(office.anna.reference),
        sequence=sequence,
        kind="activities.notify.started",
        body="{}",
        created_at=NOON,
        due_at=NOON,
        state=state,
        problem=problem,
        delivered_at=delivered,
    )


def test_a_parked_message_shows_why_and_goes_again_once(bas: Browser, office: Office) -> None:
    parked = _delivery(office, 1, "parked", "400: ssin is missing")
    page = text(bas.get("/uitwisseling/verzonden/"))
    assert "400: ssin is missing" in page
    assert "Geparkeerd (1)" in page
    again = text(bas.post("/uitwisseling/verzonden/", {"replay": str(parked.pk)}, follow=True))
    assert "opnieuw aangeboden" in again
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == ("waiting", 0)
    assert "al gedaan" in text(bas.post("/uitwisseling/verzonden/", {"replay": str(parked.pk)}, follow=True))


def test_all_that_is_parked_goes_again_at_once_and_the_page_says_how_many(
    bas: Browser, mira: Browser, office: Office
) -> None:
    for number in (1, 2, 3):
        _delivery(office, number, "parked", "400")
    mira.post("/uitwisseling/verzonden/", {"replay_all": "actiris"})
    assert Delivery.objects.filter(state="parked").count() == 3
    assert "Bied alles voor Actiris opnieuw aan (3)" in text(bas.get("/uitwisseling/verzonden/"))
    bas.post("/uitwisseling/verzonden/", {"replay_all": "vdab"})
    assert Delivery.objects.filter(state="parked").count() == 3
    said = text(bas.post("/uitwisseling/verzonden/", {"replay_all": "actiris"}, follow=True))
    assert "3 opnieuw aangeboden, 0 blijven geparkeerd." in said
    assert "Bied alles" not in said
    assert not Delivery.objects.exclude(state="waiting").exists()


def test_what_waits_says_when_it_is_tried_next(bas: Browser, office: Office) -> None:
    waiting = _delivery(office, 1, "waiting")
    page = "/uitwisseling/verzonden/?stapel=waiting"
    assert "zodra het aan de beurt is" in text(bas.get(page))
    Delivery.objects.filter(pk=waiting.pk).update(due_at=datetime(2126, 5, 4, 12, 30, tzinfo=UTC))
    assert "4 mei 2126 14:30" in text(bas.get(page))
    Destination.objects.create(name="actiris", paused_until=datetime(2127, 5, 4, 12, 30, tzinfo=UTC))
    assert text(bas.get(page)).count("4 mei 2127 14:30") == 2


@pytest.mark.parametrize(("waiting", "said"), [(2, "Wacht op aflevering (2)"), (3, "(meer dan 2)")])
def test_a_backlog_is_counted_as_far_as_it_says_something(
    bas: Browser, office: Office, monkeypatch: pytest.MonkeyPatch, waiting: int, said: str
) -> None:
    monkeypatch.setattr(deliveries, "MOST_COUNTED", 2)
    for sequence in range(1, waiting + 1):
        _delivery(office, sequence, "waiting")
    assert said in text(bas.get("/uitwisseling/verzonden/"))


def test_deliveries_are_filtered_by_state_and_by_dossier(bas: Browser, office: Office) -> None:
    _delivery(office, 1, "delivered")
    here = str(office.anna.reference)
    assert here not in text(bas.get("/uitwisseling/verzonden/?stapel=waiting"))
    assert here in text(bas.get("/uitwisseling/verzonden/?stapel=delivered"))
    assert here in text(bas.get(f"/uitwisseling/verzonden/?stapel=delivered&dossier={here}"))
    elsewhere = text(bas.get("/uitwisseling/verzonden/?stapel=delivered&dossier=elsewhere"))
    assert "Op deze stapel ligt niets." in elsewhere


def test_mediators_resume_no_delivery_and_the_brussels_desk_does(
    bas: Browser, mira: Browser, office: Office
) -> None:
    Destination.objects.create(name="actiris", stopped_at=NOON, stopped_because="410")
    mira.post("/uitwisseling/verzonden/", {"resume": "actiris"})
    assert Destination.objects.get().stopped_at is not None
    assert "wil geen berichten meer" in text(bas.get("/uitwisseling/verzonden/"))
    assert "gaat verder" in text(bas.post("/uitwisseling/verzonden/", {"resume": "actiris"}, follow=True))
    assert Destination.objects.get().stopped_at is None


def test_a_difference_in_the_balance_is_shown_to_its_desk_and_ticked_off_once(
    bas: Browser, mira: Browser, office: Office
) -> None:
    ask_about(balanced({"a": True}, {}), "actiris", at=NOON)
    task = Task.objects.get()
    assert task.detail not in text(mira.get("/uitwisseling/balans/"))
    assert "al afgevinkt" in text(mira.post("/uitwisseling/balans/", {"done": str(task.pk)}, follow=True))
    assert task.detail in text(bas.get("/uitwisseling/balans/"))
    assert "Afgevinkt." in text(bas.post("/uitwisseling/balans/", {"done": str(task.pk)}, follow=True))
    task.refresh_from_db()
    assert task.done_by == office.bas.signature
    assert "al afgevinkt" in text(bas.post("/uitwisseling/balans/", {"done": str(task.pk)}, follow=True))


def test_the_balance_shows_one_institution_and_another_desks_is_no_choice(
    bas: Browser, office: Office, stuck: Received
) -> None:
    _delivery(office, 1, "delivered")
    for name in ("actiris", "ibis", "vdab"):
        ask_about(balanced({f"of-{name}": True}, {}), name, at=NOON)
    page = text(bas.get("/uitwisseling/balans/?instelling=ibis"))
    assert ("of-ibis" in page, "of-actiris" in page, "IBIS 1 0" in page, "Actiris 1 1" in page) == (
        True,
        False,
        True,
        False,
    )
    for other in ("vdab", "elsewhere"):
        page = text(bas.get(f"/uitwisseling/balans/?instelling={other}"))
        assert ("of-ibis" in page, "of-actiris" in page, "of-vdab" in page) == (True, True, False)


@pytest.mark.parametrize(("count", "said"), [(100, False), (101, True)])
def test_the_balance_says_when_it_does_not_show_all_differences(
    bas: Browser, office: Office, count: int, said: bool
) -> None:
    ask_about(balanced({f"m{number}": True for number in range(count)}, {}), "actiris", at=NOON)
    page = text(bas.get("/uitwisseling/balans/"))
    assert ("U ziet de oudste 100 van 101 verschillen." in page) is said
    assert page.count("Bied het opnieuw aan.") == 200  # each once to read, and once as the name of its button


def test_the_balance_counts_by_day_what_came_and_what_went(
    bas: Browser, office: Office, stuck: Received
) -> None:
    _delivery(office, 1, "delivered")
    _delivery(office, 2, "parked", "x")
    page = text(bas.get("/uitwisseling/balans/"))
    assert "Actiris 2 1 0 1" in page
    assert "IBIS 1 0 0 1 0 0" in page
