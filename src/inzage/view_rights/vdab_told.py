"""What VDAB tells, as values: each event tells the whole state of one thing, and which version of it that is (S02)."""

from datetime import date
from typing import NamedTuple

from inzage.rules.names import Kind, Purpose
from inzage.rules.paths import EarlierStretch


class ClientTold(NamedTuple):
    """Who the client is: VDAB is the authority, so a client not yet known gets a dossier by it."""

    insz: str
    family_name: str
    given_name: str
    nis_code: str


class AssignmentTold(NamedTuple):
    """A job-seeker assigned to a unit under a service; `ended_on` is the first day without. Where unknown: `client`."""

    assignment_id: str
    oe_number: str
    service: str
    assigned_on: date
    ended_on: date | None
    end_reason: str
    contact: str
    client: ClientTold


class ConsentTold(NamedTuple):
    """A consent recorded at the mediator; `withdrawn_on` is the first day on which it no longer counts (S04)."""

    consent_id: str
    oe_number: str
    purpose: Purpose
    activity_title: str
    completed_on: date
    withdrawn_on: date | None


class ActivityTold(NamedTuple):
    """A line in Stappen naar werk with all its days, in the stretches in which it ran."""

    activity_id: str
    oe_number: str
    kind: Kind
    title: str
    course_number: str
    outsourcing_number: str
    requested_on: date | None
    started_on: date | None
    closed_on: date | None
    cancelled_on: date | None
    work_ended_on: date | None
    earlier: tuple[EarlierStretch, ...]


class MoveTold(NamedTuple):
    """The client lives in this municipality from a day on; no code takes the move of that day back."""

    nis_code: str
    lives_from: date


class DeathTold(NamedTuple):
    """The client died."""

    deceased_on: date


What = AssignmentTold | ConsentTold | ActivityTold | MoveTold | DeathTold


class Told(NamedTuple):
    """One event: which thing of VDAB's it is `about`, whose, which version of it, and what it is now."""

    about: str
    client_number: str
    version: int
    what: What
