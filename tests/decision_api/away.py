"""The ways in which a database can be away from whoever asks it, each for as long as it is entered."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager

import psycopg

from tests.shell import Shell

Away = Callable[[Shell], AbstractContextManager[None]]


@contextmanager
def written_by_another(shell: Shell) -> Iterator[None]:
    """SQLite has one writer at a time, and another one doesn't come to an end."""
    with closing(sqlite3.connect(shell.address.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _locked(table: str, mode: str) -> Away:
    @contextmanager
    def locked(shell: Shell) -> Iterator[None]:
        with psycopg.connect(shell.address) as other:
            other.execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield

    return locked


@contextmanager
def nobody_let_in(shell: Shell) -> Iterator[None]:
    """All connections are cut, and new ones refused, as by a server that is stopped."""
    name = shell.address.rpartition("/")[2]
    with _admin() as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cut_connections(shell)
        try:
            yield
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def cut_connections(shell: Shell) -> None:
    """Every connection is cut; new ones are let in, unless that is refused too."""
    name = shell.address.rpartition("/")[2]
    with _admin() as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def written_by_another_for_a_moment(shell: Shell) -> None:
    """For less long than one waits for the other."""
    with written_by_another(shell):
        time.sleep(0.2)


def _admin() -> "psycopg.Connection[tuple[object, ...]]":
    server = os.environ["INZAGE_DATABASE_URL"].rpartition("/")[0]
    return psycopg.connect(f"{server}/postgres", autocommit=True)


HELD_WRITES: Mapping[str, Away] = {
    "sqlite": written_by_another,
    "postgresql": _locked("access_log_decisionrecord", "EXCLUSIVE"),
}
"""What keeps a decision from being put on record, and from nothing else; by engine."""
WAYS: Mapping[str, Mapping[str, Away]] = {
    "sqlite": {"writes held": HELD_WRITES["sqlite"]},
    "postgresql": {
        "writes held": HELD_WRITES["postgresql"],
        "rights locked": _locked("view_rights_viewright", "ACCESS EXCLUSIVE"),
        "nobody let in": nobody_let_in,
    },
}
"""All of them, by engine."""
INTERRUPTIONS: Mapping[str, Callable[[Shell], None]] = {
    "sqlite": written_by_another_for_a_moment,
    "postgresql": cut_connections,
}
"""What is over at once, by engine."""
