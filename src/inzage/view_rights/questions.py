"""What is asked about dossiers, and the verdict, in the register's own words (S01)."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from inzage.rules.names import Part
from inzage.rules.viewing import YES, Reason, Verb


class Subject(StrEnum):
    """Who may be asked about."""

    PARTNER_USER = "partner-user"
    MEDIATOR = "mediator"
    CLIENT = "client"


class Asked(NamedTuple):
    """May this somebody do this in this part of that dossier?

    `name` is the subject of the sign-in, for a client the client number. `issuer` may be empty where only one issuer
    knows that subject. A partner's user acts for `unit` (an OE number). `dossier` is None for what can't be one.
    """

    kind: Subject
    name: str
    issuer: str
    unit: str
    dossier: UUID | None
    verb: Verb
    part: Part
    stated_reason: str = ""


class When(NamedTuple):
    """The day of the decision; with `moment`, it is asked about that moment, as far as is known now."""

    on: date
    moment: datetime | None = None


class RightRow(NamedTuple):
    """What a decision reads of a right: whether it stands, until when, by which rule, counted from which event.

    `ends_by` is why it ends after its last day; the rule says so where that is its term. `held` is why it waits for a
    person at its end, which the rules gave as `proposed_last_day`.
    """

    stands: bool
    id: int
    granted_on: date
    last_day: date | None
    closed_on: date | None
    rule: str
    rule_version: str
    rule_status: str
    anchor_event: str
    anchor_on: date | None
    ends_by: str
    held: str
    proposed_last_day: date | None


class Verdict(NamedTuple):
    """The reason, and what it rests on: the ids of person and dossier where they are known, the right.

    `role` is that of VDAB's own people.
    """

    reason: Reason
    person: int | None = None
    dossier: int | None = None
    right: RightRow | None = None
    role: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it is a yes."""
        return self.reason in YES
