"""Registers about one client, told in a line or two, and what the reference makes of them."""

from typing import Any

from tests.rules.cases import day, opt
from tests.rules.reference import Activity, Assignment, Consent, Register, rights_on

Line = Assignment | Consent | Activity
LATER = "2030-01-01"


def owned(since: str, until: str | None = None, *, service: str = "TIBB4", unit: str = "OE101") -> Assignment:
    """An assignment of the client."""
    return Assignment("A", "K1", unit, service, day(since), opt(until))


def consent(
    completed: str | None,
    *,
    granted: str | None = None,
    withdrawn: str | None = None,
    route: str = "form",
    told: bool = True,
    unit: str = "OE101",
) -> Consent:
    """A consent of the client."""
    return Consent("C", "K1", unit, route, opt(completed), opt(granted), told, opt(withdrawn))


def activity(
    started: str | None,
    closed: str | None = None,
    *,
    requested: str | None = None,
    cancelled: str | None = None,
    kind: str = "training",
) -> Activity:
    """An activity that OE101 executes."""
    return Activity("X", "K1", "OE101", kind, opt(requested), opt(started), opt(closed), opt(cancelled))


def rights(*lines: Line, on: str = LATER, died: str | None = None) -> list[dict[str, Any]]:
    """What the reference prints for a register of these lines about one client."""
    return rights_on(register_of(*lines, died=died), day(on))


def right(*lines: Line, on: str = LATER, died: str | None = None) -> dict[str, Any]:
    """The only right of these lines."""
    (only,) = rights(*lines, on=on, died=died)
    return only


def register_of(*lines: Line, died: str | None = None) -> Register:
    """A register of these lines about one client, and two units."""
    return Register(
        units=["OE101", "OE102"],
        tendered={"TIBB4", "WIJ3"},
        not_tendered={"VRIJ"},
        clients={"K1": opt(died)},
        assignments=[line for line in lines if isinstance(line, Assignment)],
        consents=[line for line in lines if isinstance(line, Consent)],
        activities=[line for line in lines if isinstance(line, Activity)],
    )


def ended(of: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """By which rule, counted from which event, with which last day."""
    return of["rule"], of["anchor"] and of["anchor"]["event"], of["last_day"]
