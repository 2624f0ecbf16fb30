"""Access Evaluation (section 6) and Access Evaluations (section 7)."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from inzage.decision_api.authzen.asking import Answer, Answered, Asked, decisions, sent, written
from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.authzen.provider import Call, Decision, Provider
from inzage.decision_api.authzen.reading import action_in, context_in, entity_in, object_of, unexpected
from inzage.decision_api.authzen.strict_json import Unreadable, shown

MOST = 1000
"""How many evaluations one call may hold."""
READERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "subject": lambda given: entity_in(given, "subject"),
    "action": action_in,
    "resource": lambda given: entity_in(given, "resource"),
    "context": context_in,
}
"""What a question is made of, in the order of its fields."""


class Semantic(StrEnum):
    """How far the evaluations of a call are carried out (section 7.1.2.1)."""

    ALL = "execute_all"
    FIRST_DENY = "deny_on_first_deny"
    FIRST_PERMIT = "permit_on_first_permit"

    def carried_out(self, answered: Answered) -> Answered:
        """Up to and including the first that stops them; what can't be read counts as a denial."""
        if self is Semantic.ALL:
            return answered
        stops = self is Semantic.FIRST_PERMIT
        upto = next((at for at, (_, each) in enumerate(answered, 1) if each.decision is stops), None)
        return answered[:upto]


class One(NamedTuple):
    """A single evaluation."""

    question: Question
    size: int = 1

    async def judged(self, provider: Provider, call: Call) -> Answer:
        """Its decision."""
        [decision] = await decisions([self.question], provider, call)
        return Answer([(self.question, decision)], written(sent(decision)))


class Many(NamedTuple):
    """Several evaluations: of each its question, or why it can't be read."""

    items: Sequence[Question | Unreadable]
    semantic: Semantic

    @property
    def size(self) -> int:
        """How many evaluations, those that can't be read too."""
        return len(self.items)

    async def judged(self, provider: Provider, call: Call) -> Answer:
        """A decision for each item in their order, as far as they are carried out."""
        questions = [item for item in self.items if isinstance(item, Question)]
        decided = iter(await decisions(questions, provider, call))
        answered = self.semantic.carried_out(
            [(i, next(decided)) if isinstance(i, Question) else (None, _refused(i)) for i in self.items]
        )
        return Answer(answered, written({"evaluations": [sent(each) for _, each in answered]}))


def evaluation_in(body: Mapping[str, Any]) -> One:
    """The one question of a body; Unreadable unless it is complete."""
    return One(Question(*(read(body) for read in READERS.values())))


def evaluations_in(body: Mapping[str, Any]) -> Asked:
    """The questions of a body: of each item its own members, else those beside `evaluations`. Without items, one."""
    items = body.get("evaluations", [])
    if not isinstance(items, list):
        raise unexpected("evaluations", "an array", items)
    if len(items) > MOST:
        raise Unreadable(f"evaluations: expected at most {MOST}, found {len(items)}")
    if not items:
        return evaluation_in(body)
    semantic, shared = _semantic_in(body), {name: _read(name, body) for name in READERS}
    return Many([_item(item, at, shared) for at, item in enumerate(items)], semantic)


def _semantic_in(body: Mapping[str, Any]) -> Semantic:
    options = object_of(body, "options") if "options" in body else {}
    given, where = options.get("evaluations_semantic", Semantic.ALL), "options.evaluations_semantic"
    expected = f"one of {', '.join(Semantic)}"
    if not isinstance(given, str):
        raise unexpected(where, expected, given)
    try:
        return Semantic(given)
    except ValueError:
        raise Unreadable(f"{where}: expected {expected}, found {shown(given)}") from None


def _read(name: str, given: Mapping[str, Any]) -> Any:
    """A member as read, or why it can't be."""
    try:
        return READERS[name](given)
    except Unreadable as unreadable:
        return unreadable


def _item(item: Any, at: int, shared: Mapping[str, Any]) -> Question | Unreadable:
    """An item's question. A member of its own takes the place of the shared one, and is never mixed with it."""
    if not isinstance(item, dict):
        return unexpected(f"evaluations[{at}]", "an object", item)
    parts = []
    for name, common in shared.items():
        part = _read(name, item) if name in item else common
        if isinstance(part, Unreadable):
            return Unreadable(f"evaluations[{at}].{part}" if name in item else f"evaluations[{at}]: {part}")
        parts.append(part)
    return Question(*parts)


def _refused(unreadable: Unreadable) -> Decision:
    return Decision(False, {"error": {"status": 400, "message": str(unreadable)}})
