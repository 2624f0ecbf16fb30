"""Every answer on record before it is given; those that wait at one moment share one commit."""

import re
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from random import getrandbits
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from inzage import __version__
from inzage.decision_api.authzen.entities import Action, Question
from inzage.decision_api.authzen.provider import Decision, Given, NotKept
from inzage.decision_api.register.storage import UNFIT, Database
from inzage.decision_api.register.together import Together
from inzage.rule_books.in_force import known
from inzage.rules.days import day_of
from inzage.view_rights.prepared import Row
from inzage.view_rights.questions import Asked, Verdict

KEPT = ("reason", "last_day", "evaluation_id", "error")
"""What the record keeps of a context. The rest follows from that and from the decision's own row, and is left out."""
NOT_REPEATED = "the rest of each context follows from the decision's row and the moment"

TRACE = re.compile("(?!0{32})[0-9a-f]{32}")
"""A trace id (W3C Trace Context): all zeros is none."""


class Basis(NamedTuple):
    """What a decision rests on, as the record keeps it."""

    asked: Asked | None
    verdict: Verdict
    about: datetime | None = None


class RegisterLedger:
    """Writes records to the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = Together(self._keep, of_one=UNFIT, size=_size)

    async def keep(self, given: Given) -> None:
        """Return once the record is durable; raise NotKept."""
        identity = new_identity()
        try:
            await self._kept((record_of(given, identity), list(decided_in(given, identity))))
        except Exception as error:
            why = type(error.__cause__ or error).__name__
            raise NotKept(f"The decision could not be put on record: {why}.") from error

    async def _keep(self, answers: Sequence[tuple[Row, list[Row]]]) -> list[None]:
        decided = [row for _record, rows in answers for row in rows]
        await self._database.keep([record for record, _rows in answers], decided)
        return [None] * len(answers)


VERSION_AND_VARIANT, OF_VERSION_7 = 0xF << 76 | 0b11 << 62, 0x7 << 76 | 0b10 << 62


def _size(answer: tuple[Row, list[Row]]) -> int:
    return len(answer[1])


def new_identity() -> UUID:
    """A UUID of version 7 (RFC 9562): it grows with time, so that rows are added at the end of their index."""
    milliseconds, chance = time.time_ns() // 1_000_000, getrandbits(80)
    return UUID(int=(milliseconds << 80 | chance) & ~VERSION_AND_VARIANT | OF_VERSION_7)


def record_of(given: Given, identity: UUID) -> Row:
    """The row of the call, in the order of DecisionRecord's columns."""
    call = given.call
    return (
        identity,
        _trace_of(given) or identity.hex,
        identity.hex[16:],
        call.at,
        str(call.kind),
        call.caller.name,
        call.request_id[:200],
        given.body.decode("utf-8"),
        orjson.dumps(_response(given)).decode(),
        _rule_book(day_of(call.at).isoformat()),
        __version__,
    )


def decided_in(given: Given, identity: UUID) -> Iterator[Row]:
    """A row for each decision, or for each dossier that a search found, in the order of Decided's columns."""
    bases = _bases(given)
    for position, (question, allowed, reason, basis) in enumerate(bases):
        yield (identity, position, *_who(question, basis), allowed, reason, *_right(basis))


def _bases(given: Given) -> Iterator[tuple[Question | None, bool, str, Basis | None]]:
    if given.found is not None:
        question = given.answered[0][0] if given.answered else None
        for basis in given.found.rests_on or ():
            yield question, True, str(basis.verdict.reason), basis
        return
    for question, decision in given.answered:
        basis = decision.rests_on
        reason = str(basis.verdict.reason) if basis else "malformed"
        yield question, decision.decision, reason, basis


def _who(question: Question | None, basis: Basis | None) -> Row:
    """Subject, person, unit, dossier, action, part and moment: as the register understood the question."""
    if basis is None or basis.asked is None:
        return (_fit(question.subject.type, 20) if question else "", None, "", None, "", "", None)
    asked, verdict, about = basis.asked, basis.verdict, basis.about
    return (
        str(asked.kind),
        verdict.person,
        _fit(asked.unit, 40),
        verdict.dossier,
        str(asked.verb),
        str(asked.part),
        about,
    )


def _fit(text: str, most: int) -> str:
    """What was asked about need not exist, and may be anything; a database takes no zero byte."""
    return text.replace("\x00", "")[:most]


def _right(basis: Basis | None) -> Row:
    right = basis.verdict.right if basis else None
    if right is None:
        return (None, "", "", "", "", None, None)
    return (
        right.id,
        right.rule,
        right.rule_version,
        right.rule_status,
        right.anchor_event,
        right.anchor_on,
        right.last_day,
    )


def _response(given: Given) -> dict[str, Any]:
    """The answer as it leaves, without what follows from the rest."""
    if given.found is not None:
        results = [
            {"name": found.name} if isinstance(found, Action) else {"type": found.type, "id": found.id}
            for found in given.found.results
        ]
        return {"results": results}
    evaluations = [_evaluation(decision) for _question, decision in given.answered]
    return {"evaluations": evaluations, "omitted": NOT_REPEATED}


def _evaluation(decision: Decision) -> dict[str, Any]:
    context = decision.context or {}
    return {
        "decision": decision.decision,
        "context": {name: context[name] for name in KEPT if name in context},
    }


def _trace_of(given: Given) -> str:
    """The trace that the caller says it belongs to (W3C traceparent in the context, as the NLGov profile has it)."""
    question = given.answered[0][0] if given.answered else None
    parent = question.context.get("traceparent") if question else None
    parts = parent.split("-") if isinstance(parent, str) else []
    trace = parts[1] if len(parts) == 4 else ""
    return trace if TRACE.fullmatch(trace) else ""


@cache
def _rule_book(day: str) -> str:
    return known().on(datetime.fromisoformat(day).date()).version
