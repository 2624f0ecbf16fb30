"""The `inzage` command in processes of its own, against a database of its own that the test drops afterwards."""

import json
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from tests.migrated import COMMAND, drop, environment, file_of, original


def until(condition: Callable[[], bool], *, seconds: float = 120) -> None:
    """Wait for a condition, looking again and again; too late is a failure."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.05)


class Shell:
    """The `inzage` command against a database of its own."""

    def __init__(self, folder: Path, address: str) -> None:
        self.environment = environment(folder, address) | {"INZAGE_LOCK_SECONDS": "1"}

    def start(self, *arguments: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a command; `before` runs in its process."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment,
            preexec_fn=before,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, before: Callable[[], None] | None = None) -> tuple[int, str, str]:
        """Run a command to its end: exit code, output, errors."""
        process = self.start(*arguments, before=before)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def asked(self, query: str) -> Any:
        """The one value that a query on the database gives, asked beside whatever runs."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(file_of(self.address))) as own:
                return own.execute(query).fetchone()[0]
        with psycopg.connect(self.address) as server:
            row = server.execute(query).fetchone()
            return row[0] if row else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another process holds what an import writes to."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(file_of(self.address), isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                yield
            return
        with psycopg.connect(self.address) as other_server:
            other_server.execute("LOCK TABLE dossiers_dossier IN EXCLUSIVE MODE")
            yield

    @property
    def address(self) -> str:
        """Where the database is."""
        return self.environment["INZAGE_DATABASE_URL"]

    def rights(self, *, on: str) -> list[dict[str, Any]]:
        """The rights at the end of that day, as the command prints them."""
        code, out, err = self.run("rights", "--json", "--on", on)
        assert code == 0, err
        return [json.loads(line) for line in out.splitlines()]


def own_database(folder: Path) -> Iterator[Shell]:
    """Make, lend and drop it: what is committed here can't be rolled back, nor the history deleted."""
    address = original().copy(folder)
    try:
        yield Shell(folder, address)
    finally:
        drop(address)
