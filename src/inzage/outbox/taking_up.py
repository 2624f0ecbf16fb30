"""What a desk does about messages that don't go by themselves: send a parked one again, resume a destination."""

from typing import NamedTuple

import structlog
from django.db import transaction

from inzage.journal.models import Origin
from inzage.outbox.marking import make_due
from inzage.outbox.models import Delivery, DeliveryState, Destination

log = structlog.get_logger()
AT_ONCE = 100
"""How many parked messages go again at most in one go: a person waits for it."""


class NotTakenUp(Exception):
    """The message waits already, or the destination is not stopped; the text says what is the case."""


@transaction.atomic
def replay(delivery_id: int, *, origin: Origin) -> Delivery:
    """A parked message, or one that the other side turns out not to have, goes again under the same id.

    Its stream goes on after it. NotTakenUp while it waits for its turn anyway.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.state == DeliveryState.WAITING:
        raise NotTakenUp("This message waits for its turn already: it is sent by itself.")
    return _again(delivery, origin)


class GoneAgain(NamedTuple):
    """How many messages go again, and how many are still parked."""

    done: int
    parked: int


def replay_all(destination: str, *, origin: Origin, most: int = AT_ONCE) -> GoneAgain:
    """The parked messages of a destination go again, the oldest first, so many at most, each a transaction by itself.

    What another does meanwhile is passed over.
    """
    parked = Delivery.objects.filter(destination=destination, state=DeliveryState.PARKED)
    done = 0
    for number in list(parked.order_by("created_at", "pk").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            delivery = parked.select_for_update().filter(pk=number).first()
            done += delivery is not None and bool(_again(delivery, origin))
    return GoneAgain(done, parked.count())


def _again(delivery: Delivery, origin: Origin) -> Delivery:
    delivery.state, delivery.attempts, delivery.due_at = DeliveryState.WAITING, 0, origin.at
    delivery.delivered_at = None
    delivery.save(update_fields=["state", "attempts", "due_at", "delivered_at"])
    stream = Delivery.objects.filter(destination=delivery.destination, stream=delivery.stream)
    after = stream.filter(state=DeliveryState.WAITING, sequence__gt=delivery.sequence)
    after.update(due_at=origin.at)
    log.info("message replayed", message=str(delivery.event_id), by=origin.by)
    return delivery


@transaction.atomic
def resume(destination: str, *, origin: Origin) -> Destination:
    """Send to a destination again that wanted no more (410). NotTakenUp where it isn't stopped."""
    here = Destination.objects.select_for_update().get(name=destination)
    if here.stopped_at is None:
        raise NotTakenUp(f"{destination} is not stopped: messages go to it.")
    here.stopped_at, here.stopped_because, here.paused_until = None, "", None
    here.save()
    make_due(destination, origin.at)
    log.info("destination resumed", destination=destination, by=origin.by)
    return here
