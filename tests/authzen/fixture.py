"""The policy of the working group's certification scenario: two people, two records, three actions, eight rules."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Page

PEOPLE: Mapping[str, Mapping[str, Any]] = {"alice": {}, "bob": {"role": "admin"}}
RECORDS: Mapping[str, Mapping[str, Any]] = {
    "record-1": {"status": "active"},
    "record-2": {"status": "archived"},
}
ACTIONS = ("read", "write", "delete")


def permitted(question: Question) -> bool:
    """What the rules say: what is sent is laid over what is stored, and what no rule permits is denied.

    1-4: alice reads and writes record-1, bob only reads it. 5, 6: what is archived only an admin writes. 7, 8: alice
    deletes softly only.
    """
    who, what = question.subject, question.resource
    if who.type != "user" or who.id not in PEOPLE or what.type != "record" or what.id not in RECORDS:
        return False
    role = {**PEOPLE[who.id], **who.properties}.get("role")
    archived = {**RECORDS[what.id], **what.properties}.get("status") == "archived"
    match question.action.name:
        case "read":
            return what.id == "record-1"
        case "write":
            return role == "admin" if archived else who.id == "alice"
        case "delete":
            return who.id == "alice" and question.action.properties.get("soft") is True
    return False


class Fixture:
    """The provider. It notes each call, so that a test can say what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[Question]] = []
        self.calls: list[Call] = []

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        """Each question on its own."""
        self.asked.append(questions)
        self.calls.append(call)
        return [Decision(permitted(each)) for each in questions]

    async def search(self, question: Question, page: Page, call: Call) -> Found:
        """All candidates that are permitted, in the order of their names."""
        self.asked.append([question])
        self.calls.append(call)
        found = [each for each in _candidates(question, call.kind) if _name(each) > page.key]
        shown = found[: page.limit]
        return Found(shown, _name(shown[-1]) if len(found) > len(shown) else "")


def _candidates(question: Question, kind: Kind) -> Iterable[Entity | Action]:
    subject, action, resource = question.subject, question.action, question.resource
    if kind is Kind.SUBJECTS:
        people = [Entity(subject.type, each, subject.properties) for each in PEOPLE]
        return [Entity(e.type, e.id, {}) for e in people if permitted(question._replace(subject=e))]
    if kind is Kind.RESOURCES:
        records = [Entity(resource.type, each, resource.properties) for each in RECORDS]
        return [Entity(e.type, e.id, {}) for e in records if permitted(question._replace(resource=e))]
    actions = [Action(each, action.properties) for each in sorted(ACTIONS)]
    return [each for each in actions if permitted(question._replace(action=each))]


def _name(found: Entity | Action) -> str:
    return found.name if isinstance(found, Action) else found.id
