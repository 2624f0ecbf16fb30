"""The demo's neighbours: Actiris, IBIS and VDAB as processes of their own, and the worker between them and us."""

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

NAMES = ("actiris", "ibis", "vdab")
STORAGE = "demo-{}.sqlite3"
LOG = "demo-neighbours.log"
"""What they keep and say, in INZAGE_VAR."""


@contextmanager
def neighbours(folder: Path, port: int) -> Iterator[dict[str, str]]:
    """The addresses of the three while the block lasts, in which our own settings name them too.

    They listen behind `port`, our own, or where that is taken on a free one.
    """
    for name in NAMES:
        os.environ[f"INZAGE_{name.upper()}_SECRET"] = (
            f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
        )
    with ExitStack() as stack:
        log = stack.enter_context((folder / LOG).open("a", encoding="utf-8"))
        addresses = {}
        for number, name in enumerate(NAMES, start=1):
            storage = folder / STORAGE.format(name)
            pushes = ("--to", f"http://127.0.0.1:{port}") if name == "vdab" else ()
            addresses[name] = stack.enter_context(_listening(name, port + number, storage, pushes, log))
            os.environ[f"INZAGE_{name.upper()}_URL"] = addresses[name]
        stack.enter_context(_running(["inzage.project.cli", "worker"], log))
        yield addresses


@contextmanager
def _listening(name: str, port: int, storage: Path, more: tuple[str, ...], log: IO[str]) -> Iterator[str]:
    """One of them, once it says where it listens."""
    for tried in (port, 0):
        command = ["inzage_simulators", name, "--port", str(tried), "--storage", str(storage), *more]
        with _running(command, log, stdout=subprocess.PIPE) as process:
            assert process.stdout
            if said := process.stdout.readline():
                yield said.split()[-1].rstrip("/")
                return
    raise ChildProcessError(f"{name} does not start: see {log.name}")


@contextmanager
def _running(
    command: list[str], log: IO[str], *, stdout: int | IO[str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A module as a process, told to end with the block."""
    process = subprocess.Popen([sys.executable, "-m", *command], stdout=stdout or log, stderr=log, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
