"""Lines against each other: the same id twice, references to nothing, and what hangs on a line that is bad."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any, Protocol

from inzage.register_files.checks import Bad
from inzage.register_files.files import BY_NAME, RegisterFile
from inzage.register_files.rejections import Rejections

ASKED_AT_ONCE = 5_000
ABOUT_CLIENTS = ("assignments.csv", "consents.csv", "activities.csv")


class Known(Protocol):
    """What the register has already."""

    @property
    def units(self) -> Mapping[str, int]:
        """Units by their OE number."""

    @property
    def services(self) -> Mapping[str, bool]:
        """Services by their code, and whether they are tendered."""

    def clients(self, numbers: Collection[str]) -> Collection[str]:
        """Those of these client numbers that the register has."""


def set_aside_doubled(file: RegisterFile, database: sqlite3.Connection, rejections: Rejections) -> None:
    """The same id twice in one file: every line after the first is a bad one, whatever the first is like."""
    number = file.id_column
    doubled = database.execute(
        f"SELECT {number}, min(line) FROM (SELECT {number}, line FROM {file.table} UNION ALL "
        "SELECT id, line FROM rejected WHERE file = ? AND id <> '') GROUP BY 1 HAVING count(*) > 1",
        (file.name,),
    ).fetchall()
    for value, first in doubled:
        why = Bad(
            f"stands on line {first} too",
            "keep one line for each number: remove or renumber this one",
            column=number,
            value=value,
        )
        _set_aside(file, f"{number} = ? AND line > ?", (value, first), why, database, rejections)


def set_aside_hanging(database: sqlite3.Connection, known: Known, rejections: Rejections) -> None:
    """Lines about a client, unit or service that is not there, or whose own line was set aside."""
    _set_aside_missing("partners.csv", "oe_number", "oe_number", known.units, database, rejections)
    _set_aside_missing("services.csv", "code", "service", known.services, database, rejections)
    _set_aside_missing_clients(database, known, rejections)


def _set_aside_missing(
    target: str,
    key: str,
    column: str,
    known: Collection[str],
    database: sqlite3.Connection,
    rejections: Rejections,
) -> None:
    table = BY_NAME[target].table
    for name in ABOUT_CLIENTS:
        file = BY_NAME[name]
        if column not in file.columns:
            continue
        loose = database.execute(
            f"SELECT DISTINCT {column} FROM {file.table} WHERE {column} NOT IN (SELECT {key} FROM {table})"
        ).fetchall()
        for (value,) in loose:
            line = rejections.line_of(target, value)
            if line is not None or value not in known:
                why = _why(target, column, value, line)
                _set_aside(file, f"{column} = ?", (value,), why, database, rejections)


def _set_aside_missing_clients(database: sqlite3.Connection, known: Known, rejections: Rejections) -> None:
    for name in ABOUT_CLIENTS:
        file = BY_NAME[name]
        loose = database.execute(
            f"SELECT DISTINCT client_number FROM {file.table} EXCEPT SELECT client_number FROM clients"
        )
        gone: list[str] = []
        while some := [number for (number,) in loose.fetchmany(ASKED_AT_ONCE)]:
            there = set(known.clients(some))
            gone += [number for number in some if number not in there]
            gone += [number for number in there if rejections.line_of("clients.csv", number) is not None]
        if gone:
            database.execute(f"CREATE INDEX IF NOT EXISTS {file.table}_of ON {file.table} (client_number)")
        for number in gone:
            why = _why("clients.csv", "client_number", number, rejections.line_of("clients.csv", number))
            _set_aside(file, "client_number = ?", (number,), why, database, rejections)


def _why(target: str, column: str, value: str, line: int | None) -> Bad:
    if line is not None:
        reason = f"hangs on line {line} of {target}, which could not be taken"
        return Bad(reason, "correct that line, and import both again", column=column, value=value)
    what = f"add it to {target}, or correct the reference"
    return Bad(f"is not in {target}, nor in the register", what, column=column, value=value)


def _set_aside(
    file: RegisterFile,
    where: str,
    values: tuple[Any, ...],
    why: Bad,
    database: sqlite3.Connection,
    rejections: Rejections,
) -> None:
    found = database.execute(f"SELECT * FROM {file.table} WHERE {where} ORDER BY line", values).fetchall()
    for line, *cells in found:
        rejections.add(file.name, line, dict(zip(file.columns, cells, strict=True)), why)
    database.execute(f"DELETE FROM {file.table} WHERE {where}", values)
