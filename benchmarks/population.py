"""The big register: made once by set-based SQL, kept as a template database, copied for each session of measuring."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import psycopg

from inzage.rules.periods import last_day_after

TODAY = date(2026, 3, 10)
"""The day that the figures play on: 10,000 rights have their last day on its eve (of the smallest register: 2,000)."""
ENDING = 10_000
SIZES = {"10k": 10_000, "50k": 50_000, "500k": 500_000, "5m": 5_000_000}
SQL = Path(__file__).with_name("population.sql")
SOURCE = Path(__file__).resolve().parents[1] / "src"
COPY = "inzage_bench_copy"


def server() -> str:
    """The address of the PostgreSQL server, without a database."""
    address = os.environ.get("INZAGE_BENCH_POSTGRES") or os.environ.get("INZAGE_TEST_POSTGRES")
    if not address:
        sys.exit("Give a server in INZAGE_BENCH_POSTGRES, or use `make bench`, which starts one.")
    return address.rstrip("/")


def template_of(size: str) -> str:
    """The name of the template: another one where the population or the migrations changed."""
    made_of = [SQL, Path(__file__), *sorted(SOURCE.glob("inzage/*/migrations/0*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()[:10]
    return f"inzage_bench_{size}_{digest}"


def copy_of(size: str) -> str:
    """The address of a fresh copy of the template."""
    template = made(size)
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {COPY} TEMPLATE {template} STRATEGY FILE_COPY")
    return f"{server()}/{COPY}"


def made(size: str) -> str:
    """The name of the template, which is made where it is not there yet. Whoever measures it itself only reads."""
    template = template_of(size)
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        there = {name for (name,) in admin.execute("SELECT datname FROM pg_database")}
        for old in there:
            if old.startswith(f"inzage_bench_{size}_") and old != template:
                admin.execute(f"DROP DATABASE {old}")
        if template not in there:
            print(f"Making the register of {SIZES[size]:,} open rights (once)...", flush=True)
            _make(admin, template, SIZES[size])
    return template


def _make(admin: psycopg.Connection, template: str, rights: int) -> None:
    unfinished = f"{template}_unfinished"
    admin.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
    admin.execute(f"CREATE DATABASE {unfinished}")
    address = f"{server()}/{unfinished}"
    inzage(address, "migrate", "-v0")
    with psycopg.connect(address, autocommit=True) as database:
        _fill(database, rights)
    admin.execute(f"ALTER DATABASE {unfinished} RENAME TO {template}")


def _fill(database: psycopg.Connection, rights: int) -> None:
    """Foreign keys and guards are off while it is filled: every reference comes from one numbering."""
    database.execute(
        "SET session_replication_role = replica; SET work_mem = '256MB'; SET synchronous_commit = off"
    )
    database.execute("CREATE TEMP TABLE term (n int, event_on date, last_day date)")
    ending = next(
        day
        for back in range(150, 220)
        if last_day_after(day := TODAY - timedelta(days=back), months=6) == _eve()
    )
    events = [ending, *(TODAY - timedelta(days=back) for back in range(1, 171))]
    with database.cursor().copy("COPY term FROM STDIN") as copy:
        for number, event_on in enumerate(events):
            copy.write_row((number, event_on, last_day_after(event_on, months=6)))
    every = max(rights // 20 * 4 // ENDING, 1)
    text = SQL.read_text().replace(":rights", str(rights)).replace(":every", str(every))
    for statement in re.sub(r"^--.*$", "", text, flags=re.MULTILINE).split(";"):
        if statement.strip():
            database.execute(statement)
    continue_numbering(database)
    database.execute("VACUUM ANALYZE")


def continue_numbering(database: psycopg.Connection) -> None:
    """Let each table number its next rows after those that were filled in."""
    sequences = database.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' "
        "WHERE c.relkind = 'r' AND a.attidentity <> ''"
    )
    for (table,) in sequences.fetchall():
        database.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false) FROM {table}"
        )


def _eve() -> date:
    return TODAY - timedelta(days=1)


def inzage(address: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Inzage on that database."""
    environment = {**os.environ, "INZAGE_DATABASE_URL": address}
    command = [sys.executable, "-m", "inzage.project.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
