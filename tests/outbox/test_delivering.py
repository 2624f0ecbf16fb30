"""Delivering: in order in a stream, side by side across streams; tried again, paused, stopped, parked (S13)."""

from datetime import timedelta

import pytest

from inzage.outbox.answers import TAKEN, Answer, Verdict
from inzage.outbox.claiming import LEASE
from inzage.outbox.marking import mark
from inzage.outbox.models import Delivery, Destination
from inzage.outbox.taking_up import NotTakenUp, replay, replay_all, resume
from inzage.outbox.trying_again import BLAMELESS, LONGEST, TRIES
from tests.outbox.conftest import OtherSide
from tests.world import origin

AGAIN = Answer(Verdict.AGAIN, "HTTP 503")
NOBODY = Answer(Verdict.NOBODY, "ConnectError: no whole answer")
NEVER = Answer(Verdict.NEVER, "HTTP 422: no such activity")
PERSON = origin("2025-03-02")


def test_all_is_delivered_once_and_in_the_order_of_each_stream(other_side: OtherSide) -> None:
    other_side.queue("a", "b", "a", "c", "a", "b")
    assert other_side.turn() == (6, 6)
    assert other_side.turn() == (0, 0)
    for stream in "abc":
        places = [place for of, place in other_side.taken if of == stream]
        assert places == sorted(places)
    assert len(other_side.taken) == len(set(other_side.taken)) == 6
    delivered = Delivery.objects.filter(state="delivered")
    assert delivered.filter(delivered_at=other_side.now, taken_until=None, attempts=1).count() == 6


def test_the_oldest_goes_first(other_side: OtherSide) -> None:
    for stream in "cab":
        other_side.queue(stream)
        other_side.later(seconds=1)
    other_side.turn()
    assert [stream for stream, _ in other_side.taken] == ["c", "a", "b"]


def test_what_failed_is_tried_again_ever_later_under_the_same_id_and_holds_its_stream_only(
    other_side: OtherSide,
) -> None:
    other_side.queue("a", "a", "b")
    other_side.answers["a"] = AGAIN
    assert other_side.turn() == (2, 1)
    assert other_side.taken == [("b", 1)]
    for pause in (1, 2, 4, 8):
        other_side.later(seconds=pause - 0.001)
        assert other_side.turn().answered == 0
        other_side.later(seconds=0.001)
        assert other_side.turn() == (1, 0)
    assert Delivery.objects.get(stream="a", sequence=1).problem == "HTTP 503"
    del other_side.answers["a"]
    other_side.later(seconds=16)
    assert other_side.turn() == (2, 2)
    assert other_side.taken[1:] == [("a", 1), ("a", 2)]
    assert all(len(ids) == 1 for ids in other_side.ids.values())


def test_what_keeps_failing_while_others_are_taken_is_parked_with_its_reason(other_side: OtherSide) -> None:
    other_side.queue("bad", "bad")
    other_side.answers["bad"] = AGAIN
    for _ in range(TRIES):
        assert other_side.states()["bad"] == ["waiting", "waiting"]
        other_side.queue("good")
        other_side.turn()
        other_side.later(seconds=LONGEST.total_seconds())
    assert other_side.states()["bad"] == ["parked", "waiting"]
    assert Delivery.objects.get(state="parked").problem == f"{TRIES} ×: HTTP 503"


def test_that_nobody_was_there_is_never_a_reason_to_park_a_message(other_side: OtherSide) -> None:
    other_side.queue("bad", "bad")
    for times, answer in ((3 * TRIES, NOBODY), (TRIES - BLAMELESS, AGAIN)):
        other_side.answers["bad"] = answer
        for _ in range(times):
            assert other_side.states()["bad"] == ["waiting", "waiting"]
            other_side.queue("good")
            other_side.turn()
            other_side.later(seconds=LONGEST.total_seconds())
    assert other_side.states()["bad"] == ["parked", "waiting"]


def test_what_can_never_be_taken_is_parked_at_once_and_goes_when_a_person_replays_it(
    other_side: OtherSide,
) -> None:
    other_side.queue("bad", "bad", "good")
    other_side.answers["bad"] = NEVER
    other_side.turn()
    other_side.later(days=3)
    other_side.turn()
    assert other_side.states() == {"bad": ["parked", "waiting"], "good": ["delivered"]}
    parked = Delivery.objects.get(state="parked")
    assert parked.problem == "HTTP 422: no such activity"
    del other_side.answers["bad"]
    assert replay(parked.pk, origin=PERSON).attempts == 0
    with pytest.raises(NotTakenUp):
        replay(parked.pk, origin=PERSON)
    assert other_side.turn() == (2, 2)
    assert other_side.ids["bad", 1] == {str(parked.event_id)}


def test_all_that_is_parked_goes_again_so_many_at_a_time_and_nothing_else(other_side: OtherSide) -> None:
    other_side.answers = dict.fromkeys("abc", NEVER)
    other_side.queue("a", "b", "c", "good")
    other_side.turn()
    other_side.answers = {}
    assert replay_all("ibis", origin=PERSON) == (0, 0)
    assert replay_all("actiris", origin=PERSON, most=2) == (2, 1)
    assert other_side.states() == {"a": ["waiting"], "b": ["waiting"], "c": ["parked"], "good": ["delivered"]}
    assert replay_all("actiris", origin=PERSON) == (1, 0)
    other_side.later(days=1)
    assert other_side.turn() == (3, 3)


def test_what_the_other_side_turns_out_not_to_have_goes_again_under_the_same_id(
    other_side: OtherSide,
) -> None:
    other_side.queue("a", "a")
    other_side.turn()
    lost = Delivery.objects.get(sequence=1)
    replay(lost.pk, origin=PERSON)
    assert Delivery.objects.get(sequence=1).delivered_at is None
    assert other_side.turn() == (0, 0)  # a person said it tomorrow
    other_side.later(days=1)
    assert other_side.turn() == (1, 1)
    assert other_side.taken == [("a", 1), ("a", 2), ("a", 1)]
    assert other_side.ids["a", 1] == {str(lost.event_id)}


def test_a_worker_that_died_lets_go_when_its_lease_is_over(other_side: OtherSide) -> None:
    other_side.queue("a", "a", "b")
    assert len(other_side.dies()) == 2
    assert other_side.turn() == (0, 0)
    other_side.later(seconds=LEASE.total_seconds() - 1)
    assert other_side.turn() == (0, 0)
    other_side.later(seconds=1)
    assert other_side.turn() == (3, 3)


def test_asked_to_wait_it_sends_nothing_at_all_until_then(other_side: OtherSide) -> None:
    other_side.queue("a", "b")
    until = other_side.now + timedelta(seconds=30)
    other_side.answers["a"] = Answer(Verdict.LATER, "HTTP 429", until=until)
    other_side.turn()
    assert ("b", 1) not in other_side.tried[2:]
    other_side.queue("c")
    other_side.later(seconds=29)
    assert other_side.turn() == (0, 0)
    del other_side.answers["a"]
    other_side.later(seconds=1)
    other_side.turn()
    assert sorted(other_side.taken) == [("a", 1), ("b", 1), ("c", 1)]
    assert not Delivery.objects.filter(attempts__gt=1).exists()  # asked to wait is not failed


def test_told_to_send_no_more_it_stops_until_a_person_resumes(other_side: OtherSide) -> None:
    other_side.queue("a")
    other_side.answers["a"] = Answer(Verdict.NO_MORE, "HTTP 410")
    other_side.turn()
    other_side.queue("b")
    other_side.later(days=1)
    assert other_side.turn() == (0, 0)
    assert Destination.objects.get().stopped_because == "HTTP 410"
    del other_side.answers["a"]
    resume("actiris", origin=PERSON)
    assert other_side.turn() == (2, 2)
    with pytest.raises(NotTakenUp):
        resume("actiris", origin=PERSON)


def test_an_outage_of_a_day_drains_by_itself_the_oldest_first_and_parks_nothing(
    other_side: OtherSide,
) -> None:
    away = True
    streams = [f"s{number}" for number in range(8)]
    other_side.answers = {stream: lambda: AGAIN if away else TAKEN for stream in streams}
    for stream in streams:
        other_side.queue(stream, stream)
        other_side.later(minutes=10)
    for _ in range(100):
        other_side.turn(chance=0.9)
        other_side.later(minutes=15)
    assert Delivery.objects.filter(state="waiting").count() == 16
    away = False
    for _ in range(2):  # the first success makes the rest due
        other_side.turn()
    assert len(other_side.taken) == 16
    assert [stream for stream, place in other_side.taken[1:] if place == 1] == [
        stream for stream in streams if stream != other_side.taken[0][0]
    ]
    assert not Delivery.objects.exclude(state="delivered").exists()


def test_after_an_outage_what_waited_longest_goes_first_also_where_its_pause_was_over_already(
    other_side: OtherSide,
) -> None:
    other_side.answers = dict.fromkeys(["old1", "old2"], AGAIN)
    other_side.queue("old1", "old2", "old1")
    for _ in range(2):
        other_side.turn()
        other_side.later(minutes=20)
    other_side.turn()
    other_side.later(seconds=1)
    other_side.queue("new1", "new2", "new3")
    other_side.later(minutes=1)
    other_side.answers = {}
    other_side.turn()
    assert [stream for stream, _ in other_side.taken[:2]] == ["new1", "new2"]  # claimed before it was known
    assert other_side.taken[2:] == [("old1", 1), ("old2", 1), ("old1", 2), ("new3", 1)]


def test_asked_to_wait_a_message_keeps_its_place_before_what_came_later(other_side: OtherSide) -> None:
    other_side.queue("a", "b")
    until = other_side.now + timedelta(seconds=30)
    other_side.answers = dict.fromkeys("ab", Answer(Verdict.LATER, "HTTP 429", until=until))
    other_side.turn()
    other_side.later(seconds=1)
    other_side.queue("c", "d")
    other_side.answers = {}
    other_side.later(seconds=29)
    other_side.turn()
    assert [stream for stream, _ in other_side.taken] == ["a", "b", "c", "d"]


def test_what_still_fails_when_the_other_side_is_back_is_not_parked_for_what_it_failed_while_it_was_away(
    other_side: OtherSide,
) -> None:
    """Neither what is due at that moment nor what is under way then (S13)."""
    other_side.answers = dict.fromkeys("abc", AGAIN)
    other_side.queue("a", "b", "c")
    for _ in range(30):
        other_side.turn()
        other_side.later(minutes=6)
    under_way = Delivery.objects.get(stream="c")
    under_way.taken_until = other_side.now + LEASE
    under_way.save()
    del other_side.answers["a"]
    other_side.turn()
    mark("actiris", [(under_way, AGAIN)], at=other_side.now, chance=lambda: 1.0)
    assert other_side.states() == {"a": ["delivered"], "b": ["waiting"], "c": ["waiting"]}
    assert max(Delivery.objects.values_list("attempts", flat=True).exclude(stream="a")) <= 2


def test_a_fault_of_ours_in_sending_holds_only_its_own_stream(other_side: OtherSide) -> None:
    def fault() -> Answer:
        raise RuntimeError("a fault of ours")

    other_side.queue("a", "b")
    other_side.answers["a"] = fault
    assert other_side.turn() == (2, 1)
    assert Delivery.objects.get(stream="a").problem == "RuntimeError: look in the log."
