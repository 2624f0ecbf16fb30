"""The demo keeps to itself: its own register, on this machine."""

import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.shell import Shell


def test_the_demo_stays_out_of_a_register_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "inzage.sqlite3"
    own.write_text("mine")
    demo = Shell(tmp_path, "")
    demo.environment["INZAGE_DEMO"] = "1"
    assert demo.run("demo", "--no-serve")[0] == 0
    assert demo.run("demo", "--no-serve", "--reset")[0] == 0
    assert own.read_text() == "mine"
    named = Shell(tmp_path, f"sqlite:///{own}")
    named.environment["INZAGE_DEMO"] = "1"
    code, _out, err = named.run("demo", "--no-serve", "--reset")
    assert (code, own.read_text()) == (2, "mine")
    assert "leave INZAGE_DATABASE_URL out" in err


def test_in_demo_mode_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    demo = Shell(tmp_path, "")
    demo.environment["INZAGE_DEMO"] = "1"
    code, _out, err = demo.run("serve", "--host", "0.0.0.0")
    assert code == 2
    assert "127.0.0.1 only" in err


def test_the_demo_shows_the_path_between_institutions_and_takes_its_neighbours_with_it(
    tmp_path: Path,
) -> None:
    demo = Shell(tmp_path, "")
    demo.environment["INZAGE_DEMO"] = "1"
    process = demo.start("demo", "--port", str(free_port()))
    assert process.stdout
    said = list(iter_until(process.stdout, "Actiris, changes of activities heard of"))
    process.terminate()
    process.communicate(timeout=60)

    assert "2 became lines in aanvraag, 1 in quarantine" in said[-3]
    assert said[-1].strip() == "Actiris, changes of activities heard of: 2."
    for address in [
        line.split()[-1] for line in said if "http://127.0.0.1" in line and "stop with" not in line
    ]:
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(address, trust_env=False)


def iter_until(lines: Iterable[str], last: str) -> Iterator[str]:
    """The lines up to and including the one that says that."""
    for line in lines:
        yield line
        if last in line:
            return


def free_port() -> int:
    """A port that nobody uses; where the three behind it are taken, the neighbours find others."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
