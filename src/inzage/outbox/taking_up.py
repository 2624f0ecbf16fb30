"""What a desk does about messages that don't go by themselves: send a parked one again, resume a destination."""

import structlog
from django.db import transaction

from inzage.journal.models import Origin
from inzage.outbox.marking import make_due
from inzage.outbox.models import Delivery, DeliveryState, Destination

log = structlog.get_logger()


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
