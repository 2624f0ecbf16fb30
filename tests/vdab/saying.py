"""What VDAB says in the tests: events about Piet (K1) and Spoor unless a test says otherwise, and their signatures."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from standardwebhooks import Webhook

from inzage.adapters.vdab.wire import apply_waiting
from inzage.adapters.vdab.wording import message_of
from inzage.inbox.keeping import keep
from inzage.inbox.models import Received
from tests.simulated import SECRET
from tests.world import insz, noon

KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
SOURCE = "urn:be.vdab:mijnloopbaan"
Event = dict[str, Any]


def event(kind: str, version: int, /, **data: Any) -> Event:
    """An event of a kind such as `assignments.assigned`, with its data."""
    thing, happened = kind.split(".")
    service = f"be.vdab.{thing}.v1"
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": SOURCE,
        "type": f"{service}.{thing}.notify.{happened}",
        "service": service,
        "time": "2025-03-01T10:00:00Z",
        "datacontenttype": "application/json",
        "data": {"client_number": "K1", "version": version, **data},
    }


def client(number: int, **data: Any) -> Event:
    """Who client number K... is."""
    return {
        "insz": insz(number),
        "family_name": "Verzonnen",
        "given_name": "Nieuw",
        "nis_code": "11002",
        **data,
    }


def assigned(on: str, version: int = 1, **data: Any) -> Event:
    """A1: to Spoor under TIBB4 from that day; `ended_on` makes it the end."""
    told = {"assignment_id": "A1", "oe_number": "OE1", "service": "TIBB4", "assigned_on": on, **data}
    number = int(told.get("client_number", "K1")[1:])
    kind = "ended" if told.get("ended_on") else "assigned"
    return event(f"assignments.{kind}", version, **{"client": client(number), **told})


def ended(assigned_on: str, on: str, version: int = 2, **data: Any) -> Event:
    """The end of A1."""
    return assigned(assigned_on, version, **{"ended_on": on, "end_reason": "traject afgerond", **data})


def consented(on: str, version: int = 1, **data: Any) -> Event:
    """C1: consent to guidance by Spoor."""
    told = {"consent_id": "C1", "oe_number": "OE1", "purpose": "guidance", "completed_on": on, **data}
    return event("consents.recorded", version, **told)


def activity(version: int = 1, **data: Any) -> Event:
    """L1: a training at Spoor."""
    told = {"activity_id": "L1", "oe_number": "OE1", "kind": "training", "title": "Lassen", **data}
    return event("activities.registered" if version == 1 else "activities.changed", version, **told)


def moved(nis_code: str, lives_from: str, version: int = 1, **data: Any) -> Event:
    """A move."""
    return event("clients.moved", version, nis_code=nis_code, lives_from=lives_from, **data)


def died(on: str, version: int = 1, **data: Any) -> Event:
    """A death."""
    return event("clients.died", version, deceased_on=on, **data)


def headers(body: bytes, at: datetime, *, secret: str = SECRET, message_id: str = "m1") -> dict[str, str]:
    """The headers that sign a body at that moment, as the library of Standard Webhooks makes them."""
    signature = Webhook(secret).sign(message_id, at.astimezone(UTC), body.decode())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


def bytes_of(said: Event) -> bytes:
    """As it travels."""
    return json.dumps(said).encode()


def tell(*said: Event, on: str = "2025-03-01") -> None:
    """Keep these events at noon of that day, in this order, and carry out what waits."""
    for each in said:
        keep("vdab", [message_of(json.dumps(each))], at=noon(on))
        apply_waiting(lambda: noon(on))


def became(said: Event) -> tuple[str, str]:
    """What became of an event, and the reason."""
    received = Received.objects.get(message_id=f"{SOURCE} {said['id']}")
    return received.state, received.reason
