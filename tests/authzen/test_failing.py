"""Whatever goes wrong is never a yes: without a record, a policy or an end in time there is no answer."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from inzage.decision_api.authzen import giving
from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Given, NotKept, Page, Refusal
from tests.authzen.layer import (
    ALICE,
    EVALUATION,
    FIRST,
    FIVE,
    MAY_ALICE_READ,
    WRITE,
    Kept,
    Layer,
)
from tests.authzen.until_midnight import NOT_NOW, UntilMidnight


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
