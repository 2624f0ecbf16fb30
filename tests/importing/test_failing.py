"""What fails around an import: nothing is lost or half-applied, and run again it ends the same (real processes)."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from inzage.region.writing import make_region
from inzage.register_files.holding import held
from inzage.view_rights.importing import LOCK
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
    (left,) = tmp_path.glob("inzage-import-*")
    code, out, _err = shell.run("import", str(folder))
    assert (code, left.exists()) == (0, False)
    assert not list(tmp_path.glob("*.unfinished"))
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


def listening_to_interruptions() -> None:
    """As at a terminal; what a script starts in the background begins deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def another_import(shell: Shell) -> Iterator[None]:
    """An import into the same database is under way."""
    address = shell.environment["INZAGE_DATABASE_URL"]
    if connection.vendor == "sqlite":
        with held(Path(f"{address.removeprefix('sqlite:///')}.importing")):
            yield
        return
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield


def test_one_import_at_a_time(shell: Shell, folder: Path, tmp_path: Path) -> None:
    shell.environment["INZAGE_VAR"] = str(tmp_path / "elsewhere")
    with another_import(shell):
        code, out, err = shell.run("import", str(folder))
    assert (code, out) == (3, "")
    assert "another import is running" in err
    assert "Nothing was done" in err
    assert shell.asked("SELECT count(*) FROM dossiers_client") == 0


def test_two_imports_started_together_do_the_work_once(shell: Shell, folder: Path) -> None:
    both = [shell.start("import", str(folder)) for _ in range(2)]
    said = [process.communicate(timeout=300) for process in both]
    assert sorted(process.returncode for process in both) == [0, 3]
    assert "another import is running" in "".join(err for _out, err in said)
    assert shell.asked("SELECT count(*) FROM dossiers_client") == CLIENTS


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_takes_its_scratch_folder_along(
    shell: Shell, folder: Path, tmp_path: Path, told: signal.Signals
) -> None:
    process = shell.start("import", str(folder), before=listening_to_interruptions)
    while not shell.asked("SELECT count(*) FROM dossiers_dossier"):
        assert process.poll() is None, "it was over before it could be told"
    assert list(tmp_path.glob("inzage-import-*"))
    process.send_signal(told)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err == "inzage: stopped; what was finished is kept, run it again to go on.\n"
    for left in ("inzage-import-*", "*.unfinished", "*.importing"):
        assert not list(tmp_path.glob(left))
