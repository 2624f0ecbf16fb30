"""The closing run in processes of its own: two at once do the work once, killed and started again it ends the same."""

import signal
from pathlib import Path

from tests.shell import Shell, own_database
from tests.view_rights.conftest import LATER
from tests.view_rights.processes import at_once, script

ENDING = f"SELECT count(*) FROM view_rights_viewright WHERE closed_on IS NULL AND last_day < '{LATER}'"
CLOSED_VERSIONS = "SELECT count(*) FROM view_rights_viewrightversion WHERE closed_on IS NOT NULL"
TOLD = "SELECT count(*) FROM notices_notice"
REPORTED = "SELECT count(*) FROM view_rights_closing"
EXAMINED = "SELECT examined FROM view_rights_closingrun"
SMALL_BATCHES = """
import os, signal
from django.utils import timezone
from inzage.view_rights import running
running.BATCH = 20
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
"""
RUN = "print(running.run(date.fromisoformat(sys.argv[1]), clock=timezone.now).closed)"
AFTER_TWO = "progress=lambda done: done >= 40 and killed()"
KILLED_BETWEEN_BATCHES = f"running.run(date.fromisoformat(sys.argv[1]), clock=timezone.now, {AFTER_TWO})"
KILLED_INSIDE_A_BATCH = "running._tell = killed\n" + RUN


def test_two_runs_at_once_do_the_work_once(shell: Shell, region: Path) -> None:
    ending, versions = shell.asked(ENDING), shell.asked(CLOSED_VERSIONS)
    assert ending > 100
    reported = at_once(shell, SMALL_BATCHES, RUN, LATER, LATER)
    assert sum(int(closed) for closed in reported) == ending
    assert shell.asked(REPORTED) == shell.asked(TOLD) == shell.asked(CLOSED_VERSIONS) - versions == ending
    assert shell.asked(ENDING) == 0


def test_batches_under_way_at_once_close_and_report_each_right_once(shell: Shell, region: Path) -> None:
    ending = shell.asked(ENDING)
    process = script(shell, SMALL_BATCHES + RUN.replace("clock", "threads=running.at_once(), clock"), LATER)
    out, err = process.communicate(timeout=60)
    assert (int(out), shell.asked(REPORTED), shell.asked(TOLD), shell.asked(EXAMINED)) == (ending,) * 4, err
    assert shell.asked(ENDING) == 0


def test_a_run_killed_and_started_again_ends_the_same(shell: Shell, region: Path, tmp_path: Path) -> None:
    ending, versions = shell.asked(ENDING), shell.asked(CLOSED_VERSIONS)
    for how in (KILLED_BETWEEN_BATCHES, KILLED_INSIDE_A_BATCH):
        process = script(shell, SMALL_BATCHES + how, LATER)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert shell.asked(ENDING) == ending - 40
        assert shell.asked(REPORTED) == shell.asked(TOLD) == shell.asked(CLOSED_VERSIONS) - versions == 40
    assert shell.run("close", "--day", LATER)[0] == 0
    assert shell.asked(REPORTED) == shell.asked(TOLD) == ending
    (tmp_path / "undisturbed").mkdir()
    for undisturbed in own_database(tmp_path / "undisturbed"):
        undisturbed.run("import", str(region))
        undisturbed.run("close", "--day", LATER)
        assert undisturbed.rights(on=LATER) == shell.rights(on=LATER)
    assert shell.run("prove", "--processes", "1")[0] == 0
