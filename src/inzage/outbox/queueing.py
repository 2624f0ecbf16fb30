"""Putting a message in the queue, in the transaction that causes it: both are kept, or neither."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Max

from inzage.outbox.events import written
from inzage.outbox.models import Delivery


def queue(
    destination: str, *, stream: str, kind: str, data: Mapping[str, Any], at: datetime
) -> Delivery | None:
    """Queue an event of type `kind` as the next of its stream; none where the destination is switched off.

    The stream is the reference of a dossier, whose lock the caller holds: so no two get one place.
    """
    if destination in settings.NOT_TOLD:
        return None
    of_stream = Delivery.objects.filter(destination=destination, stream=stream)
    sequence = (of_stream.aggregate(last=Max("sequence"))["last"] or 0) + 1
    event_id = uuid4()
    body = written(
        event_id, kind, source=settings.EVENT_SOURCE, stream=stream, sequence=sequence, at=at, data=data
    )
    return Delivery.objects.create(
        destination=destination,
        stream=stream,
        sequence=sequence,
        event_id=event_id,
        kind=kind,
        body=body,
        created_at=at,
        due_at=at,
    )
