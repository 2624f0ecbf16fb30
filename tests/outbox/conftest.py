"""A queue, a clock that a test moves, and another side that answers as the test says."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from inzage.outbox import claiming
from inzage.outbox.answers import TAKEN, Answer
from inzage.outbox.delivering import Turn, deliver
from inzage.outbox.models import Delivery
from inzage.outbox.queueing import queue
from tests.shell import Shell, own_database
from tests.simulated import SECRET, Simulated, simulated
from tests.world import noon

KIND = "be.inzage.activities.v1.activities.notify.started"


class OtherSide:
    """Takes messages, or answers what `answers` says for the streams named there."""

    def __init__(self) -> None:
        self.now = noon("2025-03-01")
        self.tried: list[tuple[str, int]] = []
        self.taken: list[tuple[str, int]] = []
        self.ids: dict[tuple[str, int], set[str]] = {}
        self.answers: dict[str, Answer | Callable[[], Answer]] = {}

    def queue(self, *streams: str) -> None:
        """One message for each of these streams, in this order."""
        for stream in streams:
            queue("actiris", stream=stream, kind=KIND, data={}, at=self.now)

    def send(self, delivery: Delivery, _at: datetime) -> Answer:
        """What this side does with a message."""
        place = (delivery.stream, delivery.sequence)
        self.tried.append(place)
        self.ids.setdefault(place, set()).add(str(delivery.event_id))
        answer = self.answers.get(delivery.stream, TAKEN)
        answer = answer() if callable(answer) else answer
        if answer is TAKEN:
            self.taken.append(place)
        return answer

    def turn(self, *, chance: float = 1.0) -> Turn:
        """The worker's turn, of as long as there is anything to do now. One at a time: a test has one connection."""
        return deliver("actiris", self.send, clock=lambda: self.now, chance=lambda: chance, at_once=1)

    def later(self, **period: float) -> None:
        """Time passes."""
        self.now += timedelta(**period)

    def states(self) -> dict[str, list[str]]:
        """The states of each stream's messages, in their order."""
        rows = Delivery.objects.order_by("stream", "sequence").values_list("stream", "state")
        return {
            stream: [state for _, state in states] for stream, states in groupby(rows, lambda row: row[0])
        }

    def dies(self) -> list[Delivery]:
        """A worker takes what may go, and is heard of no more."""
        return claiming.claim("actiris", 100, at=self.now)


@pytest.fixture
def other_side(db: None) -> OtherSide:
    """The other side, and nothing waiting for it."""
    return OtherSide()


@pytest.fixture
def actiris(tmp_path: Path) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path) as side:
        yield side


@pytest.fixture
def shell(tmp_path: Path, actiris: Simulated) -> Iterator[Shell]:
    """A database of our own, and Actiris' address."""
    for shell in own_database(tmp_path):
        shell.environment |= {
            "INZAGE_ACTIRIS_URL": actiris.url,
            "INZAGE_ACTIRIS_SECRET": SECRET,
            "INZAGE_LOCK_SECONDS": "20",
        }
        yield shell
