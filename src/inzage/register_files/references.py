"""Lines against each other: the same id twice, references to nothing, and what hangs on a line that is bad.

All of it is asked of the scratch database at once, however many lines there are: nothing is gathered in memory.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from inzage.register_files.files import BY_NAME, RegisterFile
from inzage.register_files.rejections import Rejections

ASKED_AT_ONCE = 5_000
ABOUT_CLIENTS = ("assignments.csv", "consents.csv", "activities.csv")
REFERENCES = (
    ("partners.csv", "oe_number", "oe_number"),
    ("services.csv", "code", "service"),
    ("clients.csv", "client_number", "client_number"),
)
"""What lines refer to: the file, its key, and the column that names it."""


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
    with rejections.gone() as gone:
        database.execute(
            f"INSERT INTO {gone} SELECT {number}, min(line) FROM (SELECT {number}, line FROM {file.table} "
            "UNION ALL SELECT id, line FROM rejected WHERE file = ? AND id <> '') "
            "GROUP BY 1 HAVING count(*) > 1",
            (file.name,),
        )
        rejections.move(
            file,
            number,
            later=True,
            reason="stands on line %d too",
            what_to_do="keep one line for each number: remove or renumber this one",
        )


def set_aside_hanging(database: sqlite3.Connection, known: Known, rejections: Rejections) -> None:
    """Lines about a client, unit or service that is not there, or whose own line was set aside."""
    in_register: dict[str, Callable[[Collection[str]], Collection[str]]] = {
        "partners.csv": known.units.keys().__and__,
        "services.csv": known.services.keys().__and__,
        "clients.csv": known.clients,
    }
    for target, key, column in REFERENCES:
        for name in ABOUT_CLIENTS:
            if column in BY_NAME[name].columns:
                _set_aside_missing(
                    BY_NAME[name], column, (target, key), in_register[target], database, rejections
                )


def _set_aside_missing(
    file: RegisterFile,
    column: str,
    referred: tuple[str, str],
    in_register: Callable[[Collection[str]], Collection[str]],
    database: sqlite3.Connection,
    rejections: Rejections,
) -> None:
    """First the lines that hang on a bad one, then those about what is nowhere."""
    target, key = referred
    with rejections.gone() as gone:
        database.execute(
            f"INSERT INTO {gone} SELECT number, (SELECT min(line) FROM rejected WHERE file = ? AND id = number) "
            f"FROM (SELECT {column} AS number FROM {file.table} EXCEPT "
            f"SELECT {key} FROM {BY_NAME[target].table})",
            (target,),
        )
        _leave_known(gone, in_register, database)
        rejections.move(
            file,
            column,
            where="gone.line IS NOT NULL",
            reason=f"hangs on line %d of {target}, which could not be taken",
            what_to_do="correct that line, and import both again",
        )
        rejections.move(
            file,
            column,
            reason=f"is not in {target}, nor in the register",
            what_to_do=f"add it to {target}, or correct the reference",
        )


def _leave_known(
    gone: str, in_register: Callable[[Collection[str]], Collection[str]], database: sqlite3.Connection
) -> None:
    """What the register has is there, unless a line of these files about it could not be taken."""
    last = ""
    while some := database.execute(
        f"SELECT value FROM {gone} WHERE value > ? AND line IS NULL ORDER BY value LIMIT {ASKED_AT_ONCE}",
        (last,),
    ).fetchall():
        there = in_register([value for (value,) in some])
        database.executemany(f"DELETE FROM {gone} WHERE value = ?", [(value,) for value in there])
        last = some[-1][0]
