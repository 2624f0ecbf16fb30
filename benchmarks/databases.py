"""A database to measure on, gone afterwards, and what a query finds in one beside whatever runs on it."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[str]:
    """The address of a database named after what is measured: on the server that is given, else SQLite in `folder`."""
    server = os.environ.get("INZAGE_BENCH_POSTGRES") or os.environ.get("INZAGE_TEST_POSTGRES")
    if not server:
        yield f"sqlite:///{folder / 'own.sqlite3'}"
        return
    own = f"{name}_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server.rstrip('/')}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {own}")
        try:
            yield f"{server.rstrip('/')}/{own}"
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)")


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    """What a query finds."""
    if address.startswith("sqlite:///"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=30)) as own:
            return own.execute(query).fetchall()
    with psycopg.connect(address) as server:
        return server.execute(query).fetchall()
