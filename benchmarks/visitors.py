"""The pages as sixteen people get them at once, each one a second: those of every role, over a log of two years."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from pathlib import Path

from benchmarks.measuring import Row, Times
from benchmarks.population import SIZES, TODAY
from benchmarks.visiting.filling import fill, is_filled
from benchmarks.visiting.pages import Page
from benchmarks.visiting.people import Visitor, visitors
from benchmarks.visiting.serving import serving
from benchmarks.visiting.walking import Opened, visit
from inzage.rules.days import BRUSSELS

NOON = datetime.combine(TODAY, time(12), BRUSSELS)
BAR = 0.15
"""Seconds within which nineteen of twenty pages are there."""
WARMING, SECONDS = 30, 120
HEALTH = Page("healthy", "/gezond")
"""One more asks for this alone, which no page can be quicker than."""


def measure(address: str, size: str) -> list[Row]:
    """A row for all pages together, and one for each."""
    if not is_filled(address):
        print("Filling the log and what waits at the desks...", flush=True)
        fill(address, SIZES[size])
    coming = [*visitors(NOON), Visitor("anybody", "", [HEALTH])]
    with (
        tempfile.TemporaryDirectory(prefix="inzage-visitors-") as folder,
        serving(address, NOON, Path(folder)) as port,
    ):
        visit(coming, port, WARMING)
        begun = os.getloadavg()[0]
        opened = visit(coming, port, SECONDS)
    return rows_of(opened, f"load {begun:.1f} before, {os.getloadavg()[0]:.1f} after")


def rows_of(opened: Sequence[Opened], beside: str) -> list[Row]:
    """The row of all pages, those that failed, and of each page, the slowest first."""
    failed = [each for each in opened if each.status not in (200, 302)]
    pages = [each.seconds for each in opened if each.page != HEALTH]
    by_page = defaultdict[str, list[float]](list)
    for each in opened:
        by_page[each.page.name].append(each.seconds)
    slowest = sorted(by_page.items(), key=lambda page: -percentile(page[1]))
    return [
        _row("any page", pages, f"{len(pages):,} times, {beside}"),
        Row("answers other than a page", str(len(failed)), _said(failed), "0", not failed),
        *(_row(name, seconds, "") for name, seconds in slowest),
    ]


def percentile(seconds: Iterable[float], part: float = 0.95) -> float:
    """The least of these times within which that part of them lies."""
    ordered = sorted(seconds)
    return ordered[max(-int(-part * len(ordered) // 1), 1) - 1]


def _row(what: str, seconds: Sequence[float], beside: str) -> Row:
    found = percentile(seconds)
    said = f"p95 {found * 1e3:.0f} ms, median {Times(tuple(seconds)).median * 1e3:.0f}, worst {max(seconds) * 1e3:.0f}"
    return Row(what, said, beside or f"{len(seconds):,} times", f"≤ {BAR * 1e3:.0f} ms", found <= BAR)


def _said(failed: Sequence[Opened]) -> str:
    return ", ".join(sorted({f"{each.status} {each.page.name} ({each.who})" for each in failed})[:12])
