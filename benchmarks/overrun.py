"""`python -m benchmarks.overrun --rights 10000`: never a second too long open, and never a second too short.

`inzage decide` goes through midnights (ends of months, 29 February, both clock changes) by a wall clock that is set
shortly before each of them, and is asked without a pause about the rights that end there, the day before and the day
after. On the server in INZAGE_BENCH_POSTGRES or INZAGE_TEST_POSTGRES; on SQLite without one. No closing run helps.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Any, NamedTuple

from benchmarks.decision_point import DecisionPoint
from benchmarks.ending_rights import fill_register
from benchmarks.measuring import Row, show, shown
from benchmarks.midnights import MIDNIGHTS, last_days
from benchmarks.wall_clock import WallClock, own_register

LONGER = (1, 2, 4, 8, 16, 32)
"""A midnight around which not every right could be asked about is gone through again, from so much longer before it."""
NEVER = (
    *("yes after the last day", "no on it", "found after the last day", "not found on it"),
    "by another clock",
)


class Found(NamedTuple):
    """What was counted over all midnights.

    `missed` are the places of those at which not every right was asked about; `latest` is how many seconds after one
    the last yes came that was judged before it, and was under way.
    """

    counted: Mapping[str, int]
    missed: list[int]
    latest: float

    @property
    def wrong(self) -> dict[str, int]:
        """What should never be, and was."""
        return {what: self.counted[what] for what in NEVER if self.counted[what]}


class Plan(NamedTuple):
    """About how many rights to ask, and for how many seconds before and after each midnight, at least."""

    rights: int
    seconds: float


def overrun(environment: Mapping[str, str], clock: WallClock, plan: Plan) -> Found:
    """Ask around all midnights. The database of the environment is migrated, and empty."""
    fill_register(environment, last_days(plan.rights))
    counted, missed, latest = Counter[str](), [], 0.0
    with DecisionPoint({**environment, **clock.environment}) as point, _asker(point, plan) as asker:
        for place, midnight in enumerate(MIDNIGHTS):
            for longer in LONGER:
                clock.set(midnight.moment - longer * timedelta(seconds=plan.seconds))
                report = _asked(asker, place)
                counted.update(report["counted"])
                latest = max(latest, report["latest"])
                if report["all"]:
                    break
            else:
                missed.append(place)
    return Found(counted, missed, latest)


@contextmanager
def _asker(point: DecisionPoint, plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    arguments = ["-m", "benchmarks.asking_around", *map(str, (point.port, plan.rights, plan.seconds))]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *arguments], env=point.environment, stdin=pipe, stdout=pipe, text=True
    ) as asker:
        try:
            yield asker
        finally:
            _pipes(asker)[0].close()  # then it ends


def _asked(asker: "subprocess.Popen[str]", place: int) -> dict[str, Any]:
    given, said = _pipes(asker)
    given.write(f"{place}\n")
    given.flush()
    report: dict[str, Any] = json.loads(said.readline())
    return report


def _pipes(asker: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    assert asker.stdin is not None
    assert asker.stdout is not None
    return asker.stdin, asker.stdout


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.overrun", description=__doc__)
    parser.add_argument("--rights", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=2, help="before and after each midnight, at least")
    plan = Plan(**vars(parser.parse_args()))
    with own_register("overrun") as (environment, clock):
        found = overrun(environment, clock, plan)
    rows = _rows(found, plan.rights)
    show(f"{plan.rights:,} rights that end at {len(MIDNIGHTS)} midnights, or the days beside them", rows)
    return 0 if all(row.met for row in rows) else 1


def _rows(found: Found, rights: int) -> list[Row]:
    said, met = found.counted, not found.missed
    answers = ("before", "after", "searches", "unanswered")
    asked = ", ".join(f"{what} {said[what]:,}" for what in answers)
    under_way = f"{said['under way at midnight']} under way at midnight, the last {shown(found.latest)}"
    what = "rights asked about on both sides"
    return [
        Row(what, f"{rights:,}" if met else f"NOT at {found.missed}", asked, "all", met),
        *(
            Row(what, str(said[what]), under_way if what.startswith("yes") else "–", "0", not said[what])
            for what in NEVER
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
