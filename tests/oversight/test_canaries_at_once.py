"""Several workers at one midnight: one of them watches, and the others neither disturb it nor fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.shell import Shell, own_database
from tests.view_rights.processes import script

WATCH = """
from datetime import timedelta
from inzage.oversight.canaries import READY, watch
from inzage.rules.days import midnight
from inzage.rules.periods import day_after
day = date(2026, 3, 1)
moments = [midnight(day_after(day)) - READY]
def wait(pause):
    if len(moments) == 1 and sys.argv[1] == "watches":
        print("watching", flush=True)
        sys.stdin.readline()
    moments.append(moments[-1] + pause)
heard = watch(day, clock=lambda: moments[-1], wait=wait)
print("heard" if heard and heard.asked else heard)
"""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A migrated database of our own."""
    for shell in own_database(tmp_path):
        shell.environment["INZAGE_LOCK_SECONDS"] = "60"
        yield shell


def test_where_another_worker_watches_a_worker_goes_on_without_a_word(shell: Shell) -> None:
    first = script(shell, WATCH, "watches")
    assert first.stdout is not None
    assert first.stdout.readline() == "watching\n"
    second = script(shell, WATCH, "comes later")
    if connection.vendor == "postgresql":  # nothing is waited for: the first still watches
        assert second.communicate(timeout=60) == ("None\n", "")
        assert first.poll() is None
    assert first.communicate("go\n", timeout=60) == ("heard\n", "")
    if connection.vendor != "postgresql":
        assert second.communicate(timeout=60) == ("None\n", "")
    assert shell.asked("SELECT count(*) FROM oversight_canarywatch") == 1
