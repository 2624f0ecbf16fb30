"""Load from one process, wrk: so many connections, each sending its next question once it has its answer."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.measuring import shown

SECONDS = 2
"""Of one round: some thousand requests."""
SCRIPT = Path(__file__).with_name("wrk.lua")


class Load(NamedTuple):
    """How many answers, how many a second, and within how many seconds half of them came, and 99 of 100."""

    answers: int
    rate: float
    p50: float
    p99: float


class Rounds(NamedTuple):
    """All rounds of one side, with so many connections."""

    loads: tuple[Load, ...]

    @property
    def rate(self) -> float:
        """Decisions a second, the median round's."""
        return median(load.rate for load in self.loads)

    @property
    def p99(self) -> float:
        """The median round's."""
        return median(load.p99 for load in self.loads)

    def __str__(self) -> str:
        rates = [load.rate for load in self.loads]
        half = median(load.p50 for load in self.loads)
        return (
            f"{self.rate:,.0f}/s ({min(rates):,.0f} to {max(rates):,.0f}), "
            f"p50 {shown(half)}, p99 {shown(self.p99)}"
        )


def loaded(url: str, bodies: Path, headers: Mapping[str, str], *, at_once: int) -> Load:
    """One round, bounded in time; an answer that is no 200 ends the measuring."""
    named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [
        "wrk",
        "-t1",
        f"-c{at_once}",
        f"-d{SECONDS}s",
        "-s",
        str(SCRIPT),
        *named,
        url,
        "--",
        str(bodies),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    told = json.loads(said)
    if told["failed"]:
        sys.exit(f"{told['failed']} of {told['count']} requests to {url} failed.")
    return Load(told["count"], told["count"] / told["seconds"], told["p50"], told["p99"])
