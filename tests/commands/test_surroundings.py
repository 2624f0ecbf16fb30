"""What fails around the commands is said in a sentence that helps: settings, database, ports, pipes and signals."""

import socket
import sqlite3
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, OperationalError, ProgrammingError

from inzage.project.environment import database, mailbox, one_of, text_of, whole_number
from inzage.project.failures import sentence
from tests.commands.conftest import Typed
from tests.shell import Shell
from tests.world import World


@pytest.mark.parametrize(
    ("error", "helps", "misleads"),
    [
        (OperationalError("no such table: dossiers_client"), "Run `inzage migrate` first", "older"),
        (
            ProgrammingError('relation "dossiers_client" does not exist'),
            "Run `inzage migrate` first",
            "older",
        ),
        (OperationalError("no such column: dossiers_client.x"), "older version", "not ready"),
        (ProgrammingError('column "x" of relation "y" does not exist'), "older version", "not ready"),
        (OperationalError('connection failed: FATAL:  database "x" does not exist'), "createdb", "migrate"),
        (OperationalError('connection failed: FATAL:  role "x" does not exist'), "createuser", "migrate"),
        (OperationalError("database is locked"), "locked by another process", "disk"),
        (OperationalError("unable to open database file"), "Check that its folder is there", "server"),
        (OperationalError("attempt to write a readonly database"), "can't be written", "server"),
        (OperationalError("database disk image is malformed"), "restore a backup", "Make room"),
        (OperationalError("file is not a database"), "restore a backup", "server"),
        (OperationalError("database or disk is full"), "Make room", "server"),
        (IntegrityError("CHECK constraint failed: x\nDETAIL: K1"), "a fault of Inzage", "K1"),
        (sqlite3.IntegrityError("UNIQUE constraint failed: x"), "without personal data", "server"),
        (DataError("odd"), "the database refused (odd)", "migrate"),
        (BrokenProcessPool("terminated abruptly"), "--processes 1", "unexpected"),
    ],
)
def test_each_failure_has_advice_of_its_own(error: Exception, helps: str, misleads: str) -> None:
    said = sentence(error)
    assert helps in said
    assert misleads not in said


def test_a_postgresql_code_goes_before_its_words_in_any_language() -> None:
    class Cause(Exception):
        sqlstate = "42703"

    error = ProgrammingError("kolom x bestaat niet")
    error.__cause__ = Cause()
    assert "older version" in sentence(error)


@pytest.mark.parametrize("value", ["-1", "dertig", "1.5", "86401", "¹", "--1"])
def test_a_setting_that_is_no_number_is_named_with_what_was_found(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("INZAGE_LOCK_SECONDS", value)
    with pytest.raises(ImproperlyConfigured) as wrong:
        whole_number("INZAGE_LOCK_SECONDS", 30, least=0, most=86_400)
    assert (
        str(wrong.value)
        == f"INZAGE_LOCK_SECONDS is {value!r}; expected a whole number from 0 to 86400, such as 30"
    )


@pytest.mark.parametrize(("value", "number"), [("", 30), ("0", 0), (" 5 ", 5), ("86400", 86_400)])
def test_its_near_miss_is_one(monkeypatch: pytest.MonkeyPatch, value: str, number: int) -> None:
    monkeypatch.setenv("INZAGE_LOCK_SECONDS", value)
    assert whole_number("INZAGE_LOCK_SECONDS", 30, least=0, most=86_400) == number


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://u@h/inzage", "begins with 'mysql:'"),
        ("postgresql:/inzage", "begins with 'postgresql:'"),
        ("/var/inzage.sqlite3", "has no scheme"),
        ("postgresql://u:secret@h:abc/inzage", "has the port 'abc'"),
        ("postgresql://h:70000/inzage", "has the port '70000'"),
        ("postgresql://h:0/inzage", "has the port '0'"),
        ("postgresql://u:secr/et@h/inzage", "%2F"),
        ("postgresql://u:12/secret@h/inzage", "%2F"),
        ("postgresql://u:secr#et@h/inzage", "%23"),
        ("postgresql://[h/secret", "expected"),
    ],
)
def test_a_wrong_address_of_the_database_is_named_and_keeps_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setenv("INZAGE_DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured) as wrong:
        database("INZAGE_DATABASE_URL", Path("unused"))
    message = str(wrong.value)
    assert message.startswith("INZAGE_DATABASE_URL ")
    assert said in message
    assert "expected" in message
    assert "secr" not in message


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("postgresql://u:p%2Fw@h:5432/inzage", "inzage"),
        ("postgres:///inzage", "inzage"),
        ("sqlite:////var/x.sqlite3", "/var/x.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_a_right_one_is_taken(monkeypatch: pytest.MonkeyPatch, address: str, name: str) -> None:
    monkeypatch.setenv("INZAGE_DATABASE_URL", address)
    assert database("INZAGE_DATABASE_URL", Path("unused"))["NAME"] == name


def test_a_key_file_that_is_empty_or_away_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = tmp_path / "key"
    monkeypatch.setenv("INZAGE_SECRET_KEY_FILE", str(key))
    with pytest.raises(ImproperlyConfigured, match=r"INZAGE_SECRET_KEY_FILE names .*, which can't be read"):
        text_of("INZAGE_SECRET_KEY_FILE")
    key.write_text(" \n")
    with pytest.raises(ImproperlyConfigured, match=r"INZAGE_SECRET_KEY_FILE names .*, which is empty"):
        text_of("INZAGE_SECRET_KEY_FILE")
    key.write_bytes(b"\xff\xfe")
    with pytest.raises(ImproperlyConfigured, match="it is not text"):
        text_of("INZAGE_SECRET_KEY_FILE")
    key.write_text("k\n")
    assert text_of("INZAGE_SECRET_KEY_FILE") == "k"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INZAGE_LOCK_SECONDS", "-1"),
        ("INZAGE_EMAIL_PORT", "smtp"),
        ("INZAGE_DATABASE_URL", "mysql://h/x"),
        ("INZAGE_SECRET_KEY_FILE", "/dev/null"),
    ],
)
def test_a_wrong_setting_stops_every_command(tmp_path: Path, name: str, value: str) -> None:
    shell = Shell(tmp_path, "")
    shell.environment[name] = value
    code, out, err = shell.run("rights")
    assert (code, out, "Traceback" in err) == (3, "", False)
    assert err.startswith(f"inzage: a setting is wrong: {name} ")


def test_on_a_bare_machine_migrate_makes_the_folder_and_serve_says_what_to_do(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "not" / "there", "")
    code, out, err = shell.run("serve")
    assert (code, out, "Run `inzage migrate` first" in err) == (3, "", True)
    assert shell.run("migrate", "-v0") == (0, "", "")
    assert (tmp_path / "not" / "there" / "inzage.sqlite3").stat().st_size > 0
    with closing(
        sqlite3.connect(tmp_path / "not" / "there" / "inzage.sqlite3", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = shell.run("migrate")
    assert (code, out, "locked by another process" in err, "E180" in err) == (3, "", True, False)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, _out, err = Shell(tmp_path, f"sqlite:///{tmp_path / 'gone' / 'x.sqlite3'}").run("migrate")
    assert code == 3
    assert f"the database file {tmp_path / 'gone' / 'x.sqlite3'} can't be opened" in err


def test_a_port_that_is_used_is_said_before_where_it_listens(world: World, shell: Typed) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        code, out, err = shell("serve", "--port", str(other.getsockname()[1]))
    assert (code, out, "is in use" in err) == (2, "", True)
    code, out, err = shell("serve", "--host", "192.0.2.1")
    assert (code, out, "no address of this machine" in err) == (2, "", True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("$inzage help | true", 0),
        ("$inzage import --help | true", 0),
        ("$inzage help >&-", 0),
        ("$inzage help <&- >&- 2>&-", 0),
        ("$inzage make-region $folder --dossiers 1 >&-", 0),
        ("$inzage help >/dev/full", 3),
    ],
)
def test_an_output_that_is_closed_or_full_brings_no_traceback(tmp_path: Path, line: str, code: int) -> None:
    shell = Shell(tmp_path, "")
    names = (
        f"inzage='{sys.executable} -m inzage.project.cli'; folder='{tmp_path / 'region'}'; set -o pipefail; "
    )
    ended = subprocess.run(
        ["bash", "-c", names + line], env=shell.environment, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, "Traceback" in ended.stderr, "Exception" in ended.stderr) == (
        code,
        False,
        False,
    )


def test_a_setting_that_is_none_of_its_words_is_named_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, meant in (("", "on"), ("on", "on"), (" off ", "off")):
        monkeypatch.setenv("INZAGE_ACTIRIS", said)
        assert one_of("INZAGE_ACTIRIS", "on", "off") == meant
    monkeypatch.setenv("INZAGE_ACTIRIS", "no")
    with pytest.raises(ImproperlyConfigured, match="INZAGE_ACTIRIS is 'no'; expected on or off"):
        one_of("INZAGE_ACTIRIS", "on", "off")


@pytest.mark.parametrize(
    "found", ["formulieren", "An De Wit <an@brussel.example>", "a@b.example, c@d.example", "@x.example"]
)
def test_a_mailbox_that_is_none_is_named(found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_BRUSSELS_MAILBOX", found)
    with pytest.raises(
        ImproperlyConfigured, match=r"INZAGE_BRUSSELS_MAILBOX is .*; expected the address of one"
    ):
        mailbox("INZAGE_BRUSSELS_MAILBOX")


def test_a_mailbox_is_taken_without_the_spaces_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_BRUSSELS_MAILBOX", " formulieren@brussel.example ")
    assert mailbox("INZAGE_BRUSSELS_MAILBOX") == "formulieren@brussel.example"
    monkeypatch.delenv("INZAGE_BRUSSELS_MAILBOX")
    assert mailbox("INZAGE_BRUSSELS_MAILBOX") == ""
