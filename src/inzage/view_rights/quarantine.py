"""What could not be taken is corrected and replayed, or set aside, by a person; the original stays (S14)."""

from collections.abc import Collection
from contextlib import suppress
from typing import NamedTuple

from django.db import transaction

from inzage.inbox.models import Handling, Received, ReceivedState
from inzage.journal.models import Origin
from inzage.view_rights.receiving import Apply, settle

APPLY: dict[str, Apply] = {}
"""How the messages of each source are carried out: handed over at the start, for adapters are above us."""

AT_ONCE = 100
"""How many messages are carried out again at most in one go: a person waits for it."""


class NotHandled(Exception):
    """Nothing was done: the message is not in quarantine (any more), or what was entered is empty."""


@transaction.atomic
def correct_and_replay(received_id: int, text: str, *, origin: Origin) -> Received:
    """Carry the message out as corrected. Where that can't be taken either it stays in quarantine, with the new reason.

    The correction is kept either way, and the original with it.
    """
    received = _in_quarantine(received_id)
    if not text.strip() or "\0" in text:
        raise NotHandled("A correction is the whole message, corrected: it can't be empty.")
    received.corrected = text
    return _replayed(received, Handling.Act.CORRECT, text, origin)


@transaction.atomic
def replay(received_id: int, *, origin: Origin) -> Received:
    """Carry the message out as it stands, now that what it needed is there."""
    return _replayed(_in_quarantine(received_id), Handling.Act.REPLAY, "", origin)


class CarriedOut(NamedTuple):
    """How many were taken, how many stay in quarantine after all, and how many had no turn yet."""

    taken: int
    stay: int
    untried: int


def replay_all(sources: Collection[str], reason: str, *, origin: Origin, most: int = AT_ONCE) -> CarriedOut:
    """Carry out again what is in quarantine for one reason, so many at most, each a transaction by itself.

    What was tried longest ago goes first, so that all have their turn. What another does meanwhile is passed over.
    """
    waiting = Received.objects.filter(source__in=sources, state=ReceivedState.QUARANTINED, reason=reason)
    numbers = list(waiting.order_by("settled_at", "pk").values_list("pk", flat=True))
    became = []
    for number in numbers[:most]:
        with suppress(NotHandled):
            became.append(replay(number, origin=origin).state)
    stay = became.count(ReceivedState.QUARANTINED)
    return CarriedOut(len(became) - stay, stay, max(len(numbers) - most, 0))


@transaction.atomic
def set_aside(received_id: int, reason: str, *, origin: Origin) -> Received:
    """Leave the message for good, with a reason in words."""
    received = _in_quarantine(received_id)
    if not reason.strip():
        raise NotHandled("Say why this message is set aside.")
    received.state, received.settled_at, received.settled_by = ReceivedState.SET_ASIDE, origin.at, origin.by
    received.detail = reason
    received.save()
    _write(received, Handling.Act.SET_ASIDE, reason, origin)
    return received


def _in_quarantine(received_id: int) -> Received:
    """The message, locked: who comes second finds what the first made of it."""
    received = Received.objects.select_for_update().get(pk=received_id)
    if received.state != ReceivedState.QUARANTINED:
        raise NotHandled(f"This message is no longer in quarantine: it is {received.state}.")
    return received


def _replayed(received: Received, act: Handling.Act, text: str, origin: Origin) -> Received:
    settle(received, APPLY[received.source], origin=origin)
    _write(received, act, text, origin)
    return received


def _write(received: Received, act: Handling.Act, text: str, origin: Origin) -> None:
    Handling.objects.create(
        received=received,
        act=act,
        text=text,
        became=received.state,
        reason=received.reason,
        handled_at=origin.at,
        handled_by=origin.by,
    )
