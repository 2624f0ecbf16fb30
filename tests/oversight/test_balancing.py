"""The balance with another institution finds what is lost, doubled, unknown or not applied, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.oversight.balancing import Fault, ask_about, balance_inwards, balance_outwards, balanced
from inzage.rules.days import midnight
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
        ({}, {"a": 1}, Fault.UNKNOWN),
    ],
)
def test_each_difference_has_its_name(sent: dict[str, bool], received: dict[str, int], fault: Fault) -> None:
    assert balanced(sent, received).faults == {"a": fault}


def test_what_is_on_its_way_is_no_fault_and_neither_is_an_answer_that_got_lost() -> None:
    balance = balanced({"a": False, "b": False}, {"b": 1})
    assert (balance.under_way, balance.faults) == (1, {})


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
def test_inwards_what_is_in_quarantine_is_not_applied_yet_and_what_never_came_is_lost() -> None:
    for number, state in enumerate(
        (ReceivedState.APPLIED, ReceivedState.QUARANTINED, ReceivedState.OVERTAKEN)
    ):
        Received.objects.create(
            source="ibis",
            message_id=f"R{number}",
            kind="k",
            original="{}",
            received_at=noon("2026-03-09"),
            state=state,
            reason="remark" if state == ReceivedState.QUARANTINED else "",
            settled_at=noon("2026-03-09"),
        )

    balance = balance_inwards("ibis", ["R0:1", "R1:1", "R2:1", "R3:1"])

    assert balance.faults == {"R1:1": Fault.NOT_APPLIED, "R3:1": Fault.LOST}


@pytest.mark.django_db
def test_a_difference_becomes_one_task_however_often_the_balance_is_drawn_up() -> None:
    balance = balanced({"a": True, "b": True}, {"b": 2})
    assert ask_about(balance, "actiris", at=noon("2026-03-09")) == 2
    ask_about(balance, "actiris", at=noon("2026-03-10"))

    tasks = Task.objects.filter(kind="balance").order_by("subject")
    assert [task.subject for task in tasks] == ["actiris:a:lost", "actiris:b:doubled"]
    assert (
        tasks[0].detail
        == "Bericht a (actiris) is verzonden, maar de andere kant heeft het niet. Bied het opnieuw aan."
    )
