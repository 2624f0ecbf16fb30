"""What stands behind the AuthZEN layer: a policy that decides, a record that is kept, a gate that lets callers in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question


class Caller(NamedTuple):
    """The system that asks (the PEP): its name on record, and the scopes of its token."""

    name: str
    scopes: frozenset[str]


class Call(NamedTuple):
    """One request: by whom, of which kind, and at which moment (aware) it is judged. `request_id` is the caller's."""

    caller: Caller
    kind: Kind
    at: datetime
    request_id: str


class Decision(NamedTuple):
    """Yes or no with its `context` as it is sent.

    A yes holds before the moment `holds_until`, where that is given: past it, the layer asks again instead of
    sending it. `rests_on` is the provider's own, for the record; it is not sent.
    """

    decision: bool
    context: Mapping[str, Any] | None = None
    holds_until: datetime | None = None
    rests_on: Any = None


class Found(NamedTuple):
    """One page of a search: the entities, and the provider's key to go on after it, empty on the last page.

    All of them hold before the moment `holds_until`, where that is given.
    """

    results: Sequence[Entity | Action]
    next_key: str = ""
    rests_on: Any = None
    holds_until: datetime | None = None


class Page(NamedTuple):
    """Which page is wanted: at most `limit` results after `key` (empty: from the start)."""

    limit: int
    key: str = ""


class Provider(Protocol):
    """A policy. Everything it is asked is well-formed; what it doesn't know is a no, or nothing found."""

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        """A decision for each question, in their order."""
        ...

    async def search(self, question: Question, page: Page, call: Call) -> Found:
        """What `call.kind` seeks: those for which `decide` says yes."""
        ...


class Given(NamedTuple):
    """An answer about to be given: the request as it came, and for each decision the question it answers.

    An item of `evaluations` that could not be read has no question. A search has `found` and its one question.
    """

    call: Call
    body: bytes
    answered: Sequence[tuple[Question | None, Decision]]
    found: Found | None = None


class NotKept(Exception):
    """The answer could not be put on record, or not decided at all: none is given (503)."""


class Ledger(Protocol):
    """Where answers are put on record before they are given."""

    async def keep(self, given: Given) -> None:
        """Return once it is durable; raise NotKept where it is not."""
        ...


class Refusal(Exception):
    """The caller gets no answer: an HTTP status with one line of text and headers (401, 403, 429)."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers or {}


class Gate(Protocol):
    """Who may ask, and how often."""

    async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:
        """The caller behind a request's headers (names in lower case); raise Refusal."""
        ...

    def charge(self, caller: Caller, kind: Kind, count: int) -> None:
        """Count `count` questions before they are decided; raise Refusal (429) when it is too many."""
        ...

    def denied(self, caller: Caller, count: int) -> None:
        """Count denials after they were decided; many of them make the next `charge` refuse."""
        ...
