"""The register as a provider of decisions: what the AuthZEN layer asks, answered by the one predicate (S01)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from inzage.decision_api.authzen.entities import Kind, Question
from inzage.decision_api.authzen.provider import Call, Caller, Decision, Found, NotKept, Page
from inzage.decision_api.register.explaining import Explanations
from inzage.decision_api.register.judging import Docket, Judge
from inzage.decision_api.register.ledger import Basis
from inzage.decision_api.register.reading import moment_in, read
from inzage.decision_api.register.refusing import NextSteps
from inzage.decision_api.register.searching import Search
from inzage.decision_api.register.storage import AWAY, Database
from inzage.decision_api.register.wording import context_of, holds_until, moment_in_text
from inzage.rules.days import day_of
from inzage.rules.viewing import Reason
from inzage.view_rights.questions import Asked, Verdict, When

AUDIT = "inzage.audit"
"""The scope of callers that may see what a decision rests on, and ask about another moment."""
NOT_YET = Verdict(Reason.NO_RIGHT)
"""What a question is worth until it is judged: a no."""


class RegisterPolicy:
    """Decides for the AuthZEN layer."""

    def __init__(self, database: Database, next_steps: NextSteps, *, open_to: str = "") -> None:
        """The caller named `open_to` may ask about everything: the demo's."""
        self._judge, self._next_steps = Judge(database, open_to=open_to), next_steps
        self._search = Search(database, self._judge)
        self._explanations = Explanations(database)

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        """A decision for each question, in their order; NotKept where the database is away."""
        with _there():
            return await self._decided(questions, call)

    async def _decided(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        now, audit, at = When(day_of(call.at)), is_auditor(call.caller), moment_in_text(call.at)
        read_so = [_understood(question, now, audit=audit) for question in questions]
        verdicts = await self._verdicts(read_so, call)
        contexts = [context_of(verdict, at, audit=audit) for verdict in verdicts]
        after = await self._next_steps.after([asked for asked, _when in read_so], verdicts, call.at)
        for place, (dossier, said) in after.items():
            verdicts[place] = verdicts[place]._replace(dossier=dossier)
            contexts[place] |= said
        whens = [when for _asked, when in read_so]
        explained = await self._explanations.of(questions, verdicts, whens, now.on)
        for place, said in explained.items():
            contexts[place] |= said
        return [
            _decision(asked, verdict, when, context)
            for (asked, when), verdict, context in zip(read_so, verdicts, contexts, strict=True)
        ]

    async def _verdicts(self, read_so: Sequence[tuple[Asked | Reason, When]], call: Call) -> list[Verdict]:
        """What could not be understood is a no already; the rest is judged, moment by moment."""
        verdicts = [Verdict(asked) if isinstance(asked, Reason) else NOT_YET for asked, _when in read_so]
        for when in dict.fromkeys(when for asked, when in read_so if isinstance(asked, Asked)):
            places = [
                (place, asked)
                for place, (asked, about) in enumerate(read_so)
                if about == when and isinstance(asked, Asked)
            ]
            docket = Docket(call.caller.name, when, [asked for _place, asked in places])
            judged = await self._judge.verdicts(docket)
            for (place, _asked), verdict in zip(places, judged, strict=True):
                verdicts[place] = verdict
        return verdicts

    async def search(self, question: Question, page: Page, call: Call) -> Found:
        """What `call.kind` seeks: those for which `decide` says yes. NotKept where the database is away."""
        with _there():
            return await self._found(question, page, call)

    async def _found(self, question: Question, page: Page, call: Call) -> Found:
        when = _when(question, When(day_of(call.at)), audit=is_auditor(call.caller))
        if isinstance(when, Reason):
            return Found(())
        found = await self._sought(question, page, call, when)
        return found._replace(holds_until=holds_until(when))

    async def _sought(self, question: Question, page: Page, call: Call, when: When) -> Found:
        if call.kind is Kind.SUBJECTS:
            return await self._search.subjects(question, page, call.caller.name, when)
        if call.kind is Kind.RESOURCES:
            return await self._search.resources(question, page, call.caller.name, when)
        return await self._search.actions(question, call.caller.name, when)


@contextmanager
def _there() -> Iterator[None]:
    """That the database is away is no fault of ours: a line in the log for each call, and not where in the code."""
    try:
        yield
    except AWAY as error:
        raise NotKept(f"The database is away: {type(error).__name__}.") from error


def is_auditor(caller: Caller) -> bool:
    """Whether the caller has the audit scope."""
    return AUDIT in caller.scopes


def _understood(question: Question, now: When, *, audit: bool) -> tuple[Asked | Reason, When]:
    when = _when(question, now, audit=audit)
    return (when, now) if isinstance(when, Reason) else (read(question), when)


def _when(question: Question, now: When, *, audit: bool) -> When | Reason:
    """Now; for an auditor the moment in the context, where there is one."""
    if audit:
        try:
            moment = moment_in(question.context)
        except ValueError:
            return Reason.UNREADABLE_TIME
        if moment is not None:
            return When(day_of(moment), moment)
    return now


def _decision(asked: Asked | Reason, verdict: Verdict, when: When, context: Mapping[str, Any]) -> Decision:
    """As it is sent."""
    return Decision(
        verdict.allowed,
        context,
        holds_until(when),
        Basis(asked if isinstance(asked, Asked) else None, verdict, when.moment),
    )
