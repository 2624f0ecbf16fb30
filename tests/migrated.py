"""Databases for processes of their own, as `inzage migrate` makes them: one is migrated, the others are its copies.

The history in it can't be deleted, so each test needs its own; and to migrate each takes many times as long.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from functools import cache
from pathlib import Path

import psycopg
from django.db import connection

COMMAND = [sys.executable, "-m", "inzage.project.cli"]


class Original:
    """The one that is migrated. It goes with `drop`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="inzage-own-"))
        self.address = _named(_name(), self.folder)
        if connection.vendor == "postgresql":
            _on_server(f"CREATE DATABASE {_name_in(self.address)}")
        subprocess.run([*COMMAND, "migrate", "-v0"], env=environment(self.folder, self.address), check=True)

    def copy(self, folder: Path) -> str:
        """The address of a new one that is the same; on SQLite it lies in the folder."""
        address = _named(_name(), folder)
        if connection.vendor == "postgresql":
            _on_server(f"CREATE DATABASE {_name_in(address)} TEMPLATE {_name_in(self.address)}")
        else:
            shutil.copyfile(file_of(self.address), file_of(address))
        return address


@cache
def original() -> Original:
    """One for all tests of this process."""
    return Original()


def forget() -> None:
    """Leave nothing of the one that was copied, if there was any."""
    if original.cache_info().currsize:
        drop(original().address)
        shutil.rmtree(original().folder)
        original.cache_clear()


def drop(address: str) -> None:
    """Away with a database on the server, whoever is still in it; a file goes with its folder."""
    if connection.vendor == "postgresql":
        _on_server(f"DROP DATABASE IF EXISTS {_name_in(address)} WITH (FORCE)")


def environment(folder: Path, address: str) -> dict[str, str]:
    """What a process is told: no setting of Inzage but the folder and the database."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("INZAGE_")},
        "PYTHONPATH": os.pathsep.join(sys.path),
        "INZAGE_DATABASE_URL": address,
        "INZAGE_VAR": str(folder),
    }


def file_of(address: str) -> str:
    """The file of a database on SQLite."""
    return address.removeprefix("sqlite:///")


def _name() -> str:
    return f"own_{uuid.uuid4().hex[:12]}"


def _named(name: str, folder: Path) -> str:
    if connection.vendor == "postgresql":
        return f"{_server()}/{name}"
    return f"sqlite:///{folder / 'own.sqlite3'}"


def _name_in(address: str) -> str:
    return address.rpartition("/")[2]


def _server() -> str:
    return os.environ["INZAGE_DATABASE_URL"].rpartition("/")[0]


def _on_server(statement: str) -> None:
    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as server:
        server.execute(statement)
