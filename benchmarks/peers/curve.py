"""Our own curve: the decision in process on registers of 10 thousand to 5 million rights, in turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from benchmarks.deciding import Pair, standing
from benchmarks.measuring import Row, Times, timed
from benchmarks.population import SIZES, TODAY, made
from inzage.view_rights.viewing import decide

REPETITIONS = 15
DECISIONS = 1_000
FLAT = 1.5
"""Times what it takes on the smallest register."""


def measure(largest: str) -> list[Row]:
    """A row for each size up to this one."""
    sizes = [size for size in SIZES if SIZES[size] <= SIZES[largest]]
    names = {size: made(size) for size in sizes}
    rounds = [[_seconds(size, names[size]) for size in sizes] for _ in range(REPETITIONS)]
    found = {size: Times(seconds).each(DECISIONS) for size, seconds in zip(sizes, zip(*rounds), strict=True)}
    smallest = found[sizes[0]].median
    return [
        Row(
            f"our decision, {SIZES[size]:,} open rights",
            str(times),
            f"{times.median / smallest:.2f} × the smallest",
            f"≤ {FLAT} ×",
            times.median <= FLAT * smallest,
        )
        for size, times in found.items()
    ]


def _seconds(size: str, name: str) -> float:
    """Of all decisions together, on a connection that has answered them once before."""
    pairs = standing(size, DECISIONS)
    with _asking(name):
        _ask(pairs)
        return timed(lambda: _ask(pairs), repetitions=1).median


def _ask(pairs: list[Pair]) -> None:
    for dossier, unit in pairs:
        decide(dossier, unit, on=TODAY)


@contextmanager
def _asking(name: str) -> Iterator[None]:
    """The decision asks another database for a while: a template, of which it only reads."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
