"""The demo's first day between institutions: what a promoter and VDAB did, and what became of it here."""

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx2
from django.db import connection

from inzage.dossiers.models import Client, Dossier
from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.partners.models import Unit
from inzage.portal.demo_people import COUNSELLORS
from inzage.rules.brussels import municipalities

PATIENCE = 30
"""Seconds after which it is said how far things are."""
MESSAGES = 4


def show_the_path(addresses: dict[str, str], today: date, newcomer: str, say: Callable[[str], None]) -> None:
    """Let it happen over HTTP, once; wait until it is worked out; say what became of it.

    `newcomer` is an INSZ number that nobody in the region has.
    """
    try:
        if Received.objects.exists():
            return
        unit = Unit.objects.filter(people__subject=COUNSELLORS[0][0]).order_by("pk")[0]
        lines = [json.dumps(request) for request in _requests(unit, newcomer, today)]
        _post(f"{addresses['ibis']}/control/training-requests", content="\n".join(lines))
        _post(f"{addresses['vdab']}/control/tell", json=[_assignment(unit, today)])
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not _is_worked_out():
            time.sleep(0.2)
        for line in _became():
            say(line)
    finally:
        connection.close()


def _post(address: str, **what: Any) -> None:
    httpx2.post(address, **what, trust_env=False).raise_for_status()


def _requests(unit: Unit, youngster: str, today: date) -> list[dict[str, Any]]:
    """For a client of the unit in Brussels, for a youngster under PRJLEW, and one with a reference cut short."""
    in_brussels = Client.objects.filter(nis_code__in=municipalities(), deceased_on=None)
    client = in_brussels.filter(dossier__viewright__unit=unit, dossier__viewright__closed_on=None)[0]
    known = {"insz": client.insz, "family_name": client.family_name, "given_name": client.given_name}
    new = {"insz": youngster, "family_name": "Verzonnen", "given_name": "Noor", "nis_code": "21004"}
    rows = (
        (known, f"A1B2C/0012345/{unit.oe_number}", "Lassen voor beginners"),
        (new, f"prjlew / 0012345 / {unit.oe_number}", ""),
        (known, f"A1B2C/12345/{unit.oe_number}", "Nederlands op de werkvloer"),
    )
    return [
        {
            "id": f"OA{number:06}",
            "revision": 1,
            "status": "registered",
            "registered_on": str(today),
            "client": who,
            "remark": remark,
            "title": title,
        }
        for number, (who, remark, title) in enumerate(rows, start=1)
    ]


def _assignment(unit: Unit, today: date) -> dict[str, Any]:
    """VDAB assigns a client who is nobody's."""
    client = Dossier.objects.filter(assignment=None, client__deceased_on=None).order_by("pk")[0].client
    who = ("insz", "family_name", "given_name", "nis_code")
    data = {
        "assignment_id": "DEMO-1",
        "client_number": client.client_number,
        "oe_number": unit.oe_number,
        "service": "TIBB4",
        "assigned_on": str(today),
        "client": {name: getattr(client, name) for name in who},
    }
    return {"kind": "assignments.assigned", "data": data}


def _is_worked_out() -> bool:
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    return Received.objects.exclude(state=ReceivedState.WAITING).count() == MESSAGES and not waiting.exists()


def _became() -> list[str]:
    """In sentences."""
    came = Received.objects.all()
    lines = came.filter(source="ibis", state=ReceivedState.APPLIED).count()
    stuck = came.filter(source="ibis", state=ReceivedState.QUARANTINED).count()
    assigned = came.filter(source="vdab", state=ReceivedState.APPLIED).count()
    heard = Delivery.objects.filter(state=DeliveryState.DELIVERED).count()
    return [
        "\nBetween institutions, over HTTP, just now:",
        f"  IBIS, training requests registered: {lines} became lines in aanvraag, {stuck} in quarantine.",
        f"  VDAB, job-seekers assigned: {assigned}; the view right opened with nobody in between.",
        f"  Actiris, changes of activities heard of: {heard}.",
    ]
