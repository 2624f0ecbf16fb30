"""Register files set out in a scratch database: checked line by line, against each other, then client by client.

Memory doesn't grow with the files. What can't be taken is set aside with what hangs on it; the rest goes on.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from inzage.register_files.bundling import bundles
from inzage.register_files.checks import Bad
from inzage.register_files.files import BY_NAME, FILES, RegisterFile
from inzage.register_files.lines import AssignmentLine, Bundle, PartnerLine, ServiceLine
from inzage.register_files.places import ABOUT, Place
from inzage.register_files.reading import Line, Table, UnreadableFile
from inzage.register_files.references import Known, set_aside_doubled, set_aside_hanging
from inzage.register_files.rejections import COLUMNS, Rejections
from inzage.register_files.scratch import scratch_folder

__all__ = ["Known", "Staged", "UnreadableFile", "stage"]

BATCH = 10_000
Progress = Callable[[str, int, int], None]


class Counts(NamedTuple):
    """Lines read by file, clients to be taken in, lines set aside."""

    lines: dict[str, int]
    clients: int
    rejected: int


@contextmanager
def stage(
    path: Path, *, known: Known, scratch: Path, progress: Progress = lambda *_: None
) -> Iterator["Staged"]:
    """Set out a folder, or a corrected rejected.csv, for as long as the block lasts. Raises `UnreadableFile`.

    `scratch` is a folder with room for about twice the files.
    """
    with (
        scratch_folder(scratch) as folder,
        closing(sqlite3.connect(folder / "staged.sqlite3", isolation_level=None)) as database,
    ):
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4096"):
            database.execute(f"PRAGMA {pragma}")
        staged = Staged(database, known)
        staged.read(path, progress)
        yield staged


class Staged:
    """The checked lines of an import."""

    def __init__(self, database: sqlite3.Connection, known: Known) -> None:
        self._database, self._known = database, known
        self._rejections = Rejections(database)
        self._lines = dict.fromkeys(BY_NAME, 0)
        self.warnings: list[str] = []
        for file in FILES:
            database.execute(f"CREATE TABLE {file.table} (line INTEGER, {', '.join(file.columns)})")

    def read(self, path: Path, progress: Progress) -> None:
        """Read everything, and set aside what is bad by itself, doubled, or hangs on a bad line."""
        if path.is_dir():
            for file in self._there(path):
                self._read_file(file, path / file.name, progress)
        elif path.is_file():
            self._read_rejected(path, progress)
        else:
            raise UnreadableFile(
                f"{path} is neither a folder nor a file. Give a folder with {', '.join(BY_NAME)}."
            )
        self._rejections.index()
        self._database.execute("CREATE INDEX assignments_by_id ON assignments (assignment_id)")
        for file in FILES:
            set_aside_doubled(file, self._database, self._rejections)
        set_aside_hanging(self._database, self._known, self._rejections)
        self._warn_of_shared_insz()

    def _there(self, folder: Path) -> list[RegisterFile]:
        """The files that the folder has: at least one, and none of them something else by that name."""
        there = [file for file in FILES if os.path.lexists(folder / file.name)]
        if not there:
            raise UnreadableFile(
                f"{folder} holds none of the register files. Expected at least one of: {', '.join(BY_NAME)}."
            )
        if wrong := [file.name for file in there if not (folder / file.name).is_file()]:
            raise UnreadableFile(
                f"{', '.join(wrong)} in {folder}: not a file that can be read (a folder, or a link to nothing). "
                "Put the file there, or take the name away: a missing file is an empty one."
            )
        if missing := [file.name for file in FILES if file not in there]:
            self.warnings.append(f"Not in the folder, taken as empty: {', '.join(missing)}.")
        return there

    def _read_file(self, file: RegisterFile, path: Path, progress: Progress) -> None:
        table = Table(path, file.columns, needed=file.needed, progress=progress)
        self.warnings += table.warnings
        self._store(file, iter(table))

    def _read_rejected(self, path: Path, progress: Progress) -> None:
        """A corrected rejected.csv: each line says which file it belongs to."""
        remarks = set(ABOUT) - {"file"}
        table = Table(path, COLUMNS, needed={"file"}, remarks=remarks, progress=progress)
        for number, cells, trouble in table:
            row = dict(zip(COLUMNS, cells, strict=True))
            if trouble is None and row["file"] not in BY_NAME:
                what = f"give one of: {', '.join(BY_NAME)}"
                trouble = Bad("is not a register file", what, column="file", value=row["file"])
            if trouble is not None:
                self._lines[row["file"]] = self._lines.get(row["file"], 0) + 1
                self._rejections.add(row["file"], number, row, trouble)
                continue
            file = BY_NAME[row["file"]]
            self._store(file, iter([Line(number, [row[column] for column in file.columns])]))

    def _store(self, file: RegisterFile, lines: Iterator[Line]) -> None:
        marks = ", ".join("?" * (len(file.columns) + 1))
        rows = self._checked(file, lines)
        while batch := list(islice(rows, BATCH)):
            self._database.execute("BEGIN")
            self._database.executemany(f"INSERT INTO {file.table} VALUES ({marks})", batch)
            self._database.execute("COMMIT")

    def _checked(self, file: RegisterFile, lines: Iterator[Line]) -> Iterator[tuple[int | str, ...]]:
        """The lines that can be taken by themselves, as rows; the others are set aside."""
        for number, cells, trouble in lines:
            self._lines[file.name] += 1
            try:
                if trouble is not None:
                    raise trouble
                kept = file.check(cells)
            except Bad as why:
                self._rejections.add(file.name, number, dict(zip(file.columns, cells, strict=True)), why)
            else:
                yield (number, *kept)

    def _warn_of_shared_insz(self) -> None:
        shared = self._database.execute(
            "SELECT count(*) FROM (SELECT insz FROM clients GROUP BY insz HAVING count(*) > 1)"
        ).fetchone()[0]
        if shared:
            self.warnings.append(
                f"{shared} INSZ numbers stand behind more than one client number: kept as different clients; "
                "have the source look whether they are one person."
            )

    def partners(self) -> Iterator[PartnerLine]:
        """The units, in the order of their numbers."""
        return map(
            PartnerLine._make,
            self._database.execute(
                "SELECT oe_number, name, kbo_number, kind, email FROM partners ORDER BY oe_number"
            ),
        )

    def services(self) -> Iterator[ServiceLine]:
        """The services."""
        found = self._database.execute("SELECT code, name, tendered FROM services ORDER BY code")
        return (ServiceLine(code, name, tendered == "yes") for code, name, tendered in found)

    def bundles(self) -> Iterator[Bundle]:
        """What is left, client by client in the order of their numbers; overlapping assignments are set aside."""
        tendered = {**self._known.services, **{line.code: line.tendered for line in self.services()}}
        return bundles(self._database, tendered, self.set_aside)

    def set_aside(self, assignment: AssignmentLine, why: Bad) -> None:
        """Set an assignment aside that can't stand beside the others, here or in the register."""
        file = BY_NAME["assignments.csv"]
        line, *cells = self._database.execute(
            "SELECT * FROM assignments WHERE assignment_id = ?", (assignment.assignment_id,)
        ).fetchone()
        self._rejections.add(file.name, line, dict(zip(file.columns, cells, strict=True)), why)

    def write_rejected(self, place: Place) -> None:
        """Write what was set aside to its place; correct it there, and import that file."""
        self._rejections.write(place)

    def counts(self) -> Counts:
        """How much there is."""
        clients = " UNION ".join(
            f"SELECT client_number FROM {table}"
            for table in ("clients", "assignments", "consents", "activities")
        )
        found = self._database.execute(f"SELECT count(*) FROM ({clients})").fetchone()[0]
        return Counts(dict(self._lines), found, self._rejections.count())
