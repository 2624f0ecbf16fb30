"""Delivering: messages that may go are sent side by side, and what is answered is kept in batches (S13)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from inzage.outbox.answers import Answer, Verdict
from inzage.outbox.claiming import claim
from inzage.outbox.marking import Chance, give_back, mark
from inzage.outbox.models import Delivery

log = structlog.get_logger()
AT_ONCE = 16
TURN = timedelta(seconds=5)
GATHERING_SECONDS = 0.02
MARGIN = timedelta(seconds=20)
"""A message is not sent any more when its lease ends so soon: longer than an adapter waits for an answer."""

Send = Callable[[Delivery, datetime], Answer]
"""Sends a message at a moment, and says what became of it; never raises, and never waits longer than MARGIN."""


class Turn(NamedTuple):
    """What a turn came to: how many messages were answered, how many of them taken."""

    answered: int
    taken: int


def deliver(
    destination: str,
    send: Send,
    *,
    clock: Callable[[], datetime],
    chance: Chance,
    at_once: int = AT_ONCE,
    turn: timedelta = TURN,
) -> Turn:
    """Send what may go, for a turn of some seconds; then wait for what is under way.

    Killed at any moment: what was under way is sent again, under the same id, when its lease is over.
    """
    begun, verdicts = clock(), Counter[Verdict]()
    under_way: dict[Future[Answer | None], Delivery] = {}
    with ThreadPoolExecutor(at_once, thread_name_prefix=destination) as pool:
        while True:
            room = 2 * at_once - len(under_way)
            if room >= at_once and clock() - begun < turn:
                claimed = claim(destination, room, at=clock())
                under_way |= {pool.submit(_sent, send, each, clock): each for each in claimed}
            if not under_way:
                return Turn(verdicts.total(), verdicts[Verdict.TAKEN])
            finished = [(under_way.pop(each), each.result()) for each in _finished(under_way)]
            give_back([delivery for delivery, answer in finished if answer is None])
            answered = [(delivery, answer) for delivery, answer in finished if answer is not None]
            mark(destination, answered, at=clock(), chance=chance)
            verdicts.update(answer.verdict for _, answer in answered)


def _sent(send: Send, delivery: Delivery, clock: Callable[[], datetime]) -> Answer | None:
    """The answer; none where it waited so long for its turn that another worker may soon take it."""
    at = clock()
    assert delivery.taken_until is not None
    if delivery.taken_until - at < MARGIN:
        return None
    try:
        return send(delivery, at)
    except Exception as error:  # a fault of ours: the message waits, the others go on
        log.exception("a message can't be sent", message=str(delivery.event_id))
        return Answer(Verdict.AGAIN, f"{type(error).__name__}: look in the log.")


def _finished(under_way: dict[Future[Answer | None], Delivery]) -> set[Future[Answer | None]]:
    """What has been answered, at least one: a moment is given to more of them, to be kept together."""
    wait(under_way, return_when=FIRST_COMPLETED)
    return wait(under_way, timeout=GATHERING_SECONDS).done
