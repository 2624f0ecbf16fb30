"""A wall clock for other processes that can be set, and goes on by itself from there (libfaketime).

Only what tells the day and the hour is another: what measures how long something takes goes on as it is.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.databases import own_database
from benchmarks.running import command

TOOL = Path(__file__).resolve().parents[1] / "tools" / "faketime"


class WallClock:
    """The clock of all processes that are started in its environment."""

    def __init__(self, library: str, folder: Path) -> None:
        """`library` is where libfaketime is."""
        self._library, self._file = library, folder / "wall-clock"
        self.set(datetime.now(UTC))

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to live by this clock. It can't be told to sleep: Python's own sleep fails there."""
        return {
            "LD_PRELOAD": self._library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # else threads that wait for each other never sleep
            "NO_FAKE_STAT": "1",
        }

    def set(self, moment: datetime) -> None:
        """From now on it is that moment, and later."""
        self._ahead = moment - datetime.now(UTC)
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(f"{self._ahead.total_seconds():+.6f}\n")
        unfinished.replace(self._file)

    def now(self) -> datetime:
        """What it says."""
        return datetime.now(UTC) + self._ahead


def library() -> str:
    """Where libfaketime is, installed where it can be; empty where it can't be had."""
    given = os.environ.get("INZAGE_FAKETIME")
    return given or subprocess.run([TOOL], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


class Register(NamedTuple):
    """An empty, migrated register: the environment of its processes, and the clock that they can live by."""

    environment: dict[str, str]
    clock: WallClock


@contextmanager
def own_register(name: str) -> Iterator[Register]:
    """One named after what is measured, gone afterwards. SystemExit where libfaketime can't be had."""
    where = library()
    if not where:
        sys.exit("There is no libfaketime here, and it could not be installed.")
    with (
        TemporaryDirectory(prefix="inzage-bench-") as folder,
        own_database(Path(folder), name) as address,
    ):
        environment = {**os.environ, "INZAGE_DATABASE_URL": address, "INZAGE_VAR": folder}
        command(environment, "migrate", "-v0")
        yield Register(environment, WallClock(where, Path(folder)))
