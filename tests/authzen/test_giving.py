"""No answer leaves that is not on record, or not true any more."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.authzen.provider import Decision, Given
from tests.authzen.layer import (
    ALICE,
    AT,
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
from tests.authzen.until_midnight import (
    MAY_BOB_WRITE,
    MIDNIGHT,
    MOMENT_BEFORE,
    NOT_NOW,
    SECOND_BEFORE,
    UntilMidnight,
    at_moments,
    kept_at,
)


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
