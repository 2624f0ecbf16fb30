"""A made-up history: clients are assigned, follow a training, move, consent to one more partner. Five events each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from inzage_simulators.vdab_storing import Kept

EVENTS_EACH = 5


def make_up(kept: Kept, numbers: range, units: Sequence[str], service: str, today: date) -> None:
    """Let it happen to the clients with these numbers, at the first two of these units."""
    own, other = units[:2]

    def ago(days: int) -> str:
        return str(today - timedelta(days=days))

    for number in numbers:
        client, line = f"V{number:06}", {"activity_id": f"VL{number:06}"}
        for kind, data in (
            ("assignments.assigned", _assignment(number, own, service, ago(60))),
            ("activities.registered", {**line, "oe_number": own, "kind": "training", "started_on": ago(40)}),
            ("clients.moved", {"nis_code": "21004", "lives_from": ago(30)}),
            ("consents.recorded", _consent(number, other, ago(20))),
            ("activities.changed", {**line, "closed_on": ago(10), "title": "Lassen"}),
        ):
            kept.tell(kind, {"client_number": client, **data})


def _assignment(number: int, unit: str, service: str, day: str) -> dict[str, Any]:
    who = {
        "insz": insz(number),
        "family_name": "Verzonnen",
        "given_name": f"Klant {number}",
        "nis_code": "11002",
    }
    return {
        "assignment_id": f"VA{number:06}",
        "oe_number": unit,
        "service": service,
        "assigned_on": day,
        "client": who,
    }


def _consent(number: int, unit: str, day: str) -> dict[str, Any]:
    return {"consent_id": f"VC{number:06}", "oe_number": unit, "purpose": "training", "completed_on": day}


def insz(number: int) -> str:
    """An INSZ number that is right in form and belongs to nobody (day counter 999)."""
    body = f"{40 + number // 336 % 60}{number // 28 % 12 + 1:02}{number % 28 + 1:02}999"
    return f"{body}{97 - int(body) % 97:02}"
