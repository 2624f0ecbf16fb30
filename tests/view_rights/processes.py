"""Scripts in processes of their own, on a database of their own, all let go at one moment."""

import subprocess
import sys
from pathlib import Path
from textwrap import indent

from django.db import connection

from tests.register_files import conftest as files
from tests.shell import Shell, until

BEGIN = """
import sys, django
django.setup()
from datetime import date, datetime, timezone
from inzage.journal.models import Origin
origin = Origin("person:1", datetime(2025, 3, 1, 11, tzinfo=timezone.utc), "portal")
"""
WAIT = """
print("ready", flush=True)
sys.stdin.readline()
"""
IN_TRANSACTION = indent(WAIT, "    ")
"""The same at the end of a `with` block."""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def script(shell: Shell, text: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start a script that has Django at its disposal."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + text, *arguments],
        env={**shell.environment, "DJANGO_SETTINGS_MODULE": "inzage.project.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(shell: Shell, text: str, *arguments: str) -> "subprocess.Popen[str]":
    """The same, once it says so: it waits to be let go."""
    process = script(shell, text, *arguments)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    """Let it go."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def said(process: "subprocess.Popen[str]") -> str:
    """What it said last, once it has ended as it should."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()


def until_one_waits(shell: Shell) -> None:
    """Until one of them waits for what another holds; SQLite says nothing of that."""
    if connection.vendor == "postgresql":
        until(lambda: shell.asked(WAITING) > 0)


def at_once(shell: Shell, prepare: str, act: str, *arguments: str) -> list[str]:
    """Run a script once for each argument: prepared one by one, acting all together; what each said last."""
    waiting = [ready(shell, prepare + WAIT + act, argument) for argument in arguments]
    for process in waiting:
        go(process)
    return [said(process) for process in waiting]


def small_register(shell: Shell, folder: Path, **more: str) -> None:
    """Import clients K1 and K2, units OE1 and OE2, and the lines given for `consents` or `activities`."""
    folder.mkdir()
    (folder / "partners.csv").write_text(files.PARTNERS)
    (folder / "services.csv").write_text(files.SERVICES)
    (folder / "clients.csv").write_text(files.CLIENTS + files.client("K1"))
    headers = {"consents": files.CONSENTS, "activities": files.ACTIVITIES}
    for name, lines in more.items():
        (folder / f"{name}.csv").write_text(headers[name] + lines)
    code, _out, err = shell.run("import", str(folder))
    assert code == 0, err
