"""The commands as people and programs use them: output, exit codes, and sentences where something is wrong."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from inzage.dossiers.models import Client
from inzage.portal.manual.as_html import as_html
from inzage.project import cli, command
from inzage.project.nights import next_run
from inzage.rule_books.in_force import books
from inzage.rules.days import BRUSSELS
from inzage.rules.names import ClosingReason
from inzage.view_rights.closing import close_at_once
from inzage.view_rights.explaining import sentences
from inzage.view_rights.manual.as_markdown import as_markdown
from inzage.view_rights.manual.composing import manual
from inzage.view_rights.models import ViewRight
from tests.commands.conftest import Typed
from tests.world import World, day, insz, origin


def test_without_arguments_it_says_what_there_is(shell: Typed) -> None:
    code, out, _err = shell()
    assert code == 0
    assert all(name in out for name in cli.COMMANDS)


@pytest.mark.parametrize(
    ("client", "unit", "on", "code", "reason"),
    [
        ("K1", "OE1", "2025-01-09", 1, "no_right"),
        ("K1", "OE1", "2025-01-10", 0, "right_stands"),
        ("K1", "OE1", "2025-07-10", 0, "right_stands"),
        ("K1", "OE1", "2025-07-11", 1, "right_closed"),
        ("K2", "OE1", "2025-01-10", 1, "no_right"),
        ("K1", "OE3", "2025-01-10", 1, "no_right"),
        ("K9", "OE1", "2025-01-10", 1, "unknown_client"),
        ("K1", "OE9", "2025-01-10", 1, "unknown_unit"),
    ],
)
def test_may_view_answers_with_its_exit_code(
    world: World, shell: Typed, client: str, unit: str, on: str, code: int, reason: str
) -> None:
    world.grant("2025-01-10")
    given, out, _err = shell("may-view", "--client", client, "--partner", unit, "--on", on, "--json")
    answer = json.loads(out)
    assert (given, answer["decision"], answer["reason"]) == (code, code == 0, reason)
    known = "closing.no-activity" if reason.startswith("right_") else None
    assert (answer["rule"], answer["last_day"]) == (known, "2025-07-10" if known else None)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_manual_prints_the_manual_of_a_day_in_a_language(world: World, shell: Typed, language: str) -> None:
    code, out, _err = shell("manual", "--lang", language, "--day", "2026-03-02")
    assert code == 0
    made = manual(books(), day("2026-03-02"), language)
    assert out == as_markdown(made)
    code, out, _err = shell("manual", "--html", "--lang", language, "--day", "2026-03-02")
    assert code == 0
    assert out == as_html(made)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["may-view", "--client", "K1", "--partner", "OE1", "--on", "2025-02-29"], "is not a day"),
        (["may-view", "--client", "K1"], "--partner"),
        (["rights", "--on", "morgen"], "'morgen' is not a day"),
        (["close", "--day", "01/02/2025"], "expected YYYY-MM-DD"),
        (["close", "--day", "2025-W01-1"], "'2025-W01-1' is not a day"),
        (["rights", "--on", "20250101"], "'20250101' is not a day"),
        (["import", ""], "it is empty; expected a folder"),
        (["import", "x", "--rejected", ""], "it is empty"),
        (["import", "x", "--processes", "-1"], "expected a whole number from 1 on"),
        (["prove", "--processes", "-2"], "expected a whole number from 1 on"),
        (["serve", "--port", "70000"], "--port is 70000; expected a number from 1"),
        (["imprt"], "there is no command 'imprt'. Did you mean import?"),
        (["help", "zzz"], "there is no command 'zzz'"),
        (["import", "/nergens"], "/nergens is not there"),
        (["explain", "--client", "K1", "--partner", "OE1"], "never had a view right"),
        (["explain", "--client", "K1", "--partner", "OE1", "--lang", "de"], "invalid choice"),
        (["make-region", "x", "--dossiers", "0"], "expected a whole number"),
        (["make-region", "x", "--dossiers", "veel"], "invalid int"),
        (["demo"], "set INZAGE_DEMO=1"),
    ],
)
def test_wrong_use_is_said_and_leaves_with_two(
    world: World, shell: Typed, arguments: list[str], said: str
) -> None:
    code, _out, err = shell(*arguments)
    assert code == 2
    assert said in err


def test_a_file_that_cannot_be_read_stops_the_import_before_anything_is_in(
    world: World, shell: Typed, tmp_path: Path
) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "clients.csv").write_text("client_number,family_name\nK7,Verzonnen\n")
    code, out, err = shell("import", str(folder), "--rejected", str(tmp_path / "rejected.csv"))
    assert (code, out) == (2, "")
    assert "clients.csv has no column insz" in err
    assert not Client.objects.filter(client_number="K7").exists()


def test_an_import_reports_what_went_in_and_what_did_not(world: World, shell: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "clients.csv").write_text(f"client_number,insz\nK7,{insz(7)}\nK8,12345678901\n")
    code, out, _err = shell("import", str(folder), "--rejected", str(tmp_path / "rejected.csv"))
    assert code == 0
    assert "Read 2 lines: 1 new clients with 0 rights" in out
    assert "1 lines could not be taken" in out
    assert "K8" in (tmp_path / "rejected.csv").read_text()


def test_rights_are_printed_for_people_and_for_programs(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-12", unit=world.haven)
    _code, out, _err = shell("rights")
    assert [line.split()[:2] for line in out.splitlines()] == [["K1", "OE1"], ["K1", "OE3"]]
    _code, out, _err = shell("rights", "--json", "--on", "2025-01-11")
    assert [json.loads(line)["oe_number"] for line in out.splitlines()] == ["OE1"]


def test_rights_are_sorted_character_by_character(world: World, shell: Typed) -> None:
    for number, name in (("K10", "Bo"), ("K9", "Cas")):
        world.grant("2025-01-10", dossier=world.dossier(number, name))
    Client.objects.filter(client_number="K9").update(client_number="a")
    Client.objects.filter(client_number="K10").update(client_number="B")
    _code, out, _err = shell("rights", "--json")
    assert [json.loads(line)["client_number"] for line in out.splitlines()] == ["B", "a"]


def test_close_reports_as_the_format_says(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    shell.today("2025-07-11")
    _code, out, _err = shell("close", "--json", "--dry-run")
    assert json.loads(out)["closed"] == 1
    assert ViewRight.objects.get().closed_on is None
    _code, out, _err = shell("close", "--json")
    report = json.loads(out)
    assert report.pop("took_ms") >= 0
    assert report == {
        "day": "2025-07-11",
        "examined": 1,
        "closed": 1,
        "held": 0,
        "by_rule": {"closing.no-activity": 1},
        "rule_gaps": 0,
    }


@pytest.mark.parametrize(("on", "listed"), [("2025-07-15", 0), ("2025-07-16", 1)])
def test_old_requests_are_listed_and_counted_with_the_run(
    world: World, shell: Typed, on: str, listed: int
) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-15", requested=True)
    _code, out, _err = shell("requests", "--on", on)
    assert [line.split() for line in out.splitlines()] == [["K1", "OE1", "2025-01-15", "Lassen"]][:listed]
    shell.today(on)
    _code, out, _err = shell("close")
    assert ("1 requests older than six months" in out) is bool(listed)


def test_a_day_to_come_is_closed_with_a_warning(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    code, out, err = shell("close", "--day", "2025-07-11")
    assert (code, "closed 1" in out, "still to come" in err) == (0, True, True)
    assert "for a copy of the register" in err


@pytest.mark.parametrize("command", [["requests", "--on"], ["close", "--dry-run", "--day"]])
@pytest.mark.parametrize("on", ["0001-01-01", "0001-06-18", "0001-06-19", "9999-12-31"])
def test_the_first_and_last_days_of_the_calendar_are_days(
    world: World, shell: Typed, command: list[str], on: str
) -> None:
    assert shell(*command, on)[::2] == (0, "")


def test_help_about_a_command_is_that_of_the_command(shell: Typed) -> None:
    code, out, _err = shell("help", "import")
    assert (code, "usage: inzage import" in out, "--rejected" in out) == (0, True, True)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "De laatste dag is 10 juli 2025"), ("fr", "10 juillet 2025"), ("en", "10 July 2025")],
)
def test_explain_says_why_until_when_and_what_would_move_it(
    world: World, shell: Typed, language: str, said: str
) -> None:
    world.grant("2025-01-10")
    _code, out, _err = shell("explain", "--client", "K1", "--partner", "OE1", "--lang", language)
    assert said in out
    assert "closing.no-activity" in out
    assert "2000" in out
    assert len(out.splitlines()) >= 5


@pytest.mark.parametrize(
    ("reason", "in_files"),
    [
        (ClosingReason.CORRECTED, "withdrawn"),
        (ClosingReason.WITHDRAWN, "withdrawn"),
        (ClosingReason.REVOKED, "revoked"),
    ],
)
def test_the_files_have_one_word_for_want_of_a_ground_and_people_read_why(
    world: World, shell: Typed, reason: ClosingReason, in_files: str
) -> None:
    close_at_once(world.grant("2025-01-10"), reason, origin=origin("2025-03-01"))
    _code, out, _err = shell("rights", "--json")
    assert json.loads(out)["closing_reason"] == in_files
    _code, out, _err = shell("rights")
    assert out.rstrip().endswith(f"closed on 2025-03-01 ({reason})")
    _code, out, _err = shell("explain", "--client", "K1", "--partner", "OE1", "--lang", "en")
    assert sentences("en")["closing_reasons"][reason] in out


def test_what_explain_says_would_move_the_day_does_so(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    activity = world.activity("2025-01-15")
    _code, out, _err = shell("explain", "--client", "K1", "--partner", "OE1", "--lang", "en")
    world.close(activity, "2025-03-01")
    assert world.last_day() == "2025-09-01"
    assert "1 September 2025" in out


def test_a_database_that_is_not_prepared_is_said(world: World, shell: Typed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE view_rights_grant RENAME TO gone")
    code, _out, err = shell("may-view", "--client", "K1", "--partner", "OE1")
    if code == 1:  # no right: the table was not asked
        code, _out, err = shell("prove", "--processes", "1")
    assert (code, "Run `inzage migrate` first" in err) == (3, True)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-11-24 00:04", "2026-11-24 00:05"),
        ("2026-11-24 00:05", "2026-11-25 00:05"),
        ("2026-11-24 12:00", "2026-11-25 00:05"),
        ("2026-03-28 12:00", "2026-03-29 00:05"),  # the clock goes forward that night, after the run
        ("2026-03-29 12:00", "2026-03-30 00:05"),
        ("2026-10-24 12:00", "2026-10-25 00:05"),  # and back
        ("2026-10-25 02:30", "2026-10-26 00:05"),
    ],
)
def test_the_worker_runs_at_five_past_midnight_in_brussels(after: str, due: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=BRUSSELS)
    assert next_run(moment) == datetime.fromisoformat(due).replace(tzinfo=BRUSSELS)


def test_migrations_are_complete(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


def test_today_is_the_day_in_brussels(monkeypatch: pytest.MonkeyPatch) -> None:
    late: Any = datetime.fromisoformat("2025-07-10T22:30:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert command.today() == date(2025, 7, 11)


def test_a_duty_that_the_worker_does_not_have_is_refused_with_those_it_has(db: None, shell: Typed) -> None:
    code, _out, err = shell("worker", "--only", "sleeping")
    assert code == 2
    assert "There is no duty 'sleeping'; the worker has closing, " in err
