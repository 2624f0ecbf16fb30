"""Timing, and the table of what was found."""

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

SAMPLE_SECONDS = 0.25


class Times(NamedTuple):
    """Seconds of each repetition."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    def each(self, count: int) -> "Times":
        """Of each of the `count` things that were done in every repetition."""
        return Times(tuple(seconds / count for seconds in self.seconds))

    def __str__(self) -> str:
        return f"{shown(self.median)} ({shown(min(self.seconds))} to {shown(max(self.seconds))})"


class Row(NamedTuple):
    """One line of the table: what was measured, the figure, the limit beside it in the same run, and the bar."""

    what: str
    found: str
    beside: str
    bar: str
    met: bool


def timed(
    act: Callable[[], object], *, repetitions: int, before: Callable[[], object] = lambda: None
) -> Times:
    """Time `act` that many times; `before` makes ready, and is not timed."""
    seconds = []
    for _ in range(repetitions):
        before()
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return Times(tuple(seconds))


def alternately(*acts: Callable[[], object], repetitions: int) -> tuple[Times, ...]:
    """Time acts in turn, so that what else the machine does falls on all; a first round only warms up."""
    rounds = [[timed(act, repetitions=1).median for act in acts] for _ in range(repetitions + 1)]
    return tuple(Times(seconds) for seconds in zip(*rounds[1:], strict=True))


def shown(seconds: float) -> str:
    """A time in a unit that suits it."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def show(title: str, rows: list[Row]) -> None:
    """Print the table."""
    table = Table(title=title)
    for heading in ("what", "found", "beside it", "bar", ""):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.what, row.found, row.beside, row.bar, "met" if row.met else "NOT MET")
    Console(width=170).print(table)


def keep(name: str, rows: list[Row]) -> None:
    """Leave the figures in var/bench."""
    folder = Path(os.environ.get("INZAGE_VAR", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2)
    (folder / f"{name}.json").write_text(text)


class Memory:
    """The most that a process and its children held together, sampled while they run."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._most = max(self._most, sum(map(_held_by, self._family(self._pid))))

    def _family(self, pid: int) -> list[int]:
        children = Path(f"/proc/{pid}/task/{pid}/children")
        try:
            return [pid, *(one for child in children.read_text().split() for one in self._family(int(child)))]
        except OSError:
            return []

    def stop(self) -> float:
        """Stop watching."""
        self._over.set()
        self._thread.join()
        return self._most


def _held_by(pid: int) -> int:
    """Proportional set size: memory shared with another process counts in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
