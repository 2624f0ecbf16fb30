"""The lines that could not be taken, kept until the end and written to a file that can itself be imported."""

import csv
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from inzage.register_files.checks import Bad
from inzage.register_files.files import BY_NAME, FILES

ABOUT = ("file", "line", "column", "value", "reason", "what_to_do")
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
        number = cells.get(BY_NAME[file].id_column, "") if file in BY_NAME else ""
        row = (file, line, number, why.column, why.value, why.reason, why.what_to_do, json.dumps(cells))
        self._database.execute("INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def count(self) -> int:
        """How many lines were set aside."""
        return int(self._database.execute("SELECT count(*) FROM rejected").fetchone()[0])

    def line_of(self, file: str, number: str) -> int | None:
        """The number of the line about `number` that was set aside, if one was."""
        found = self._database.execute(
            "SELECT min(line) FROM rejected WHERE file = ? AND id = ?", (file, number)
        ).fetchone()
        return found[0] if found else None

    def index(self) -> None:
        """Make looking up fast, once the lines have been read."""
        self._database.execute("CREATE INDEX IF NOT EXISTS rejected_by_id ON rejected (file, id)")

    def write(self, path: Path) -> None:
        """Write them to `path` in one move, in the order of the files; no file where there are none.

        What an earlier import left there is kept beside it: it may not be corrected yet.
        """
        _keep_beside(path)
        if not self.count():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".unfinished")
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self._rows())
        os.replace(unfinished, path)  # noqa: PTH105 - one move, also where the file is there already

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


def _keep_beside(path: Path) -> None:
    """Name an earlier file after the moment it was written."""
    if path.exists():
        written = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        path.rename(path.with_stem(f"{path.stem}-{written:%Y%m%dT%H%M%S%f}"))
