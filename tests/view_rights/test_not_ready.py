"""Every command says in a sentence that the database is not ready, or held by another (real processes)."""

from pathlib import Path

import pytest

from tests.shell import Shell
from tests.view_rights.conftest import TODAY
from tests.view_rights.processes import small_register

WHO = ("--client", "K1", "--partner", "OE1")


@pytest.mark.parametrize(
    "command",
    [("rights", "--json"), ("may-view", *WHO), ("explain", *WHO), ("close",), ("prove", "--processes", "1")],
    ids=lambda command: command[0],
)
def test_a_database_without_tables_is_said(tmp_path: Path, command: tuple[str, ...]) -> None:
    empty = Shell(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    code, out, err = empty.run(*command)
    assert (code, out) == (3, "")
    assert "Run `inzage migrate` first" in err
    assert "Traceback" not in err


def test_a_database_held_by_another_is_said_and_nothing_is_closed(shell: Shell, tmp_path: Path) -> None:
    small_register(shell, tmp_path / "files", consents=f"C1,K1,OE1,training,form,{TODAY},,,\n")
    open_rights = "SELECT count(*) FROM view_rights_viewright WHERE closed_on IS NULL"
    assert shell.asked(open_rights) == 1
    with shell.locked():
        code, out, err = shell.run("close", "--day", "2199-01-01", "--json")
    assert (code, out) == (3, "")
    assert "locked by another process" in err
    assert "Traceback" not in err
    assert shell.asked(open_rights) == 1
