"""One line of each register file, checked; absent is None or empty. Days are calendar days in Brussels."""

from datetime import date
from typing import NamedTuple


class PartnerLine(NamedTuple):
    """A unit (OE) of a partner, with the enterprise (KBO) it belongs to."""

    oe_number: str
    name: str
    kbo_number: str
    kind: str
    email: str


class ServiceLine(NamedTuple):
    """A service; only a tendered one makes an owner (S02)."""

    code: str
    name: str
    tendered: bool


class ClientLine(NamedTuple):
    """A job-seeker."""

    client_number: str
    insz: str
    family_name: str
    given_name: str
    nis_code: str
    deceased_on: date | None


class AssignmentLine(NamedTuple):
    """A client assigned to a unit under a service; `ended_on` is the first day without."""

    assignment_id: str
    client_number: str
    oe_number: str
    service: str
    assigned_on: date
    ended_on: date | None
    end_reason: str


class ConsentLine(NamedTuple):
    """A client's consent for a unit; `withdrawn_on` is the first day on which it no longer counts."""

    consent_id: str
    client_number: str
    oe_number: str
    purpose: str
    route: str
    completed_on: date | None
    granted_on: date | None
    informed_of_actiris: bool
    withdrawn_on: date | None


class ActivityLine(NamedTuple):
    """An activity in Stappen naar werk; the unit is its executor."""

    activity_id: str
    client_number: str
    oe_number: str
    kind: str
    title: str
    course_number: str
    outsourcing_number: str
    requested_on: date | None
    started_on: date | None
    closed_on: date | None
    cancelled_on: date | None


class Bundle(NamedTuple):
    """All lines about one client. `client` is absent where the files add to a client that the register has.

    `digest` (32 bytes) is the same for the same lines: told again, they change nothing.
    """

    client_number: str
    client: ClientLine | None
    assignments: tuple[AssignmentLine, ...]
    consents: tuple[ConsentLine, ...]
    activities: tuple[ActivityLine, ...]
    digest: bytes
