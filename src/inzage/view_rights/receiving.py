"""What came into the inbox is carried out: a message and what becomes of it are one transaction (S14, S02)."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

from inzage.dossiers.models import Activity, Dossier
from inzage.inbox.models import Received, ReceivedState
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn
from inzage.view_rights.assigning import NotAssigned
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.registering import NotRegistered

log = structlog.get_logger()


class NotTaken(Exception):
    """The message can't be taken: a reason as a code, and for a person what was found and what was expected."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class Taken(NamedTuple):
    """What a message led to. One that a later revision overtook leads to nothing any more."""

    dossier: Dossier | None = None
    activity: Activity | None = None
    overtaken: bool = False


Apply = Callable[[Received, Origin], Taken]
"""Carries out one message by the use cases; raises NotTaken, or what a use case raises where it refuses."""


def apply_waiting(source: str, apply: Apply, *, clock: Callable[[], datetime], most: int = 1000) -> int:
    """Carry out what waits from `source`, the oldest first; returns how many were settled, one way or the other.

    Several workers share the work on PostgreSQL. Killed at any moment, it goes on where it was.
    """
    settled = 0
    while settled < most and apply_next(source, apply, at=clock()):
        settled += 1
    return settled


@transaction.atomic
def apply_next(source: str, apply: Apply, *, at: datetime) -> bool:
    """Carry out the oldest message that nobody is busy with; returns whether there was one."""
    received = waiting(source).first()
    if received is None:
        return False
    settle(received, apply, origin=Origin(f"adapter:{source}", at, source))
    return True


def waiting(source: str) -> QuerySet[Received]:
    """What waits and nobody is busy with, the oldest first: locked as it is read."""
    waiting = Received.objects.filter(source=source, state=ReceivedState.WAITING).order_by("pk")
    return waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


def settle(received: Received, apply: Apply, *, origin: Origin) -> Received:
    """Carry out one message, locked already; one that can't be taken does nothing, and goes in quarantine.

    The turn is taken before what may be undone: what is undone gives back the turns taken in it, and a later revision
    must see what became of this one, in quarantine too.
    """
    take_turn(f"{received.source}:{received.message_id}")
    try:
        with transaction.atomic():
            taken = apply(received, origin)
    except NotTaken as why:
        return _quarantine(received, why.reason, why.detail, origin)
    except (NotAssigned, NotRegistered) as why:
        return _quarantine(received, "refused", str(why), origin)
    except NotGranted as why:
        return _quarantine(received, str(why.refusal), f"The rules grant nothing: {why.refusal}.", origin)
    except (OperationalError, InterfaceError):
        raise  # not the message's fault: it is tried again
    except Exception as error:  # whatever one message does, the others go on
        log.exception("a message can't be taken", source=received.source, received=received.pk)
        return _quarantine(received, "unexpected", f"{type(error).__name__}: look in the log.", origin)
    received.dossier, received.activity = taken.dossier, taken.activity
    received.reason = received.detail = ""
    return _settled(received, ReceivedState.OVERTAKEN if taken.overtaken else ReceivedState.APPLIED, origin)


def _quarantine(received: Received, reason: str, detail: str, origin: Origin) -> Received:
    received.reason, received.detail = reason, detail
    return _settled(received, ReceivedState.QUARANTINED, origin)


def _settled(received: Received, state: ReceivedState, origin: Origin) -> Received:
    received.state, received.settled_at, received.settled_by = state, origin.at, origin.by
    received.save()
    return received
