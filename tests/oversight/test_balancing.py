"""The balance with another institution finds what is lost, doubled, unknown or not applied, and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.oversight.balancing import (
    DETAILS,
    WHAT_TO_DO,
    Balance,
    Fault,
    Held,
    Sent,
    ask_about,
    balance_inwards,
    balance_outwards,
    balanced,
)
from inzage.rules.days import midnight
from inzage.tasks.asking import done
from inzage.tasks.models import Task
from tests.world import day, noon

ids = st.sampled_from("abcdefgh")


def test_what_was_sent_and_applied_once_balances() -> None:
    assert balanced({"a": True, "b": True}, {"a": 1, "b": 1}).faults == {}


@pytest.mark.parametrize(
    ("sent", "received", "fault"),
    [
        ({"a": True}, {}, Fault.LOST),
        ({"a": True}, {"a": 2}, Fault.DOUBLED),
        ({"a": True}, {"a": 0}, Fault.NOT_APPLIED),
        ({"a": False}, {"a": 2}, Fault.DOUBLED),
        ({"a": True}, {"a": Fault.QUARANTINED}, Fault.QUARANTINED),
        ({}, {"a": 1}, Fault.UNKNOWN),
        ({}, {"a": None}, Fault.UNKNOWN),
    ],
)
def test_each_difference_has_its_name(sent: dict[str, bool], received: dict[str, Held], fault: Fault) -> None:
    assert balanced(sent, received).faults == {"a": fault}


def test_what_is_on_its_way_is_no_fault_and_neither_is_an_answer_that_got_lost() -> None:
    balance = balanced({"a": False, "b": False, "c": True}, {"b": 1, "c": None})
    assert (balance.under_way, balance.applied, balance.faults) == (2, 1, {})


@given(st.dictionaries(ids, st.booleans()), st.dictionaries(ids, st.integers(0, 3)))
def test_a_balance_has_no_fault_exactly_where_both_sides_agree(
    sent: dict[str, bool], received: dict[str, int]
) -> None:
    arrived = {message for message, done in sent.items() if done}
    agree = set(received) <= set(sent) and arrived <= set(received) and all(n == 1 for n in received.values())
    assert (balanced(sent, received).faults == {}) is agree


def _delivery(sequence: int, state: str = "delivered", at: str = "2026-03-09") -> Delivery:
    moment = noon(at)
    delivered = moment if state == DeliveryState.DELIVERED else None
    return Delivery.objects.create(
        destination="actiris",
        stream="s",
        sequence=sequence,
        kind="k",
        body="{}",
        created_at=moment,
        due_at=moment,
        state=state,
        delivered_at=delivered,
    )


@pytest.mark.django_db
def test_the_balance_of_a_day_is_about_what_was_written_that_day_in_brussels() -> None:
    kept, lost = _delivery(1), _delivery(2)
    _delivery(3, at="2026-03-08")
    last_of_the_day = _delivery(4)
    Delivery.objects.filter(pk=last_of_the_day.pk).update(
        created_at=midnight(day("2026-03-10")) - timedelta(seconds=1)
    )
    Delivery.objects.filter(pk=_delivery(5).pk).update(created_at=midnight(day("2026-03-10")))

    held = [(str(kept.event_id), 1), (str(last_of_the_day.event_id), 1)]
    balance = balance_outwards("actiris", day("2026-03-09"), held)

    assert (balance.sent, balance.received, balance.applied) == (3, 2, 2)
    assert balance.faults == {str(lost.event_id): Fault.LOST}


@pytest.mark.django_db
def test_what_the_other_side_lists_twice_it_applied_twice_and_what_is_not_ours_is_unknown() -> None:
    doubled = _delivery(1)
    held = [(str(doubled.event_id), 1), (str(doubled.event_id), 1), ("theirs", 1)]
    assert balance_outwards("actiris", day("2026-03-09"), held).faults == {
        str(doubled.event_id): Fault.DOUBLED,
        "theirs": Fault.UNKNOWN,
    }


@pytest.mark.django_db
def test_what_is_written_while_the_other_side_is_asked_is_no_fault() -> None:
    before = _delivery(1, "waiting")

    def theirs() -> Iterator[tuple[str, int]]:
        Delivery.objects.filter(pk=before.pk).update(state="delivered", delivered_at=noon("2026-03-09"))
        yield str(_delivery(2).event_id), 1
        _delivery(3)

    balance = balance_outwards("actiris", day("2026-03-09"), theirs())
    assert (balance.sent, balance.under_way, balance.faults) == (3, 2, {})


def _came(name: str, state: str = "applied", *, on: str = "2026-03-09", source: str = "ibis") -> Received:
    message_id, _, revision = name.partition(":")
    return Received.objects.create(
        source=source,
        message_id=message_id,
        revision=int(revision or 0),
        kind="k",
        original="{}",
        received_at=noon(on),
        state=state,
        reason="remark" if state == ReceivedState.QUARANTINED else "",
        settled_at=None if state == ReceivedState.WAITING else noon(on),
    )


class Listing:
    """What the other side says it sent on each day; all of it arrived, but for what is said to wait there."""

    def __init__(self, *waiting: str, **days: str) -> None:
        self.waiting, self.days, self.asked = waiting, days, list[str]()

    def __call__(self, on: date) -> list[Sent]:
        """The list of a day."""
        self.asked.append(f"d{on.day}")
        names = [name.partition(":") for name in self.days.get(f"d{on.day}", "").split()]
        return [
            Sent(own, int(revision) if colon else None, "".join((own, colon, revision)) not in self.waiting)
            for own, colon, revision in names
        ]


def _inwards(listed: Listing, *, on: str = "2026-03-09", source: str = "ibis") -> Balance:
    return balance_inwards(source, day(on), listed, by_revision=source == "ibis")


@pytest.mark.django_db
def test_inwards_lost_and_in_quarantine_differ_and_what_waits_on_either_side_is_on_its_way() -> None:
    for number, state in enumerate(ReceivedState.values):
        _came(f"R{number}:1", state)
    quarantined = ReceivedState.values.index("quarantined")
    balance = _inwards(Listing("R8:1", d9="R0:1 R1:1 R2:1 R3:1 R4:1 R7:1 R8:1"))
    assert balance.faults == {f"R{quarantined}:1": Fault.QUARANTINED, "R7:1": Fault.LOST}
    assert (balance.sent, balance.received, balance.applied, balance.under_way) == (7, 5, 3, 2)


@pytest.mark.django_db
def test_of_ibis_each_revision_is_a_message_and_of_vdab_the_id_alone() -> None:
    _came("R1:1")
    assert _inwards(Listing(d9="R1:1 R1:2")).faults == {"R1:2": Fault.LOST}
    _came("e1:3", source="vdab")
    _came("e2:0", "quarantined", source="vdab")
    assert _inwards(Listing(d9="e1 e2 e3"), source="vdab").faults == {
        "e2": Fault.QUARANTINED,
        "e3": Fault.LOST,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came", "listed"), [("2026-03-10", "d9"), ("2026-03-08", "d9"), ("2026-03-20", "d9")]
)
def test_a_message_belongs_to_the_day_on_which_its_sender_has_it(came: str, listed: str) -> None:
    _came("R1:1", on=came)
    listing = Listing(**{listed: "R1:1"})
    balance = _inwards(listing)
    assert (balance.sent, balance.received, balance.faults) == (1, 1, {})
    other = _inwards(listing, on=came)
    assert (other.sent, other.received, other.faults) == (0, 0, {})


@pytest.mark.django_db
def test_what_came_that_day_and_was_sent_on_no_day_is_unknown_on_that_day_alone() -> None:
    _came("R1:1")
    _came("R9:1")
    _came("R9:1", source="vdab")
    listing = Listing(d9="R1:1")
    assert _inwards(listing).faults == {"R9:1": Fault.UNKNOWN}
    assert len(listing.asked) == 33  # that day, the next, and a month before it
    for on in ("2026-03-08", "2026-03-10"):
        assert _inwards(listing, on=on).faults == {}


@pytest.mark.django_db
def test_other_days_are_asked_only_as_far_as_needed() -> None:
    _came("R1:1")
    _came("R2:1")
    listing = Listing(d9="R1:1", d7="R2:1", d6="R3:1")
    assert _inwards(listing).faults == {}
    assert listing.asked == ["d9", "d10", "d8", "d7"]


@pytest.mark.django_db
def test_a_difference_becomes_one_task_however_often_the_balance_is_drawn_up() -> None:
    balance = balanced({"a": True, "b": True}, {"b": 2})
    assert ask_about(balance, "actiris", at=noon("2026-03-09")) == 2
    assert ask_about(balance, "actiris", at=noon("2026-03-10")) == 0

    tasks = Task.objects.filter(kind="balance").order_by("subject")
    assert [task.subject for task in tasks] == ["actiris:a:lost", "actiris:b:doubled"]
    assert (
        tasks[0].detail
        == "Bericht a (actiris) is verzonden, maar de ontvanger heeft het niet. Bied het opnieuw aan."
    )


@pytest.mark.django_db
def test_what_was_ticked_off_is_not_asked_again_and_another_institution_or_fault_is() -> None:
    lost = balanced({"a": True}, {})
    ask_about(lost, "actiris", at=noon("2026-03-09"))
    assert done(Task.objects.get().pk, by="person:1", at=noon("2026-03-09"))
    assert ask_about(lost, "actiris", at=noon("2026-03-10")) == 0
    assert ask_about(lost, "ibis", at=noon("2026-03-10")) == 1
    assert ask_about(balanced({"a": True}, {"a": 2}), "actiris", at=noon("2026-03-10")) == 1


@pytest.mark.django_db
def test_a_message_with_a_long_name_has_its_task_too() -> None:
    names = {"x" * 100: True, "x" * 99 + "y": True}
    assert ask_about(balanced(names, {}), "vdab", at=noon("2026-03-09")) == 2
    assert all(name in "".join(Task.objects.values_list("detail", flat=True)) for name in names)
    assert all(len(task.subject) <= 100 and task.subject.startswith("vdab:") for task in Task.objects.all())


def test_every_fault_says_what_to_do() -> None:
    assert DETAILS.keys() == WHAT_TO_DO.keys() == set(Fault)
