"""Events as they travel: CloudEvents 1.0, structured mode, after the Belgian government's profile (decision 0023)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cloudevents.core.bindings.http import to_structured_event
from cloudevents.core.v1.event import CloudEvent

CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8"


def service_of(kind: str) -> str:
    """The service that a type belongs to: `be.inzage.activities.v1` of `be.inzage.activities.v1.activities....`."""
    parts = kind.split(".")
    version = next(place for place, part in enumerate(parts) if part[:1] == "v" and part[1:].isdigit())
    return ".".join(parts[: version + 1])


def written(
    event_id: UUID,
    kind: str,
    *,
    source: str,
    stream: str,
    sequence: int,
    at: datetime,
    data: Mapping[str, Any],
) -> str:
    """The event as JSON. `at` is the moment the change was recorded.

    Attributes end up in logs: nothing personal in them. The stream is an opaque reference.
    """
    attributes = {
        "id": str(event_id),
        "source": source,
        "type": kind,
        "service": service_of(kind),
        "time": at,
        "datacontenttype": "application/json",
        "partitionkey": stream,
        "sequence": f"{sequence:020}",
    }
    body = to_structured_event(CloudEvent(attributes, dict(data))).body
    return body.decode()
