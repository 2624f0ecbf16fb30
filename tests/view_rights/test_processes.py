"""Two at once on the same right: one after the other, each seeing the other's result (real processes)."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from inzage.region.writing import make_region
from tests.register_files import conftest as files
from tests.shell import Shell, own_database

TODAY = timezone.localdate()
"""The processes read the real clock."""
LATER = str(TODAY + timedelta(days=300))
CLOSE_ONE = """
import sys, django
django.setup()
from datetime import datetime, timezone, date
from inzage.dossiers.models import Activity
from inzage.journal.models import Origin
from inzage.view_rights.registering import Actor, close
print("ready", flush=True)
sys.stdin.readline()
origin = Origin("person:1", datetime(2025, 3, 1, 11, tzinfo=timezone.utc), "portal")
close(Activity.objects.get(source_id=sys.argv[1]).pk, on=date(2025, 3, 1), actor=Actor(origin))
"""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A migrated database of our own."""
    yield from own_database(tmp_path)


@pytest.fixture
def region(shell: Shell, tmp_path: Path) -> Path:
    """A region of 1,500 dossiers, imported as it is today."""
    make_region(tmp_path / "region", dossiers=1500, seed=5, until=TODAY)
    assert shell.run("import", str(tmp_path / "region"))[0] == 0
    return tmp_path / "region"


def both_at_once(shell: Shell, script: str, *arguments: str) -> list[int]:
    """Run a script once for each argument, all let go at one moment; their exit codes."""
    waiting = [
        subprocess.Popen(
            [sys.executable, "-c", script, argument],
            env={**shell.environment, "DJANGO_SETTINGS_MODULE": "inzage.project.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for argument in arguments
    ]
    for process in waiting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in waiting:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in waiting:
        process.communicate(timeout=60)
    return [process.returncode for process in waiting]


def test_the_two_last_activities_of_one_right_closed_at_the_same_moment(shell: Shell, tmp_path: Path) -> None:
    _a_right_with_two_running_activities(tmp_path / "files")
    assert shell.run("import", str(tmp_path / "files"))[0] == 0
    assert both_at_once(shell, CLOSE_ONE, "X1", "X2") == [0, 0]
    (right,) = shell.rights(on="2025-03-01")
    assert (right["last_day"], right["rule"]) == ("2025-09-01", "closing.executor")
    assert str(shell.asked("SELECT last_day FROM view_rights_viewright")) == "2025-09-01"
    assert shell.run("prove", "--processes", "1")[0] == 0


def _a_right_with_two_running_activities(folder: Path) -> None:
    folder.mkdir()
    (folder / "partners.csv").write_text(files.PARTNERS)
    (folder / "services.csv").write_text(files.SERVICES)
    (folder / "clients.csv").write_text(files.CLIENTS + files.client("K1"))
    (folder / "consents.csv").write_text(files.CONSENTS + "C1,K1,OE1,training,form,2025-01-10,,,\n")
    lines = "".join(f"X{number},K1,OE1,training,Lassen,,,,2025-01-15,,\n" for number in (1, 2))
    (folder / "activities.csv").write_text(files.ACTIVITIES + lines)


def test_two_runs_at_once_do_the_work_once(shell: Shell, region: Path) -> None:
    ending = shell.asked(
        f"SELECT count(*) FROM view_rights_viewright WHERE closed_on IS NULL AND last_day < '{LATER}'"
    )
    runs = [shell.start("close", "--day", LATER, "--json") for _ in range(2)]
    reports = [json.loads(process.communicate(timeout=60)[0]) for process in runs]
    assert ending > 0
    assert sum(report["closed"] for report in reports) == ending
    assert shell.asked("SELECT count(*) FROM view_rights_closing") == ending
    assert shell.asked("SELECT count(*) FROM notices_notice") == ending


def test_a_run_killed_and_started_again_ends_the_same(shell: Shell, region: Path, tmp_path: Path) -> None:
    killed = shell.start("close", "--day", LATER)
    while not shell.asked("SELECT count(*) FROM view_rights_closingrun"):
        assert killed.poll() is None
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert shell.run("close", "--day", LATER)[0] == 0
    ended = shell.asked("SELECT count(*) FROM view_rights_viewright WHERE closing_reason = 'term'")
    assert shell.asked("SELECT count(*) FROM view_rights_closing") <= ended
    (tmp_path / "undisturbed").mkdir()
    for undisturbed in own_database(tmp_path / "undisturbed"):
        undisturbed.run("import", str(region))
        undisturbed.run("close", "--day", LATER)
        assert undisturbed.rights(on=LATER) == shell.rights(on=LATER)
    assert shell.run("prove", "--processes", "2")[0] == 0
