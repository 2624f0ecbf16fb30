"""The balance with another institution: every message of a day matched one to one on both sides (S13, S14).

What one side sent the other must have received and applied once. Whatever differs becomes a task for the desk
(decision 0034).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.rules.days import midnight
from inzage.tasks.asking import ask_once


class Fault(StrEnum):
    """How two sides differ over a message."""

    LOST = "lost"
    DOUBLED = "doubled"
    NOT_APPLIED = "not_applied"
    QUARANTINED = "quarantined"
    UNKNOWN = "unknown"


class Balance(NamedTuple):
    """The messages of a day: how many were sent, received and applied; which differ; which are still on their way."""

    sent: int
    received: int
    applied: int
    under_way: int
    faults: dict[str, Fault]


class Sent(NamedTuple):
    """A message by its sender's books: the id that the inbox has it by, and whether it arrived.

    `revision` is None where the id alone names it.
    """

    message_id: str
    revision: int | None
    arrived: bool

    @property
    def name(self) -> str:
        """By which it is matched, and told to people."""
        return _named(self.message_id, self.revision)


Held = int | Fault | None
"""What the receiver holds of a message: how often it was applied, what keeps it from that, or None: it waits there."""


def balanced(sent: Mapping[str, bool], received: Mapping[str, Held]) -> Balance:
    """Match what was sent (and whether it arrived, by the sender's books) with what the receiver holds of it.

    What waits at the receiver, or has not arrived by either's books, is on its way, and no fault.
    """
    faults = dict.fromkeys(received.keys() - sent.keys(), Fault.UNKNOWN)
    under_way = 0
    for message, arrived in sent.items():
        held = received.get(message, Fault.LOST if arrived else None)
        if held is None:
            under_way += 1
        elif isinstance(held, Fault):
            faults[message] = held
        elif held != 1:
            faults[message] = Fault.DOUBLED if held > 1 else Fault.NOT_APPLIED
    applied = sum(isinstance(held, int) and held > 0 for held in received.values())
    return Balance(len(sent), len(received), applied, under_way, dict(sorted(faults.items())))


Listed = Callable[[date], Iterable[Sent]]
"""What the other side says it sent on a day."""


def balance_outwards(destination: str, day: date, theirs: Iterable[tuple[str, int]]) -> Balance:
    """Our deliveries written on a day, against what the other side says it holds of them: id, times applied.

    Ours are read before theirs: what arrives meanwhile was not yet said to have arrived.
    """
    ours = Delivery.objects.filter(destination=destination, **_on("created_at", day))
    sent = _sent(ours)
    held = Counter[str]()
    for message, times in theirs:  # listed twice is applied twice
        held[message] += times
    written_meanwhile = dict.fromkeys(_sent(ours), False)
    return balanced(written_meanwhile | sent, held)


def _sent(deliveries: QuerySet[Delivery]) -> dict[str, bool]:
    return {
        str(event_id): state == DeliveryState.DELIVERED
        for event_id, state in deliveries.values_list("event_id", "state")
    }


HELD: dict[str, Held] = {
    ReceivedState.WAITING: None,
    ReceivedState.APPLIED: 1,
    ReceivedState.OVERTAKEN: 1,
    ReceivedState.SET_ASIDE: 1,
    ReceivedState.QUARANTINED: Fault.QUARANTINED,
}
"""What became of a message, for the balance: overtaken or set aside needs nobody any more, which is applied once."""
LOOKED_BACK = timedelta(days=31)
"""How long ago the other side may have sent what came in on a day."""


def balance_inwards(source: str, day: date, listed: Listed, *, by_revision: bool) -> Balance:
    """What the other side says it sent on a day, against what came in of it, whenever that was.

    And what came in that day of which it says on no day that it sent it. `by_revision`: of one id there may be several.
    """
    kept = Received.objects.filter(source=source)
    came = _held(kept.filter(**_on("received_at", day)), by_revision=by_revision)
    sent: dict[str, bool] = {}
    ids = set()
    for each in listed(day):  # after ours: what they list only now is not missed in `came`
        sent[each.name] = sent.get(each.name, False) or each.arrived
        ids.add(each.message_id)
    of_that_day = _held(kept.filter(message_id__any=ids), by_revision=by_revision)
    received = {name: held for name, held in of_that_day.items() if name in sent}
    unknown = _without_other_days(came.keys() - sent.keys(), day, listed)
    return balanced(sent, received | {name: came[name] for name in unknown})


def _held(received: QuerySet[Received], *, by_revision: bool) -> dict[str, Held]:
    rows = received.values_list("message_id", "revision", "state")
    return {
        _named(message_id, revision if by_revision else None): HELD[state]
        for message_id, revision, state in rows
    }


def _without_other_days(names: set[str], day: date, listed: Listed) -> set[str]:
    """Those that were sent on no other day: the next, by a clock before ours, or one before, up to a month ago."""
    other = day + timedelta(days=1)
    while names and other >= day - LOOKED_BACK:
        if other != day:
            names = names - {each.name for each in listed(other)}
        other -= timedelta(days=1)
    return names


def _named(message_id: str, revision: int | None) -> str:
    return message_id if revision is None else f"{message_id}:{revision}"


def _on(column: str, day: date) -> dict[str, datetime]:
    return {f"{column}__gte": midnight(day), f"{column}__lt": midnight(day + timedelta(days=1))}


DETAILS = {
    Fault.LOST: "is verzonden, maar de ontvanger heeft het niet. Bied het opnieuw aan.",
    Fault.DOUBLED: "is aan de andere kant meer dan één keer verwerkt. Laat het daar nakijken.",
    Fault.NOT_APPLIED: "is ontvangen maar niet verwerkt. Laat het aan de andere kant nakijken.",
    Fault.QUARANTINED: "staat in quarantaine en is nog niet verwerkt. Verbeter het daar, of leg het ter zijde.",
    Fault.UNKNOWN: "is ontvangen, maar de verzender kent het niet. Laat nakijken vanwaar het komt.",
}
WHAT_TO_DO = {
    Fault.LOST: "sent, and the receiver does not hold it: have it sent again.",
    Fault.DOUBLED: "applied more than once by the other side: have it looked at there.",
    Fault.NOT_APPLIED: "received and not applied by the other side: have it looked at there.",
    Fault.QUARANTINED: "in quarantine, not applied: correct it there, or set it aside.",
    Fault.UNKNOWN: "received, and the sender does not know it: find out where it came from.",
}
"""The same for whoever runs the command."""
SUBJECT = 100
"""How long the subject of a task may be."""


@transaction.atomic
def ask_about(balance: Balance, institution: str, *, at: datetime) -> int:
    """A task for each message that differs, once ever; returns how many are new."""
    return sum(
        ask_once(
            "balance",
            subject=_subject(institution, message, fault),
            detail=f"Bericht {message} ({institution}) {DETAILS[fault]}",
            at=at,
        )
        for message, fault in balance.faults.items()
    )


def _subject(institution: str, message: str, fault: Fault) -> str:
    subject = f"{institution}:{message}:{fault}"
    if len(subject) <= SUBJECT:
        return subject
    return f"{institution}:{sha256(message.encode()).hexdigest()}:{fault}"
