"""The balance with another institution: every message of a day matched one to one on both sides (S13, S14).

What one side sent the other must have received and applied once. Whatever differs becomes a task for the desk.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction

from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.rules.days import midnight
from inzage.tasks.asking import ask


class Fault(StrEnum):
    """How two sides differ over a message."""

    LOST = "lost"
    DOUBLED = "doubled"
    NOT_APPLIED = "not_applied"
    UNKNOWN = "unknown"


class Balance(NamedTuple):
    """The messages of a day: how many were sent, received and applied; which differ; which are still on their way."""

    sent: int
    received: int
    applied: int
    under_way: int
    faults: dict[str, Fault]


def balanced(sent: Mapping[str, bool], received: Mapping[str, int]) -> Balance:
    """Match what was sent (and whether it arrived, by the sender's books) with how often each was applied.

    A message that has not arrived by either's books is on its way, and no fault.
    """
    faults = dict.fromkeys(received.keys() - sent.keys(), Fault.UNKNOWN)
    under_way = 0
    for message, arrived in sent.items():
        if message not in received:
            under_way += not arrived
            if arrived:
                faults[message] = Fault.LOST
        elif received[message] != 1:
            faults[message] = Fault.DOUBLED if received[message] else Fault.NOT_APPLIED
    applied = sum(times > 0 for times in received.values())
    return Balance(len(sent), len(received), applied, under_way, dict(sorted(faults.items())))


def balance_outwards(destination: str, day: date, theirs: Iterable[tuple[str, int]]) -> Balance:
    """Our deliveries written on a day, against what the other side says it holds of them: id, times applied."""
    ours = Delivery.objects.filter(destination=destination, **_on("created_at", day))
    sent = {
        str(event_id): state == DeliveryState.DELIVERED
        for event_id, state in ours.values_list("event_id", "state")
    }
    return balanced(sent, dict(theirs))


SETTLED = (ReceivedState.APPLIED, ReceivedState.OVERTAKEN, ReceivedState.SET_ASIDE)
"""What became of a message that needs nobody any more: for the balance that is applied once."""


def balance_inwards(source: str, theirs: Iterable[str]) -> Balance:
    """What the other side says it sent (ids, with the revision behind a colon), against what came in of it."""
    sent = dict.fromkeys(theirs, True)
    ids = {message.rpartition(":")[0] for message in sent}
    kept = Received.objects.filter(source=source, message_id__any=ids)
    received = {
        f"{message_id}:{revision}": int(state in SETTLED)
        for message_id, revision, state in kept.values_list("message_id", "revision", "state")
    }
    return balanced(sent, {message: times for message, times in received.items() if message in sent})


def _on(column: str, day: date) -> dict[str, datetime]:
    return {f"{column}__gte": midnight(day), f"{column}__lt": midnight(day + timedelta(days=1))}


DETAILS = {
    Fault.LOST: "is verzonden, maar de andere kant heeft het niet. Bied het opnieuw aan.",
    Fault.DOUBLED: "is aan de andere kant meer dan één keer verwerkt. Laat het daar nakijken.",
    Fault.NOT_APPLIED: "is ontvangen maar nog niet verwerkt. Kijk het na in quarantaine of aan de andere kant.",
    Fault.UNKNOWN: "staat aan de andere kant, maar is hier niet bekend. Laat nakijken vanwaar het komt.",
}


@transaction.atomic
def ask_about(balance: Balance, institution: str, *, at: datetime) -> int:
    """A task for each message that differs, once however often the balance is drawn up; returns how many there are."""
    for message, fault in balance.faults.items():
        detail = f"Bericht {message} ({institution}) {DETAILS[fault]}"
        subject = f"{institution}:{message}:{fault}"
        ask("balance", subject=subject, dossier=None, unit=None, detail=detail, at=at)
    return len(balance.faults)
