"""The register as a provider, asked in the test's own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync, sync_to_async

from inzage.access_log.models import Decided, DecisionRecord
from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.authzen.provider import Call, Caller, Decision, Found, Given, Page
from inzage.decision_api.models import Caller as CallerRow
from inzage.decision_api.models import CallerUnit
from inzage.decision_api.register.ledger import RegisterLedger
from inzage.decision_api.register.policy import AUDIT, RegisterPolicy
from inzage.decision_api.register.refusing import NextSteps
from inzage.decision_api.register.storage import DECIDED, RECORD
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit
from inzage.view_rights import deciding
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row


class Direct:
    """The ORM in the test's own thread, so in its transaction, while the loop runs in another."""

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """The rows of each."""
        return await sync_to_async(deciding.ask)(statements)

    async def keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        """Adds them."""
        await sync_to_async(self._keep)(records, decided)

    def _keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        DecisionRecord.objects.bulk_create(DecisionRecord(**dict(zip(RECORD, row))) for row in records)
        Decided.objects.bulk_create(Decided(**dict(zip(DECIDED, row))) for row in decided)


def counsellor(person: Person | str, unit: Unit | str, **more: Any) -> Entity:
    """Somebody of a partner, who acts for a unit."""
    number = unit if isinstance(unit, str) else unit.oe_number
    name = person if isinstance(person, str) else person.subject
    return Entity("partner-user", name, {"unit": number, **more})


def mediator(person: Person | str) -> Entity:
    """Somebody of VDAB."""
    return Entity("mediator", person if isinstance(person, str) else person.subject, {})


def client(number: str) -> Entity:
    """A client."""
    return Entity("client", number, {})


def of(dossier: Dossier | UUID | str, **properties: Any) -> Entity:
    """A dossier, or a part of it."""
    reference = dossier.reference if isinstance(dossier, Dossier) else dossier
    return Entity("dossier", str(reference), properties)


class Point:
    """A decision point in front of a world, asked by one caller at moments that the test names."""

    def __init__(self, caller: str = "mlp", *, audit: bool = False) -> None:
        self.caller = Caller(caller, frozenset({AUDIT} if audit else ()))
        self.policy = RegisterPolicy(Direct(), NextSteps(Direct(), portal="https://inzage.example"))
        self.ledger = RegisterLedger(Direct())

    def call(self, at: datetime, kind: Kind = Kind.EVALUATION) -> Call:
        """A call by the caller at that moment."""
        return Call(self.caller, kind, at, "")

    def decide(
        self, subject: Entity, resource: Entity, at: datetime, action: str = "view", **context: Any
    ) -> Decision:
        """One decision."""
        return self.decide_all([Question(subject, Action(action, {}), resource, context)], at)[0]

    def decide_all(self, questions: Sequence[Question], at: datetime) -> Sequence[Decision]:
        """Several in one call."""
        return async_to_sync(self._decided)(questions, at)

    async def _decided(self, questions: Sequence[Question], at: datetime) -> Sequence[Decision]:
        return await self.policy.decide(questions, self.call(at))

    def reason(
        self, subject: Entity, resource: Entity, at: datetime, action: str = "view", **context: Any
    ) -> str:
        """The reason code of a decision."""
        decision = self.decide(subject, resource, at, action, **context)
        assert decision.context is not None
        return str(decision.context["reason"])

    def find(self, kind: Kind, question: Question, at: datetime, *, limit: int = 50) -> list[Entity | Action]:
        """All that a search finds, page after page."""
        found: list[Entity | Action] = []
        key = ""
        while True:
            page = async_to_sync(self._found)(kind, question, Page(limit, key), at)
            assert len(page.results) <= limit
            found += page.results
            key = page.next_key
            if not key:
                return found

    def page(self, kind: Kind, question: Question, at: datetime) -> Found:
        """The first page of a search."""
        return async_to_sync(self._found)(kind, question, Page(50), at)

    async def _found(self, kind: Kind, question: Question, page: Page, at: datetime) -> Found:
        return await self.policy.search(question, page, self.call(at, kind))

    def keep(self, given: Given) -> DecisionRecord:
        """Put an answer on record, and read it back."""
        async_to_sync(self._kept)(given)
        return DecisionRecord.objects.latest("pk")

    async def _kept(self, given: Given) -> None:
        await self.ledger.keep(given)


def may_ask(name: str = "mlp", *units: Unit, parts: Sequence[str] = ("general", "steps")) -> CallerRow:
    """A caller that may ask about these units, or about all where none is named."""
    flags = dict.fromkeys(parts, True)
    caller = CallerRow.objects.create(client_id=name, name=name, all_units=not units, **flags)
    CallerUnit.objects.bulk_create(CallerUnit(caller=caller, unit=unit) for unit in units)
    return caller
