"""VDAB's events beside what others do: the desk that corrects them, IBIS that announced somebody first."""

import json

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Client, ClientVersion
from inzage.inbox.models import Received
from inzage.outbox.models import Delivery
from inzage.rules.brussels import in_brussels
from inzage.view_rights.quarantine import correct_and_replay, replay
from tests import ibis
from tests.vdab.saying import activity, assigned, became, client, moved, tell
from tests.world import World, day, insz, origin

AT_DESK = origin("2025-03-02", by="person:7")
NOOR = {"family_name": "Bedacht", "given_name": "Noor"}


def test_corrected_at_the_desk_an_event_is_carried_out_and_sets_free_what_waited_for_it(world: World) -> None:
    wrong = assigned("2025-01-10", client_number="K7", service="TIBB 4")
    waiting = activity(1, started_on="2025-01-15", client_number="K7")
    tell(wrong, waiting)
    assert [became(each)[1] for each in (wrong, waiting)] == ["unknown_service", "unknown_client"]
    received = Received.objects.get(reason="unknown_service")
    right = json.dumps(wrong | {"data": {**wrong["data"], "service": "TIBB4"}})
    assert correct_and_replay(received.pk, right, origin=AT_DESK).settled_by == "person:7"
    assert [became(each)[0] for each in (wrong, waiting)] == ["applied", "applied"]
    received.refresh_from_db()
    assert received.original == json.dumps(wrong)


def test_what_was_malformed_is_about_something_once_it_is_corrected(world: World) -> None:
    wrong, older = assigned("2025-01-10", 2), assigned("2025-01-10", 1)
    spoilt = wrong | {"data": {**wrong["data"], "assigned_on": "10/01/2025"}}
    tell(spoilt)
    received = Received.objects.get()
    assert (received.about, received.revision) == ("", 0)
    correct_and_replay(received.pk, json.dumps(wrong), origin=AT_DESK)
    received.refresh_from_db()
    assert (received.about, received.revision, received.state) == ("assignment A1", 2, "applied")
    tell(older)
    assert became(older) == ("overtaken", "")


def test_replayed_once_the_unit_is_known(world: World) -> None:
    said = assigned("2025-01-10", oe_number="OE9")
    tell(said)
    received = Received.objects.get()
    assert replay(received.pk, origin=AT_DESK).reason == "unknown_unit"
    world._unit("OE9", "Nieuw", None)
    assert replay(received.pk, origin=AT_DESK).state == "applied"


def test_whom_ibis_announced_goes_on_under_vdab_s_number(world: World) -> None:
    ibis.come_in(ibis.a_youngster(insz_of=7))
    announced = Client.objects.exclude(client_number__in=("K1", "K2")).get()
    tell(assigned("2026-03-03", client_number="K7", client=client(7)), on="2026-03-03")
    adopted = Client.objects.get(insz=announced.insz)
    assert (adopted.pk, adopted.client_number, adopted.given_name) == (announced.pk, "K7", "Noor")
    assert adopted.dossier.activity_set.count() == 1
    assert world.may_view("2026-03-03", dossier=adopted.dossier)
    assert set(ClientVersion.objects.filter(client=adopted).values_list("source", flat=True)) == {
        "ibis",
        "vdab",
    }


def test_where_somebody_lives_whom_ibis_announced_without_saying_it_comes_from_vdab(world: World) -> None:
    ibis.come_in(ibis.a_youngster(insz_of=7, client={"insz": insz(7), "nis_code": "", **NOOR}))
    told = client(7, nis_code="21004")
    tell(assigned("2026-03-03", client_number="K7", client=told), on="2026-03-03")
    assert lives_in_brussels(Client.objects.get(client_number="K7"), day("2026-03-03"))


def test_a_client_whom_another_source_knows_keeps_the_own_number(world: World) -> None:
    tell(assigned("2025-02-25", client_number="K8", client=client(1)), on="2025-03-01")
    numbers = Client.objects.filter(insz=world.piet.client.insz).values_list("client_number", flat=True)
    assert set(numbers) == {"K1", "K8"}
    tell(assigned("2025-02-25", client_number="K9", assignment_id="A9", client=client(1)), on="2025-03-01")
    assert Client.objects.filter(insz=world.piet.client.insz).count() == 3


def test_what_actiris_was_told_before_a_move_was_recorded_stays_told(world: World) -> None:
    assert in_brussels("21004", day("2025-02-01"))
    tell(moved("21004", "2025-01-01"), activity(1, started_on="2025-01-15"))
    told = list(Delivery.objects.values_list("kind", "body"))
    tell(moved("11002", "2025-01-10"))
    assert list(Delivery.objects.values_list("kind", "body")) == told
    assert len(told) == 1
    tell(activity(2, started_on="2025-01-15", closed_on="2025-02-20"))
    assert Delivery.objects.count() == 1
