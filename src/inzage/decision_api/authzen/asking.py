"""What a call asks, read from its body: to be judged at a moment, as often as it takes to give an answer that holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import orjson

from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Provider

Answered = Sequence[tuple[Question | None, Decision]]


class Answer(NamedTuple):
    """An answer that could be given: for each decision its question, what was found, and the JSON to send."""

    answered: Answered
    content: bytes
    found: Found | None = None

    @property
    def denials(self) -> int:
        """How many questions are denied. A search denies nothing, nor does an item that could not be read."""
        if self.found is not None:
            return 0
        return sum(not each.decision for question, each in self.answered if question)

    def holds(self, now: datetime) -> bool:
        """Whether each yes in it still stands."""
        ends = [each.holds_until for _, each in self.answered if each.decision]
        return all(end is None or now < end for end in ends)


class Asked(Protocol):
    """One call's questions."""

    @property
    def size(self) -> int:
        """How many of them there are."""
        ...

    async def judged(self, provider: Provider, call: Call) -> Answer:
        """The answer at the moment of the call. Whatever it raises, no answer may be given."""
        ...


async def decisions(questions: Sequence[Question], provider: Provider, call: Call) -> Sequence[Decision]:
    """One decision for each question, asked in one go; nothing is asked where there is no question."""
    if not questions:
        return []
    found = await provider.decide(questions, call)
    if len(found) != len(questions):
        raise ValueError(f"{len(found)} decisions on {len(questions)} questions")
    return found


def sent(decision: Decision) -> Mapping[str, Any]:
    """A decision as it is sent."""
    if decision.context is None:
        return {"decision": decision.decision}
    return {"decision": decision.decision, "context": decision.context}


def written(answer: Mapping[str, Any]) -> bytes:
    """An answer as JSON. A mapping that is no dict is written as one."""
    return orjson.dumps(answer, default=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)
