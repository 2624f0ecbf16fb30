"""`inzage simulate`: a process of its own, with what it holds in a file, that nobody can reach when it is told so."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.shell import Shell
from tests.simulated import SECRET, Simulated, simulated


@pytest.fixture
def actiris(tmp_path: Path) -> Iterator[Simulated]:
    """An Actiris of our own."""
    with simulated("actiris", tmp_path) as side:
        yield side


def test_the_command_becomes_the_other_side_and_says_where_it_listens(tmp_path: Path) -> None:
    shell = Shell(tmp_path, f"sqlite:///{tmp_path / 'none.sqlite3'}")
    shell.environment["INZAGE_ACTIRIS_SECRET"] = SECRET
    with shell.start("simulate", "actiris", "--port", "0", "--storage", str(tmp_path / "held")) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Actiris listens on http://127.0.0.1:")
        page = httpx2.get(said.split()[-1])
        assert "Alles hier is verzonnen" in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        process.terminate()
        process.communicate()


def test_without_its_secret_or_under_another_name_it_does_not_start(tmp_path: Path) -> None:
    shell = Shell(tmp_path, "")
    code, _out, err = shell.run("simulate", "actiris", "--storage", str(tmp_path / "held"))
    assert (code, "INZAGE_ACTIRIS_SECRET is not set" in err) == (1, True)
    code, _out, err = shell.run("simulate", "somebody", "--storage", str(tmp_path / "held"))
    assert code == 2


def test_what_it_holds_outlives_it(actiris: Simulated) -> None:
    actiris.control("enrolments", [{"insz": "85073099932"}])
    actiris.stop()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(actiris.url)
    actiris.start()
    assert "85073099932" in httpx2.get(actiris.url).text


def test_a_test_can_still_tell_it_what_to_do_once_it_listens_again(actiris: Simulated) -> None:
    actiris.fail(1, "refused", refused_seconds=0.5)
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)):
        httpx2.post(f"{actiris.url}/messages", content="{}")
    actiris.fail(0)
    assert httpx2.post(f"{actiris.url}/messages", content="{}").status_code == 401


@pytest.mark.parametrize("kind", ["reset", "reset_after", "cut_off", "refused"])
def test_it_breaks_off_for_real(actiris: Simulated, kind: str) -> None:
    actiris.fail(1, kind, refused_seconds=20)
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)):
        httpx2.post(f"{actiris.url}/messages", content="{}")
    if kind == "refused":
        with pytest.raises(httpx2.ConnectError):
            httpx2.post(f"{actiris.url}/messages", content="{}")
