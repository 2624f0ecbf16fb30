"""The same comparison for a million histories, other ones each day: `make nightly`. Prints what occurred in them.

Leaves with 1 at the first difference, and says the smallest register of one client that still shows it.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime
from random import Random
from typing import TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")

import django

django.setup()

from inzage.rules.days import BRUSSELS  # noqa: E402
from tests.rules.against_reference import END, Difference, compare, compare_one  # noqa: E402
from tests.rules.occurrences import Occurrences  # noqa: E402
from tests.rules.reference import Register  # noqa: E402

PART = 10_000
Line = TypeVar("Line")


def part(seed: int, histories: int) -> Occurrences | Difference:
    """One part of the million."""
    seen = Occurrences(END)
    try:
        compare(seed, histories, seen)
    except Difference as difference:
        return smallest(difference)
    return seen


def smallest(difference: Difference) -> Difference:
    """Leave out one line after another, as long as it still differs."""
    for fewer in _with_one_less(difference.register):
        try:
            compare_one(fewer, difference.rules, Random(0))
        except Difference as still:
            return smallest(still)
    return difference


def _with_one_less(register: Register) -> Iterator[Register]:
    assignments, consents, activities = register.assignments, register.consents, register.activities
    yield from (register._replace(assignments=fewer) for fewer in _without_one(assignments))
    yield from (register._replace(consents=fewer) for fewer in _without_one(consents))
    yield from (register._replace(activities=fewer) for fewer in _without_one(activities))
    if any(register.clients.values()):
        yield register._replace(clients=dict.fromkeys(register.clients))


def _without_one(lines: list[Line]) -> Iterator[list[Line]]:
    yield from ([*lines[:place], *lines[place + 1 :]] for place in range(len(lines)))


def run(seed: int, histories: int, processes: int) -> int:
    """Compare so many, and say what came of it."""
    seen = Occurrences(END)
    sizes = [min(PART, histories - done) for done in range(0, histories, PART)]
    pool = ProcessPoolExecutor(processes)
    try:
        parts = [pool.submit(part, seed * 10_000 + place, size) for place, size in enumerate(sizes)]
        for finished in as_completed(parts):
            result = finished.result()
            if isinstance(result, Difference):
                print(f"After {seen.clients} histories without a difference: {result}")
                return 1
            seen.add(result)
            print(f"{seen.clients} of {histories} without a difference", file=sys.stderr, flush=True)
    finally:
        pool.shutdown(cancel_futures=True)
    print(seen.table())
    print(f"{seen.clients} histories, from seed {seed}: 0 differences.")
    return 0


def main() -> int:
    """The seed is the day's, so that no two nights compare the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=datetime.now(BRUSSELS).toordinal())
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    return run(arguments.seed, arguments.histories, arguments.processes)


if __name__ == "__main__":
    sys.exit(main())
