"""What a region has beside its rights: a log of four lines a right, rights that ended, and what waits at each desk."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.population import TODAY, continue_numbering

HERE = Path(__file__).parent
LINES = 4
"""How many lines of the log there are for each right."""
LOG = ("access_log_accessline", "access_log_showndossier")


def is_filled(address: str) -> bool:
    """Whether that was done in this database."""
    with psycopg.connect(address) as database:
        return database.execute("SELECT 1 FROM access_log_accessline LIMIT 1").fetchone() is not None


def fill(address: str, rights: int) -> None:
    """Once in each copy: guards and foreign keys are off meanwhile, as every reference comes from one numbering."""
    with psycopg.connect(address, autocommit=True) as database:
        database.execute(
            "SET session_replication_role = replica; SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; "
            "SET synchronous_commit = off"
        )
        with _without_indexes(database):
            _run(database, HERE / "log.sql", rights)
        _run(database, HERE / "region.sql", rights)
        continue_numbering(database)
        database.execute("VACUUM ANALYZE")


@contextmanager
def _without_indexes(database: psycopg.Connection) -> Iterator[None]:
    """The log's indexes are made when it is full: that is quicker, and says how long an operator waits for each."""
    found = database.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))",
        [list(LOG)],
    ).fetchall()
    for name, _made_by in found:
        database.execute(f"DROP INDEX {name}")
    yield
    for name, made_by in found:
        begun = time.monotonic()
        database.execute(made_by)
        print(f"  index {name}: {time.monotonic() - begun:.0f} s", flush=True)


def _run(database: psycopg.Connection, script: Path, rights: int) -> None:
    values = {"rights": str(rights), "lines": str(LINES * rights), "today": f"{TODAY}"}
    text = re.sub(r"^--.*$", "", script.read_text(), flags=re.MULTILINE)
    text = re.sub(r":(rights|lines|today)\b", lambda found: values[found[1]], text)
    for statement in text.split(";"):
        if statement.strip():
            database.execute(statement)
