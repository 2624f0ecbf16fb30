"""What fails around an import: nothing is lost or half-applied, and run again it ends the same (real processes)."""

import resource
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inzage.region.writing import make_region
from tests.shell import Shell, own_database

UNTIL = date(2025, 10, 1)
CLIENTS = 5000


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A migrated database of our own, on the engine that the tests run on."""
    yield from own_database(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region of some thousands of lines."""
    make_region(tmp_path / "region", dossiers=CLIENTS, seed=11, until=UNTIL)
    return tmp_path / "region"


def smallest_files() -> None:
    """No file may grow beyond a hundred kilobytes: to the writing process, a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_on_a_full_disk_it_says_so_and_ends_the_same_once_there_is_room(shell: Shell, folder: Path) -> None:
    code, out, err = shell.run("import", str(folder), before=smallest_files)
    assert (code, out) == (3, "")
    assert "Make room" in err
    assert "Traceback" not in err
    assert shell.rights(on=str(UNTIL)) == []
    assert shell.run("import", str(folder))[0] == 0
    assert len(shell.rights(on=str(UNTIL))) > CLIENTS


def test_killed_halfway_and_run_again_it_ends_the_same(shell: Shell, folder: Path, tmp_path: Path) -> None:
    process = shell.start("import", str(folder))
    while not shell.asked("SELECT count(*) FROM dossiers_dossier"):
        assert process.poll() is None, "it was over before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    partly = len(shell.rights(on=str(UNTIL)))
    code, out, _err = shell.run("import", str(folder))
    assert code == 0
    after_all = shell.rights(on=str(UNTIL))
    assert partly < len(after_all)
    assert "0 corrected" in out
    (tmp_path / "undisturbed").mkdir()
    for undisturbed in own_database(tmp_path / "undisturbed"):
        undisturbed.run("import", str(folder))
        assert undisturbed.rights(on=str(UNTIL)) == after_all
    assert shell.run("prove", "--processes", "1")[0] == 0


def test_a_locked_database_is_said_and_changes_nothing(shell: Shell, folder: Path) -> None:
    with shell.locked():
        code, out, err = shell.run("import", str(folder))
    assert (code, out) == (3, "")
    assert "locked by another process" in err
    assert shell.rights(on=str(UNTIL)) == []
    assert shell.run("import", str(folder))[0] == 0
    assert len(shell.rights(on=str(UNTIL))) > CLIENTS
