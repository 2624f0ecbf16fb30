"""Records of IBIS: each leads to what it should, once (S14, S15)."""

import json

import pytest

from inzage.dossiers.models import Activity, ActivityVersion, Client, ClientVersion, Dossier
from inzage.inbox.models import Received
from tests.ibis import REGISTERED, a_request, a_youngster, come_in, lines_of
from tests.world import World, day, insz, noon

NEXT = "2026-03-03"


def test_a_line_begins_in_aanvraag_with_everything_the_record_says(world: World) -> None:
    (received,) = come_in(a_request())
    line = Activity.objects.get()
    assert (received.state, received.dossier, received.activity) == ("applied", world.piet, line)
    assert (received.settled_by, received.settled_at) == ("adapter:ibis", noon(REGISTERED))
    assert (line.dossier, line.unit, line.kind, line.title) == (world.piet, world.spoor, "training", "Lassen")
    assert (line.course_number, line.outsourcing_number) == ("A1B2C", "0012345")
    assert line.requested_on == line.ibis_registered_on == day(REGISTERED)
    assert (line.source_id, line.state_on(day(REGISTERED))) == ("ibis:R1", "requested")


def test_the_same_record_twice_changes_nothing(world: World) -> None:
    for _ in range(3):
        come_in(a_request(), a_request(), on=NEXT)
    assert (Activity.objects.count(), ActivityVersion.objects.count(), Received.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("at_once", [True, False])
def test_one_revision_that_says_two_things_is_for_a_person(world: World, at_once: bool) -> None:
    """The first stays; the other is kept, with the reason, however often it comes."""
    first, other = a_request(), a_request(remark="ZZZZZ/7654321/OE1")
    received = come_in(first, other) if at_once else [*come_in(first), *come_in(other)][1:]
    assert [(each.state, each.reason) for each in received] == [
        ("applied", ""),
        ("quarantined", "same_version"),
    ]
    assert json.loads(received[1].original) == other
    assert lines_of(world.piet) == [("ibis:R1", "training", "OE1", "A1B2C", "requested")]
    turned_round = dict(reversed(first.items()))
    assert len(come_in(first, other, turned_round)) == 2


def test_a_youngster_who_is_not_known_gets_a_dossier_without_a_personal_number_on_it(world: World) -> None:
    (received,) = come_in(a_youngster())
    client = Client.objects.get(insz=insz(40))
    assert (client.client_number, client.given_name, client.nis_code) == ("IBIS-R1", "Noor", "21004")
    assert received.dossier == client.dossier
    assert ClientVersion.objects.get(client=client).recorded_by == "adapter:ibis"
    assert lines_of(client.dossier) == [("ibis:R1", "project", "OE1", "PRJLEW", "requested")]


def test_two_requests_for_one_new_youngster_make_one_dossier(world: World) -> None:
    come_in(a_youngster("R1"), a_youngster("R2", remark="PRJLEW/7654321/OE3"))
    assert len(lines_of(Dossier.objects.get(client__insz=insz(40)))) == 2
