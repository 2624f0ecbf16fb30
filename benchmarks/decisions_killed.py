"""`python -m benchmarks.decisions_killed --kills 60`: no answer is given that is not on record, whatever is killed.

Several connections ask as fast as they can; meanwhile `inzage decide`, alone or with two processes, is killed (-9) at
random moments and started again. On the server in INZAGE_BENCH_POSTGRES or INZAGE_TEST_POSTGRES; on SQLite without.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.asking import (
    EVALUATION,
    EVALUATIONS,
    Line,
    again_and_again,
    may_view,
    may_view_each,
    partner_user,
)
from benchmarks.databases import own_database
from benchmarks.decision_point import DecisionPoint
from benchmarks.ending_rights import fill_register, reference_of
from benchmarks.measuring import Row, show
from benchmarks.on_record import Given, OnRecord
from benchmarks.running import command
from benchmarks.sides import until

RIGHTS = [date(9000, 12, 31), date(2023, 12, 31)] * 20
"""Every second one ended long ago."""
IN_ONE_CALL = 20
LINES = 4
LONGEST_SECONDS = 0.4
"""A process that answers is killed within so many seconds."""


class Found(NamedTuple):
    """How often something was killed, and how many answers were given, refused, and put on record.

    `missing` are those that were given and are not on record as they were given.
    """

    killed: int
    given: int
    refused: int
    kept: int
    missing: list[Given]


class Caller:
    """Asks over several connections, every second time many questions at once; remembers what it received whole."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self.given: list[Given] = []
        self.refused = 0
        self._lines, self._chance = [Line(port) for _ in range(LINES)], chance

    @property
    def asks(self) -> Sequence[Callable[[], object]]:
        """What each connection does over and over."""
        return [partial(self._ask, line, many=place % 2 == 1) for place, line in enumerate(self._lines)]

    def _ask(self, line: Line, *, many: bool) -> None:
        references = [reference_of(number) for number in self._chance.sample(range(len(RIGHTS)), IN_ONE_CALL)]
        if many:
            answer = line.ask(EVALUATIONS, may_view_each(partner_user(), references))
        else:
            answer = line.ask(EVALUATION, may_view(partner_user(), references[0]))
        if answer is None:
            time.sleep(0.01)  # nobody listens at the moment
        elif answer.status == 200:
            self.given.append(Given.of(answer))
        else:
            self.refused += 1

    def close(self) -> None:
        """Hang up."""
        for line in self._lines:
            line.close()


def killed(environment: Mapping[str, str], kills: int, *, processes: int, seed: int) -> Found:
    """Ask, and kill so many times. The register of the environment holds RIGHTS."""
    address, chance = environment["INZAGE_DATABASE_URL"], random.Random(seed)
    before = OnRecord(address).records
    with (
        DecisionPoint(environment, processes=processes) as point,
        closing(Caller(point.port, chance)) as caller,
        again_and_again(caller.asks),
    ):
        for number in range(kills):
            _more_is_given(caller)
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            if number % 3 == 2:
                point.kill_first()
            else:
                point.kill_one(chance)
        _more_is_given(caller)
    found = OnRecord(address)
    return Found(
        kills, len(caller.given), caller.refused, found.records - before, found.without(caller.given)
    )


def _more_is_given(caller: Caller) -> None:
    """Wait until every connection, on the average, got an answer."""
    so_many = len(caller.given) + LINES
    until(lambda: len(caller.given) >= so_many, seconds=120)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.decisions_killed", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="inzage-bench-") as name,
        own_database(Path(name), "decisions_killed") as address,
    ):
        environment = {**os.environ, "INZAGE_DATABASE_URL": address, "INZAGE_VAR": name}
        command(environment, "migrate", "-v0")
        fill_register(environment, RIGHTS)
        found = {
            "a process": killed(environment, given.kills, processes=1, seed=given.seed),
            "one of two processes, or the one that started them,": killed(
                environment, given.kills, processes=2, seed=given.seed
            ),
        }
    rows = [_row(f"{which} killed (-9) {each.killed} times", each) for which, each in found.items()]
    show("Answers given, and on record", rows)
    return 0 if all(row.met for row in rows) else 1


def _row(what: str, found: Found) -> Row:
    said = f"{len(found.missing)} of {found.given:,} given are not on record"
    beside = f"{found.kept - found.given} on record were not given; {found.refused} refused"
    return Row(what, said, beside, "0", not found.missing and found.given > 0)


if __name__ == "__main__":
    sys.exit(main())
