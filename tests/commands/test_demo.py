"""The demo keeps to itself: its own register, on this machine."""

from pathlib import Path

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
