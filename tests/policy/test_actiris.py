"""Actiris hears how the activities of Brussels participants go, and of nobody and nothing else (S13)."""

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from django.db import transaction
from pytest_django import Settings

from inzage.dossiers.models import Activity, Address, Dossier
from inzage.outbox.events import CONTENT_TYPE
from inzage.outbox.models import Delivery
from inzage.rules.brussels import municipalities
from inzage.view_rights import performing, registering
from inzage.view_rights.registering import Actor
from inzage.view_rights.telling_actiris import Change
from tests.world import World, day, noon, origin

BRUSSELS, ANTWERP = "21004", "11002"
TYPE = "be.inzage.activities.v1.activities.notify."
TOLD = {
    *("ssin", "activity", "kind", "state", "courseNumber", "outsourcingNumber", "executor", "continues"),
    *("requestedOn", "startedOn", "closedOn", "cancelledOn", "reopenedOn", "workEndedOn"),
}


@pytest.fixture
def brussels(world: World) -> World:
    """Piet lives in Brussels, An in Antwerp."""
    for dossier, code in ((world.piet, BRUSSELS), (world.an, ANTWERP)):
        dossier.client.nis_code = code
        dossier.client.save()
    return world


def moves(dossier: Dossier, to: str, on: str, *, entered: str | None = None) -> None:
    """The client moves."""
    Address.objects.create(
        client=dossier.client,
        nis_code=to,
        lives_from=day(on),
        recorded_at=noon(entered or on),
        recorded_by="x",
        source="test",
    )


def told() -> list[dict[str, Any]]:
    """What waits for Actiris, in order."""
    return [json.loads(each.body) for each in Delivery.objects.filter(destination="actiris").order_by("pk")]


def entered(on: str) -> Actor:
    """VDAB, at noon of that day."""
    return Actor(origin(on))


def kinds() -> list[str]:
    """The last words of the types of what waits."""
    return [event["type"].removeprefix(TYPE) for event in told()]


def test_s13_every_change_of_an_activity_is_told_in_its_place(brussels: World) -> None:
    first = brussels.activity("2025-01-10", requested=True, course_number="AB123")
    registering.start(first.pk, on=day("2025-01-13"), actor=entered("2025-01-13"))
    brussels.close(first, "2025-02-20", entered="2025-02-01")
    registering.take_back_end(first.pk, actor=entered("2025-02-02"))
    brussels.close(first, "2025-02-03")
    registering.reopen(first.pk, on=day("2025-02-04"), actor=entered("2025-02-04"))
    march = day("2025-03-01")
    second = registering.replace_executor(first.pk, brussels.brug, on=march, actor=entered("2025-03-01"))
    brussels.cancel(second, "2025-03-02")
    assert kinds() == [
        *("requested", "started", "closed", "endTakenBack", "closed", "reopened", "replaced", "started"),
        "cancelled",
    ]
    assert [event["data"]["state"] for event in told()] == [
        *(
            "requested",
            "running",
            "running",
            "running",
            "closed",
            "running",
            "closed",
            "running",
            "cancelled",
        ),
    ]
    assert [event["sequence"] for event in told()] == [f"{place:020}" for place in range(1, 10)]
    assert {event["partitionkey"] for event in told()} == {str(brussels.piet.reference)}
    assert told()[-2]["data"] | {"continues": str(first.pk), "executor": "OE2"} == told()[-2]["data"]


def test_s13_only_what_it_must_know_and_nothing_personal_in_the_attributes(brussels: World) -> None:
    brussels.grant("2025-01-02")
    line = brussels.activity("2025-01-10", course_number="AB123", outsourcing_number="1234567")
    hours = performing.Hours(day("2025-01-10"), Decimal(4), Decimal(4), "ziek")
    performing.perform(line.pk, hours, actor=entered("2025-01-11"))
    (event,) = told()
    assert event["data"] == {
        "ssin": brussels.piet.client.insz,
        "activity": str(line.pk),
        "kind": "training",
        "state": "running",
        "courseNumber": "AB123",
        "outsourcingNumber": "1234567",
        "startedOn": "2025-01-10",
        "executor": "OE1",
    }
    attributes = {name: value for name, value in event.items() if name != "data"}
    client = brussels.piet.client
    for personal in (client.insz, client.family_name, client.given_name, client.client_number):
        assert personal not in json.dumps(attributes)


def test_s13_a_message_is_an_event_after_the_belgian_profile(brussels: World) -> None:
    brussels.activity("2025-01-10")
    delivery = Delivery.objects.get()
    event = from_http_event(HTTPMessage({"content-type": CONTENT_TYPE}, delivery.body.encode()))
    assert (event.get_id(), event.get_specversion()) == (str(delivery.event_id), "1.0")
    assert event.get_type() == f"{event.get_extension('service')}.activities.notify.started" == delivery.kind
    assert event.get_source() == "urn:be.inzage:register"
    assert event.get_time() == noon("2025-01-10") == delivery.created_at
    assert event.get_datacontenttype() == "application/json"
    assert set(event.get_data()) <= TOLD  # type: ignore[arg-type]


def test_s13_of_a_client_who_lives_elsewhere_nothing_is_told(brussels: World) -> None:
    line = brussels.activity("2025-01-10", dossier=brussels.an)
    brussels.close(line, "2025-02-01")
    brussels.activity("2025-01-10", dossier=brussels.dossier("K3", "Els"))  # nobody knows where
    assert told() == []


def test_s13_a_move_changes_what_is_told_from_then_on(brussels: World) -> None:
    moves(brussels.piet, ANTWERP, "2025-02-10")
    moves(brussels.an, BRUSSELS, "2025-02-10")
    for on, who in (("2025-02-09", brussels.piet), ("2025-02-10", brussels.an), ("2025-02-11", brussels.an)):
        before = len(told())
        for dossier in (brussels.piet, brussels.an):
            brussels.activity(on, dossier=dossier)
        (event,) = told()[before:]
        assert event["partitionkey"] == str(who.reference)


def test_s13_it_is_the_day_of_the_change_that_counts_not_the_day_it_holds_for(brussels: World) -> None:
    moves(brussels.piet, ANTWERP, "2025-02-10")
    line = brussels.activity("2025-02-01", entered="2025-02-12")
    assert told() == []
    moves(brussels.piet, BRUSSELS, "2025-03-01")
    brussels.close(line, "2025-02-15", entered="2025-03-01")
    assert kinds() == ["closed"]


@pytest.mark.parametrize("code", sorted(municipalities()))
def test_s13_all_nineteen_municipalities_are_brussels(brussels: World, code: str) -> None:
    moves(brussels.an, code, "2025-01-01")
    brussels.activity("2025-01-10", dossier=brussels.an)
    assert len(told()) == 1


def test_s13_the_message_and_the_change_are_kept_both_or_neither(brussels: World) -> None:
    line = brussels.activity("2025-01-10")

    with transaction.atomic():
        brussels.close(line, "2025-02-01")
        assert kinds() == ["started", "closed"]
        transaction.set_rollback(True)
    assert kinds() == ["started"]
    assert Activity.objects.get(pk=line.pk).closed_on is None
    brussels.close(line, "2025-02-02")
    assert [event["sequence"][-2:] for event in told()] == ["01", "02"]


def test_s13_streams_count_each_for_itself(brussels: World) -> None:
    moves(brussels.an, BRUSSELS, "2025-01-01")
    for dossier in (brussels.piet, brussels.an, brussels.piet):
        brussels.activity("2025-01-10", dossier=dossier)
    assert [int(event["sequence"]) for event in told()] == [1, 1, 2]


def test_s13_switched_off_nothing_is_written(brussels: World, settings: Settings) -> None:
    settings.NOT_TOLD = {"actiris"}
    brussels.activity("2025-01-10")
    assert told() == []


def test_s13_the_contract_says_every_word_that_is_sent() -> None:
    contract = (files("inzage.adapters.actiris") / "contract.yaml").read_text("utf-8")
    assert [name for name in TOLD if f"        {name}:" not in contract] == []
    assert [change for change in Change if f"`{change}`" not in contract] == []
