"""A policy whose rights end at midnight, and a clock that gives one moment after another."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from inzage.decision_api.authzen.entities import Entity, Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Page
from tests.authzen.layer import (
    BOB,
    FIRST,
    WRITE,
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
