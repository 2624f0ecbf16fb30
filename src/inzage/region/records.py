"""The lines of the register files. The names and the order of the fields are the columns of the register format."""

from datetime import date
from typing import NamedTuple


class Unit(NamedTuple):
    """A line of partners.csv."""

    oe_number: str
    name: str
    kbo_number: str
    kind: str
    email: str


class Service(NamedTuple):
    """A line of services.csv; `tendered` is yes or no."""

    code: str
    name: str
    tendered: str


class Client(NamedTuple):
    """A line of clients.csv."""

    client_number: str
    insz: str
    family_name: str
    given_name: str
    nis_code: str
    deceased_on: date | None


class Assignment(NamedTuple):
    """A line of assignments.csv; `ended_on` is the first day without."""

    assignment_id: str
    client_number: str
    oe_number: str
    service: str
    assigned_on: date
    ended_on: date | None
    end_reason: str


class Consent(NamedTuple):
    """A line of consents.csv; without `completed_on` the form is incomplete."""

    consent_id: str
    client_number: str
    oe_number: str
    purpose: str
    route: str
    completed_on: date | None
    granted_on: date | None
    informed_of_actiris: str
    withdrawn_on: date | None


class Activity(NamedTuple):
    """A line of activities.csv; the unit is the executor."""

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


class History(NamedTuple):
    """One client with everything that happened in the dossier."""

    client: Client
    assignments: list[Assignment]
    consents: list[Consent]
    activities: list[Activity]
