"""The lines that could not be taken, kept until the end and written to a file that can itself be imported."""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from inzage.register_files.checks import Bad
from inzage.register_files.files import BY_NAME, FILES, RegisterFile
from inzage.register_files.places import ABOUT, Place
from inzage.register_files.showing import LONGEST_SHOWN, as_shown

COLUMNS = (*ABOUT, *dict.fromkeys(column for file in FILES for column in file.columns))


class Rejections:
    """Rejected lines in a scratch database: however many, they take no memory."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(
            "CREATE TABLE rejected (file TEXT, line INTEGER, id TEXT, place TEXT, value TEXT, reason TEXT, "
            "what_to_do TEXT, cells TEXT)"
        )

    def add(self, file: str, line: int, cells: Mapping[str, str], why: Bad) -> None:
        """Set a line aside."""
        shown = {column: as_shown(cell) for column, cell in cells.items()}
        number = shown.get(BY_NAME[file].id_column, "") if file in BY_NAME else ""
        value = as_shown(why.value)[:LONGEST_SHOWN]
        row = (as_shown(file), line, number, why.column, value, why.reason, why.what_to_do, json.dumps(shown))
        self._database.execute("INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    @contextmanager
    def gone(self) -> Iterator[str]:
        """A table of `value` and `line` for as long as the block lasts: what can't be referred to, and why.

        `line` is that of the line that is in the way, where one is.
        """
        self._database.execute("CREATE TABLE gone (value TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        try:
            yield "gone"
        finally:
            self._database.execute("DROP TABLE gone")

    def move(
        self,
        file: RegisterFile,
        column: str,
        *,
        reason: str,
        what_to_do: str,
        where: str = "TRUE",
        later: bool = False,
    ) -> None:
        """Set aside the lines of `file` whose `column` is in `gone`; `later`: only those after the line named there.

        `reason` may name that line (%d).
        """
        cells = ", ".join(f"'{name}', kept.{name}" for name in file.columns)
        met = f"kept.{column} = gone.value AND {where}" + (" AND kept.line > gone.line" if later else "")
        self._database.execute(
            f"INSERT INTO rejected SELECT ?, kept.line, kept.{file.id_column}, ?, kept.{column}, "
            f"printf(?, gone.line), ?, json_object({cells}) FROM {file.table} AS kept JOIN gone ON {met}",
            (file.name, column, reason, what_to_do),
        )
        self._database.execute(
            f"DELETE FROM {file.table} AS kept WHERE EXISTS (SELECT 1 FROM gone WHERE {met})"
        )

    def count(self) -> int:
        """How many lines were set aside."""
        return int(self._database.execute("SELECT count(*) FROM rejected").fetchone()[0])

    def index(self) -> None:
        """Make looking up fast, once the lines have been read."""
        self._database.execute("CREATE INDEX IF NOT EXISTS rejected_by_id ON rejected (file, id)")

    def write(self, place: Place) -> None:
        """Write them to that place in one move, in the order of the files; no file where there are none.

        What an earlier import left there is kept beside it: it may not be corrected yet.
        """
        place.keep_what_stands_there()
        if not self.count():
            return
        writer = csv.DictWriter(place.unfinished, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._rows())
        place.finish()

    def _rows(self) -> Iterable[dict[str, object]]:
        for name in [*BY_NAME, *self._other_names()]:
            found = self._database.execute(
                "SELECT file, line, place, value, reason, what_to_do, cells FROM rejected WHERE file = ? "
                "ORDER BY line, rowid",
                (name,),
            )
            for *about, cells in found:
                yield {**json.loads(cells), **dict(zip(ABOUT, about, strict=True))}

    def _other_names(self) -> list[str]:
        names = self._database.execute("SELECT DISTINCT file FROM rejected ORDER BY file")
        return [name for (name,) in names if name not in BY_NAME]
