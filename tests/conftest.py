"""What every test may ask for, and what a run prints besides its dots."""

from collections.abc import Iterator
from math import inf

import pytest

from inzage.rule_books import in_force
from tests import migrated
from tests.rules.occurrences import PRINTED
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """A small world, in a transaction that is undone afterwards."""
    return World()


def pytest_sessionfinish() -> None:
    """Drop the database that others were copied from."""
    migrated.forget()


@pytest.fixture(autouse=True)
def _books_seen_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What one test decided about the rule books is undone before the next; how slow a test is changes nothing."""
    monkeypatch.setattr(in_force, "FRESH", inf)
    yield
    in_force.forget()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test asked to be printed: how often each rule and boundary was met."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == PRINTED:
                terminalreporter.write_line(str(text))
