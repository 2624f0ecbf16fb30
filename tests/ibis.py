"""What IBIS would say: made-up training requests, kept and carried out as the worker does it."""

import json
from typing import Any

from inzage.adapters.ibis.wording import message_of, read
from inzage.dossiers.models import Dossier
from inzage.inbox.keeping import keep
from inzage.inbox.models import Received
from inzage.view_rights.receiving import apply_waiting
from inzage.view_rights.training_requests import applying
from tests.world import insz, noon

REGISTERED = "2026-03-02"


def a_request(number: str = "R1", **said: Any) -> dict[str, Any]:
    """A training request for Piet at Spoor, registered on REGISTERED; what `said` gives is said instead."""
    client = {"insz": insz(1), "family_name": "Verzonnen", "given_name": "Piet", "nis_code": "21004"}
    return {
        "id": number,
        "revision": 1,
        "status": "registered",
        "registered_on": REGISTERED,
        "client": client | said.pop("client", {}),
        "remark": "A1B2C/0012345/OE1",
        "title": "Lassen",
        **said,
    }


def a_youngster(number: str = "R1", *, insz_of: int = 40, **said: Any) -> dict[str, Any]:
    """A request under PRJLEW for somebody whom the register doesn't know."""
    client = {"insz": insz(insz_of), "family_name": "Bedacht", "given_name": "Noor"}
    return a_request(number, **{"client": client, "remark": "PRJLEW/0012345/OE1", "title": "", **said})


def come_in(*records: dict[str, Any] | str, on: str = REGISTERED) -> list[Received]:
    """Keep these in this order on that day, and carry out what waits; returns what became of all that came."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    keep("ibis", map(message_of, lines), at=noon(on))
    apply_waiting("ibis", applying(read), clock=lambda: noon(on))
    return list(Received.objects.order_by("pk"))


def lines_of(dossier: Dossier) -> list[tuple[str, ...]]:
    """The lines of a dossier: number, kind, executor, course, and state on a day long after."""
    return [
        (
            line.source_id or "",
            line.kind,
            line.unit.oe_number,
            line.course_number,
            str(line.state_on(noon("2030-01-01").date())),
        )
        for line in dossier.activity_set.order_by("pk")
    ]
