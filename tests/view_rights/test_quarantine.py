"""The desk's work on what could not be taken: corrected, replayed or set aside; the original stays (S14)."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from inzage.dossiers.models import Activity
from inzage.inbox.models import Handling, Received
from inzage.view_rights.quarantine import NotHandled, correct_and_replay, replay, replay_all, set_aside
from tests.ibis import a_request, come_in
from tests.world import World, day, insz, noon, origin

AT_DESK = origin("2026-03-05", by="person:7")
WRONG = a_request(remark="A1B2C/0012345")
RIGHT = json.dumps(a_request())


def handled() -> list[tuple[str, str, str]]:
    """What people did: the act, what became of the message, and why it still can't be taken."""
    return list(Handling.objects.order_by("pk").values_list("act", "became", "reason"))


def test_corrected_it_is_carried_out_and_the_original_stays(world: World) -> None:
    (received,) = come_in(WRONG)
    received = correct_and_replay(received.pk, RIGHT, origin=AT_DESK)
    received.refresh_from_db()
    assert (received.state, received.reason, received.activity) == ("applied", "", Activity.objects.get())
    assert (received.original, received.corrected) == (json.dumps(WRONG), RIGHT)
    assert (received.settled_by, received.settled_at) == ("person:7", noon("2026-03-05"))
    assert handled() == [("correct", "applied", "")]
    line = Activity.objects.get()
    assert (line.requested_on, line.ibis_registered_on) == (day("2026-03-02"), day("2026-03-02"))


def test_a_correction_that_can_not_be_taken_either_stays_with_its_new_reason(world: World) -> None:
    (received,) = come_in(WRONG)
    still_wrong = json.dumps(a_request(client={"insz": insz(40)}))
    correct_and_replay(received.pk, still_wrong, origin=AT_DESK)
    received.refresh_from_db()
    assert (received.state, received.reason) == ("quarantined", "unknown_client")
    assert (received.original, received.corrected) == (json.dumps(WRONG), still_wrong)
    correct_and_replay(received.pk, RIGHT, origin=AT_DESK)
    assert handled() == [("correct", "quarantined", "unknown_client"), ("correct", "applied", "")]
    assert list(Handling.objects.order_by("pk").values_list("text", flat=True)) == [still_wrong, RIGHT]


def test_replayed_once_what_it_needed_is_there(world: World) -> None:
    (received,) = come_in(a_request(client={"insz": insz(3)}))
    assert replay(received.pk, origin=AT_DESK).reason == "unknown_client"
    dossier = world.dossier("K3", "Els")
    assert replay(received.pk, origin=AT_DESK).state == "applied"
    assert Activity.objects.get().dossier == dossier
    assert handled() == [("replay", "quarantined", "unknown_client"), ("replay", "applied", "")]


def test_set_aside_with_a_reason_it_is_left_for_good(world: World) -> None:
    (received,) = come_in(WRONG)
    with pytest.raises(NotHandled, match="Say why"):
        set_aside(received.pk, " ", origin=AT_DESK)
    received = set_aside(received.pk, "dubbel geregistreerd", origin=AT_DESK)
    received.refresh_from_db()
    assert (received.state, received.detail, received.settled_by) == (
        "set_aside",
        "dubbel geregistreerd",
        "person:7",
    )
    assert received.original == json.dumps(WRONG)
    assert handled() == [("set_aside", "set_aside", "reference_count")]


def test_who_comes_second_hears_what_the_first_made_of_it(world: World) -> None:
    (received,) = come_in(WRONG)
    correct_and_replay(received.pk, RIGHT, origin=AT_DESK)
    acts: list[Callable[..., Received]] = [
        partial(correct_and_replay, text=RIGHT),
        replay,
        partial(set_aside, reason="te laat"),
    ]
    for act in acts:
        with pytest.raises(NotHandled, match="it is applied"):
            act(received.pk, origin=AT_DESK)
    assert (Activity.objects.count(), Handling.objects.count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "  \n", "{\0}"])
def test_an_empty_correction_is_none(world: World, text: str) -> None:
    (received,) = come_in(WRONG)
    with pytest.raises(NotHandled):
        correct_and_replay(received.pk, text, origin=AT_DESK)
    received.refresh_from_db()
    assert (received.corrected, Handling.objects.count()) == ("", 0)


def test_a_correction_stays_the_record_that_it_corrects(world: World) -> None:
    (received,) = come_in(WRONG)
    for other in (a_request("R2"), a_request(revision=2)):
        assert correct_and_replay(received.pk, json.dumps(other), origin=AT_DESK).reason == "other_record"
    assert not Activity.objects.exists()


def test_what_could_not_be_read_at_all_says_which_record_it_is_once_corrected(world: World) -> None:
    (received,) = come_in("{half of it")
    received = correct_and_replay(received.pk, RIGHT, origin=AT_DESK)
    assert (received.state, received.message_id, received.revision) == ("applied", "R1", 1)
    assert received.original == "{half of it"
    come_in(a_request(), a_request(revision=2, status="corrected", remark="XXXXX/0012345/OE1"))
    assert Activity.objects.get().course_number == "XXXXX"


def test_unless_that_record_came_in_by_itself(world: World) -> None:
    come_in(a_request())
    received = come_in("{half of it")[-1]
    assert correct_and_replay(received.pk, RIGHT, origin=AT_DESK).reason == "known_already"
    assert Activity.objects.count() == 1


def test_corrected_after_a_later_revision_was_taken_it_is_overtaken(world: World) -> None:
    (received,) = come_in(WRONG)
    come_in(a_request(revision=2, remark="?"))
    later = Received.objects.get(revision=2)
    correct_and_replay(later.pk, json.dumps(a_request(revision=2)), origin=AT_DESK)
    received.refresh_from_db()
    assert received.state == "overtaken"


def test_what_people_did_can_only_be_added_to(world: World) -> None:
    (received,) = come_in(WRONG)
    set_aside(received.pk, "dubbel", origin=AT_DESK)
    for change in (Handling.objects.all().delete, lambda: Handling.objects.update(text="")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_all_with_one_reason_are_carried_out_again_and_it_is_said_what_became_of_them(world: World) -> None:
    for number in (3, 4, 5):
        come_in(a_request(f"R{number}", client={"insz": insz(number)}))
    come_in(WRONG)
    for number in (3, 5):
        world.dossier(f"K{number}", "Els")
    assert replay_all(["ibis"], "unknown_client", origin=AT_DESK) == (2, 1, 0)
    states = dict(Received.objects.values_list("message_id", "state"))
    assert states == {"R3": "applied", "R4": "quarantined", "R5": "applied", "R1": "quarantined"}
    assert replay_all(["vdab"], "unknown_client", origin=AT_DESK) == (0, 0, 0)
    assert len(handled()) == 3


def test_so_many_at_most_and_those_that_stay_keep_no_other_from_its_turn(world: World) -> None:
    for number in (3, 4, 5):
        come_in(a_request(f"R{number}", client={"insz": insz(number)}))
    world.dossier("K5", "Els")
    turns = [
        replay_all(["ibis"], "unknown_client", origin=origin(f"2026-03-{day}", by="person:7"), most=2)
        for day in ("05", "06")
    ]
    assert turns == [(0, 2, 1), (1, 1, 1)]
