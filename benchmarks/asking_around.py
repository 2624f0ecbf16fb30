"""Asks about rights around a midnight without a pause, and judges every answer.

It is started by `benchmarks.overrun` under the wall clock of the process it asks, so that it knows of each answer
whether it was asked for before midnight, and whether it came after. An answer carries the moment at which it was
judged; that moment must lie between the asking and the coming, or else the two don't live by the same clock.
"""

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle
from typing import Any

from benchmarks.asking import (
    EVALUATION,
    EVALUATIONS,
    RESOURCES,
    VIEW,
    Line,
    again_and_again,
    may_view,
    may_view_each,
    partner_user,
)
from benchmarks.ending_rights import number_of, reference_of
from benchmarks.midnights import MIDNIGHTS, Midnight, last_days

SINGLES = 2
"""How many connections ask one question at a time; beside them one asks many at once, and one searches."""
AT_ONCE = 1000
"""How many questions a call holds at most."""
PAGE = 500
"""How many dossiers a page of a search holds at most."""
SECONDS = 120
SOMEBODY = partner_user()


class Watch:
    """What is right around one midnight, and how often something else was answered."""

    def __init__(self, midnight: Midnight, rights: Sequence[date], on_for: timedelta) -> None:
        self.midnight, self._rights, self._lock = midnight, rights, threading.Lock()
        self._over = midnight.moment + on_for
        self.numbers = [number for number, last_day in enumerate(rights) if last_day in midnight.days]
        self.counted = Counter[str]()
        self.before, self.after = set[int](), set[int]()
        self.searched_before = self.searched_after = False
        self.latest = timedelta()

    def told(self, number: int, decision: Mapping[str, Any], sent: datetime, received: datetime) -> None:
        """A decision about the right with that number."""
        yes, at = decision["decision"], datetime.fromisoformat(decision["context"]["evaluated_at"])
        ends_now = self._rights[number] == self.midnight.day
        ended = self._rights[number] < self.midnight.day or (ends_now and at >= self.midnight.moment)
        late = ends_now and sent >= self.midnight.moment
        with self._lock:
            self.counted["after" if at >= self.midnight.moment else "before"] += 1
            self.counted["yes after the last day"] += yes and (ended or late)
            self.counted["no on it"] += not yes and not ended
            if yes and ends_now and received >= self.midnight.moment:
                self.counted["under way at midnight"] += 1
                self.latest = max(self.latest, received - self.midnight.moment)
            self.counted["by another clock"] += not sent <= at <= received
            if received < self.midnight.moment:
                self.before.add(number)
            if sent >= self.midnight.moment:
                self.after.add(number)

    def found(self, numbers: set[int], sent: datetime, received: datetime) -> None:
        """The first page of a search for the dossiers that may be seen: those whose right ends first."""
        ending = {number for number in self.numbers if self._rights[number] == self.midnight.day}
        past = {number for number in numbers if self._rights[number] < self.midnight.day}
        with self._lock:
            self.counted["searches"] += 1
            self.counted["found after the last day"] += len(past)
            if sent >= self.midnight.moment:
                self.counted["found after the last day"] += len(ending & numbers)
                self.searched_after = True
            if received < self.midnight.moment:
                self.counted["not found on it"] += min(len(ending), PAGE) - len(ending & numbers)
                self.searched_before = True

    def unanswered(self) -> None:
        """A question that got no answer."""
        with self._lock:
            self.counted["unanswered"] += 1

    def went_by(self) -> bool:
        """Whether midnight is past by as long as was wanted, and after it all was asked about and searched.

        Or a question got no answer: then all begins again.
        """
        asked = self.searched_after and self.after.issuperset(self.numbers)
        return (asked and _now() >= self._over) or self.counted["unanswered"] > 0

    def report(self) -> dict[str, Any]:
        """What was counted, and whether every right was asked about before midnight too, and nothing left unanswered.

        A yes that was judged before midnight may come after it, being under way: `latest` says how many seconds.
        """
        asked = self.searched_before and self.before.issuperset(self.numbers)
        asked = asked and not self.counted["unanswered"]
        return {"all": asked, "counted": self.counted, "latest": self.latest.total_seconds()}


def _now() -> datetime:
    return datetime.now(UTC)


def _one(watch: Watch, line: Line, numbers: "cycle[int]") -> None:
    number, sent = next(numbers), _now()
    answer = line.ask(EVALUATION, may_view(SOMEBODY, reference_of(number)))
    if answer is None or answer.status != 200:
        watch.unanswered()
        return
    watch.told(number, answer.content, sent, _now())


def _many(watch: Watch, line: Line) -> None:
    for first in range(0, len(watch.numbers), AT_ONCE):
        numbers, sent = watch.numbers[first : first + AT_ONCE], _now()
        answer = line.ask(EVALUATIONS, may_view_each(SOMEBODY, [reference_of(number) for number in numbers]))
        if answer is None or answer.status != 200:
            watch.unanswered()
            return
        received = _now()
        for number, decision in zip(numbers, answer.content["evaluations"], strict=True):
            watch.told(number, decision, sent, received)


def _search(watch: Watch, line: Line) -> None:
    sent = _now()
    sought = {"subject": SOMEBODY, "action": VIEW, "resource": {"type": "dossier"}, "page": {"limit": PAGE}}
    answer = line.ask(RESOURCES, sought)
    if answer is None or answer.status != 200:
        watch.unanswered()
        return
    watch.found({number_of(each["id"]) for each in answer.content["results"]}, sent, _now())


def watch_over(watch: Watch, lines: Sequence[Line]) -> dict[str, Any]:
    """Ask from now on until the midnight has gone by, and say what was counted."""
    many, search, *singles = lines
    asks: list[Callable[[], object]] = [partial(_many, watch, many), partial(_search, watch, search)]
    for place, line in enumerate(singles):
        asks.append(partial(_one, watch, line, cycle(watch.numbers[place :: len(singles)])))
    deadline, pause = time.monotonic() + SECONDS, threading.Event()
    with again_and_again(asks):
        while not watch.went_by() and time.monotonic() < deadline:
            pause.wait(0.02)
    return watch.report()


def main() -> None:
    """Watch over the midnights whose places come on the standard input, one a line.

    Given are the port, the number of rights, and for how many seconds to go on after a midnight at least.
    """
    port, rights, seconds = sys.argv[1:]
    last, on_for = last_days(int(rights)), timedelta(seconds=float(seconds))
    lines = [Line(int(port)) for _ in range(2 + SINGLES)]
    for place in sys.stdin:
        watch = Watch(MIDNIGHTS[int(place)], last, on_for)
        print(json.dumps(watch_over(watch, lines)), flush=True)
    for line in lines:
        line.close()


if __name__ == "__main__":
    main()
