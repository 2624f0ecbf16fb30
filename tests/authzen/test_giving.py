"""No answer leaves that is not on record, or not true any more; and whatever goes wrong is never a yes."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from inzage.decision_api.authzen import giving
from inzage.decision_api.authzen.entities import Entity, Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Given, NotKept, Page, Refusal
from tests.authzen.layer import (
    ALICE,
    AT,
    BOB,
    EVALUATION,
    EVALUATIONS,
    FIRST,
    FIVE,
    MAY_ALICE_READ,
    RESOURCES,
    SECOND,
    SUBJECTS,
    WRITE,
    Kept,
    Layer,
)

MIDNIGHT = datetime(2025, 8, 31, 22, tzinfo=UTC)
SECOND_BEFORE, MOMENT_BEFORE = MIDNIGHT - timedelta(seconds=1), MIDNIGHT - timedelta(microseconds=1)
MAY_BOB_WRITE = {"subject": BOB, "action": WRITE, "resource": FIRST}
NOT_NOW = "no decision can be given at this moment: ask again later, and let nobody in meanwhile"


class Moments:
    """A clock that gives one moment after another, and stays at the last."""

    def __init__(self, *moments: datetime) -> None:
        self.left = list(moments)

    def __call__(self) -> datetime:
        """The next one."""
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


class UntilMidnight:
    """A policy with rights that end at midnight, all but those on record-2, which go on."""

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        """Yes before midnight."""
        return [self._decided(each, call.at) for each in questions]

    async def search(self, _question: Question, _page: Page, call: Call) -> Found:
        """Before midnight both, then what stays."""
        ends, stays = Entity("record", "record-1", {}), Entity("record", "record-2", {})
        return Found([ends, stays], holds_until=MIDNIGHT) if call.at < MIDNIGHT else Found([stays])

    @staticmethod
    def _decided(question: Question, at: datetime) -> Decision:
        if question.resource.id == "record-2":
            return Decision(True)
        return Decision(True, holds_until=MIDNIGHT) if at < MIDNIGHT else Decision(False, {"reason": "ended"})


def at_moments(*moments: datetime) -> Layer:
    """The layer before that policy; the first moment is when a caller is let in."""
    return Layer(provider=UntilMidnight(), clock=Moments(*moments))


def kept_at(layer: Layer) -> list[tuple[datetime, list[bool]]]:
    """What was kept: at which moments it was judged, and how."""
    return [
        (given.call.at, [decision.decision for _, decision in given.answered]) for given in layer.ledger.given
    ]


def test_a_yes_that_still_holds_when_it_is_on_record_leaves() -> None:
    layer = at_moments(SECOND_BEFORE, SECOND_BEFORE, MOMENT_BEFORE)
    assert layer.post(EVALUATION, MAY_ALICE_READ).json() == {"decision": True}
    assert kept_at(layer) == [(SECOND_BEFORE, [True])]


@pytest.mark.parametrize("now", [MIDNIGHT, MIDNIGHT + timedelta(hours=1)])
def test_a_yes_that_ended_while_it_was_put_on_record_is_judged_and_kept_again(now: datetime) -> None:
    layer = at_moments(SECOND_BEFORE, SECOND_BEFORE, now)
    answer = layer.post(EVALUATION, MAY_ALICE_READ).json()
    assert answer == {"decision": False, "context": {"reason": "ended"}}
    assert kept_at(layer) == [(SECOND_BEFORE, [True]), (now, [False])]
    assert layer.gate.denials == [("mlp", 1)]
    assert len(layer.gate.charged) == 1


def test_a_question_is_judged_at_the_moment_it_was_read_not_at_that_of_the_first_byte() -> None:
    layer = at_moments(SECOND_BEFORE, MIDNIGHT)
    assert layer.post(EVALUATION, MAY_ALICE_READ).json()["decision"] is False
    assert layer.gate.admitted == [("access_evaluation", SECOND_BEFORE)]
    assert kept_at(layer) == [(MIDNIGHT, [False])]


def test_where_one_of_several_ended_all_are_judged_again_at_one_moment() -> None:
    layer = at_moments(SECOND_BEFORE, SECOND_BEFORE, MIDNIGHT)
    items = [{"resource": FIRST}, {"resource": SECOND}, {}]
    body = {"subject": ALICE, "action": WRITE, "evaluations": items}
    assert layer.decided(body) == [False, True, False]
    assert kept_at(layer) == [(SECOND_BEFORE, [True, True, False]), (MIDNIGHT, [False, True, False])]


def test_what_ended_after_the_one_that_stops_is_not_judged_again() -> None:
    layer = at_moments(SECOND_BEFORE, SECOND_BEFORE, MIDNIGHT)
    items = [{"resource": SECOND}, {"resource": FIRST}]
    options = {"evaluations_semantic": "permit_on_first_permit"}
    assert layer.decided({"subject": ALICE, "action": WRITE, "options": options, "evaluations": items}) == [
        True
    ]
    assert kept_at(layer) == [(SECOND_BEFORE, [True])]


@pytest.mark.parametrize(("now", "found"), [(MOMENT_BEFORE, 2), (MIDNIGHT, 1)])
def test_a_search_that_found_what_ended_meanwhile_is_made_again(now: datetime, found: int) -> None:
    layer = at_moments(SECOND_BEFORE, SECOND_BEFORE, now)
    sought = {"subject": ALICE, "action": WRITE, "resource": {"type": "record"}}
    assert len(layer.post(RESOURCES, sought).json()["results"]) == found
    assert len(layer.ledger.given) == 3 - found


class AlwaysEnded(UntilMidnight):
    """A policy that says yes until a moment that has passed."""

    @staticmethod
    def _decided(_question: Question, at: datetime) -> Decision:
        return Decision(True, holds_until=at)


def test_a_policy_whose_yes_has_always_ended_gets_no_yes_out() -> None:
    layer = Layer(provider=AlwaysEnded())
    answer = layer.post(EVALUATION, MAY_ALICE_READ)
    assert (answer.status_code, answer.text) == (503, NOT_NOW)
    assert len(layer.ledger.given) == 3


class Failing:
    """A policy and a ledger that fail in some way."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    async def decide(self, _questions: Sequence[Question], _call: Call) -> Sequence[Decision]:
        """Not."""
        raise self.error

    async def search(self, _question: Question, _page: Page, _call: Call) -> Found:
        """Not."""
        raise self.error

    async def keep(self, _given: Given) -> None:
        """Not."""
        raise self.error


ERRORS = [
    NotKept("the disk is full"),
    OSError("secret-host:5432 went away"),
    TimeoutError(),
    ValueError("secret"),
    KeyError("secret"),
    RecursionError(),
    Refusal(403, "secret"),
]
WHOLE = {"subject": ALICE, "action": WRITE, "resource": FIRST}


@pytest.mark.parametrize("path", FIVE)
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_without_a_record_there_is_no_answer(path: str, error: Exception) -> None:
    layer, unkept = Layer(), Layer(ledger=Failing(error))
    assert layer.post(path, WHOLE).status_code == 200
    answer = unkept.post(path, WHOLE, x_request_id="abc")
    assert (answer.status_code, answer.text) == (503, NOT_NOW)
    assert answer.headers["x-request-id"] == "abc"
    assert unkept.provider.asked
    assert unkept.gate.denials == []


@pytest.mark.parametrize("path", FIVE)
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_where_the_policy_fails_nothing_is_answered_or_kept(path: str, error: Exception) -> None:
    layer = Layer(provider=Failing(error))
    assert layer.refused(path, WHOLE, 503) == NOT_NOW


class Stuck(Kept):
    """A ledger that never comes to an end."""

    async def keep(self, _given: Given) -> None:
        """Not."""
        await asyncio.Event().wait()


@pytest.mark.parametrize("path", FIVE)
def test_an_answer_that_is_too_long_in_coming_is_none(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be about a moment too long ago, and whoever asked must hear something."""
    monkeypatch.setattr(giving, "PATIENCE", 0.01)
    with capture_logs() as lines:
        answer = Layer(ledger=Stuck()).post(path, WHOLE)
    assert (answer.status_code, answer.text) == (503, NOT_NOW)
    [line] = lines
    assert (line["event"], line.get("exc_info")) == ("an answer is not given", None)


def test_what_went_wrong_stands_in_the_log_only() -> None:
    layer = Layer(provider=Failing(OSError("secret-host:5432 went away")))
    with capture_logs() as lines:
        assert "secret" not in layer.refused(EVALUATION, MAY_ALICE_READ, 503)
    [line] = lines
    assert (line["event"], line["kind"], line["exc_info"]) == (
        "an answer can't be given",
        "access_evaluation",
        True,
    )


@pytest.mark.parametrize(
    "content", [{"x": object()}, {"x": "\ud800"}, {1: {2, 3}}], ids=["an object", "half", "a set"]
)
def test_what_can_not_be_written_is_not_kept_either(content: Any) -> None:
    class Strange(UntilMidnight):
        @staticmethod
        def _decided(_question: Question, _at: datetime) -> Decision:
            return Decision(True, content)

    assert Layer(provider=Strange()).refused(EVALUATION, MAY_ALICE_READ, 503) == NOT_NOW


class Slow(Kept):
    """A ledger that says when it was done."""

    def __init__(self, events: list[str]) -> None:
        super().__init__()
        self.events = events

    async def keep(self, given: Given) -> None:
        """After all others have had their turn."""
        await asyncio.sleep(0)
        await super().keep(given)
        self.events.append("on record")


def sent_of(layer: Layer, path: str, body: bytes, events: list[str]) -> bytes:
    """What is sent, each time with a line in `events`."""
    content: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        events.append(message["type"])
        content.append(message.get("body", b""))

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "root_path": ""}
    headers = [(b"content-type", b"application/json")]
    asyncio.run(layer.app({**scope, "headers": headers}, receive, send))
    return b"".join(content)


@pytest.mark.parametrize("path", FIVE)
def test_not_a_byte_is_sent_before_the_answer_is_on_record(path: str) -> None:
    events: list[str] = []
    layer = Layer(ledger=Slow(events))
    body = json.dumps(MAY_ALICE_READ).encode()
    content = sent_of(layer, path, body, events)
    assert events == ["on record", "http.response.start", "http.response.body"]
    assert content.startswith((b'{"decision":true}', b'{"results":['))
    assert layer.ledger.given[0].body == body


def test_what_is_kept_is_what_was_asked_and_what_is_answered(layer: Layer) -> None:
    layer.post(EVALUATION, MAY_BOB_WRITE, x_request_id="r-7", x_caller="gateway")
    [given] = layer.ledger.given
    [(question, decision)] = given.answered
    assert (given.call.caller.name, given.call.kind, given.call.at) == ("gateway", "access_evaluation", AT)
    assert (given.call.request_id, given.found) == ("r-7", None)
    assert question is not None
    assert (question.subject.id, question.action.name, question.resource.id) == ("bob", "write", "record-1")
    assert decision == Decision(False)


REFUSALS: list[tuple[Callable[[Any], Any], int]] = [
    (lambda layer: layer.post(EVALUATION, MAY_BOB_WRITE), 1),
    (lambda layer: layer.post(EVALUATION, MAY_ALICE_READ), 0),
    (lambda layer: layer.post(EVALUATIONS, MAY_BOB_WRITE), 1),
    (lambda layer: layer.post(SUBJECTS, {**MAY_BOB_WRITE, "subject": {"type": "ship"}}), 0),
    (lambda layer: layer.post(RESOURCES, {**MAY_BOB_WRITE, "resource": {"type": "ship"}}), 0),
]


@pytest.mark.parametrize(("ask", "denials"), REFUSALS)
def test_a_denial_is_counted_once_and_nothing_else_is(ask: Callable[[Layer], Any], denials: int) -> None:
    layer = Layer()
    assert ask(layer).status_code == 200
    assert [count for _, count in layer.gate.denials] == [1] * denials
    assert [count for _, _, count in layer.gate.charged] == [1]
