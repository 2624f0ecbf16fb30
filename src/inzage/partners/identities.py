"""Who somebody is and for whom he or she comes, as an identity provider says it at one sign-in (decision 0040).

What the pages and the adapter say to each other, who don't know one another.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from inzage.partners.models import Person


class Doubt(StrEnum):
    """Why an answer of the provider is not believed, or not enough."""

    NOT_OURS = "not_ours"
    """What came back does not belong to a sign-in that was begun here, or was tampered with."""
    TOO_WEAK = "too_weak"
    """The means of signing in is below the level that is asked."""
    REFUSED = "refused"
    """The provider itself says no, or the person broke off."""
    AWAY = "away"
    """The provider can't be reached, or answers what can't be used."""


class NotBelieved(Exception):
    """Nobody is signed in by this; `problem` is for the log, and repeats nothing of a person."""

    def __init__(self, doubt: Doubt, problem: str) -> None:
        super().__init__(f"{doubt}: {problem}")
        self.doubt, self.problem = doubt, problem


class Organisation(NamedTuple):
    """The organisation of one sign-in, by the code the provider has for it: KBO, school number or OVO code."""

    code: str
    name: str


class Identity(NamedTuple):
    """What one sign-in says. `subject` is unique within `issuer`; `session_id` names the session there, if it has one.

    `role` is what the provider gives for this organisation. `at_home`: it is VDAB itself. `insz` is a citizen's.
    """

    issuer: str
    subject: str
    session_id: str
    name: str
    role: Person.Role | None
    organisation: Organisation | None
    at_home: bool
    insz: str

    @property
    def is_citizen(self) -> bool:
        """Somebody who comes for nobody else."""
        return self.role == Person.Role.CLIENT


class Begun(NamedTuple):
    """A sign-in that was begun: where the browser goes, and what is kept here until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


class SignOut(NamedTuple):
    """The provider says that sessions have ended: those of `session_id`, or, where it is empty, all of `subject`."""

    issuer: str
    subject: str
    session_id: str
    token_id: str
    at: datetime


class Provider(Protocol):
    """The identity provider, as the pages use it. Every method may raise NotBelieved."""

    def begin(self, back_to: str, *, at: datetime) -> Begun:
        """Begin a sign-in that comes back to that address of ours."""
        ...

    def finish(self, answer: Mapping[str, str], begun: Begun, back_to: str, *, at: datetime) -> Identity:
        """Who came back, by the parameters with which the browser did."""
        ...

    def sign_out_address(self, back_to: str, *, at: datetime) -> str | None:
        """Where the browser goes to sign out there as well; None where the provider has no such page."""
        ...

    def told_to_sign_out(self, token: str, *, at: datetime) -> SignOut:
        """Whose sessions end, by a logout token."""
        ...
