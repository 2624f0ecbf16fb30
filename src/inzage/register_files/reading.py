"""Text files as lines cut into cells: separator, byte order mark and encoding are worked out, memory stays flat."""

import csv
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from inzage.register_files.checks import Bad

LONGEST_LINE = 1_000_000
LONGEST_SHOWN = 2_000
EVERY = 20_000
UNTAKEABLE = re.compile("[\x00-\x1f\x7f\udc80-\udcff]")
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class UnreadableFile(Exception):
    """A file of which no line can be trusted. Nothing has been imported; the message says what to do."""


class Line(NamedTuple):
    """A line cut into the cells of the asked columns, or the reason why that can't be done."""

    number: int
    cells: list[str]
    trouble: Bad | None = None


class Table:
    """A text file with a header. `columns` are those asked, in order; one that the file lacks reads as empty."""

    def __init__(
        self,
        path: Path,
        columns: Collection[str],
        *,
        needed: Collection[str],
        progress: Callable[[str, int, int], None] = lambda _name, _done, _of: None,
    ) -> None:
        self.path, self.columns, self.progress = path, tuple(columns), progress
        self.warnings: list[str] = []
        with _opened(path) as file:
            first = file.readline(LONGEST_LINE)
            self._separator = ";" if first.count(";") > first.count(",") else ","
            self._header = [
                name.strip().lower() for name in next(csv.reader([first], delimiter=self._separator), [])
            ]
        if self._header:
            self._check_header(needed)

    def _check_header(self, needed: Collection[str]) -> None:
        name, header = self.path.name, self._header
        for column in self.columns:
            if header.count(column) > 1:
                raise UnreadableFile(
                    f"{name} has the column {column} twice: keep one of the two, and import again."
                )
        if missing := [column for column in self.columns if column in needed and column not in header]:
            raise UnreadableFile(
                f"{name} has no column {', '.join(missing)} in its first line ({', '.join(header)[:200]}). "
                f"Expected, with comma or semicolon between them: {', '.join(self.columns)}."
            )
        if absent := [column for column in self.columns if column not in header]:
            self.warnings.append(f"{name} has no column {', '.join(absent)}: taken as empty.")
        if unknown := [column for column in header if column not in self.columns]:
            self.warnings.append(f"{name}: unknown columns are ignored: {', '.join(unknown)[:200]}.")

    def __iter__(self) -> Iterator[Line]:
        """The lines after the header; `progress` hears of every 20,000th."""
        if not self._header:
            return
        width = len(self._header)
        places = [self._header.index(column) if column in self._header else width for column in self.columns]
        with _opened(self.path) as file:
            size = self.path.stat().st_size
            for count, (number, cells, trouble) in enumerate(self._records(file)):
                if count % EVERY == 0:
                    self.progress(self.path.name, file.buffer.tell(), size)
                if trouble is None:
                    trouble, cells = self._looked_at(cells, places)
                cells.extend([""] * (width + 1 - len(cells)))
                yield Line(number, [cells[place].strip() for place in places], trouble)
            self.progress(self.path.name, size, size)

    def _looked_at(self, cells: list[str], places: list[int]) -> tuple[Bad | None, list[str]]:
        """What is wrong with the line as a whole, and its cells; those of a line of another width may be shifted."""
        width = len(self._header)
        if len(cells) != width:
            trouble = Bad(
                f"the line has {len(cells)} values where the first line names {width}",
                "put text that holds a separator between double quotes, and leave no cell out",
                value=self._separator.join(cells)[:LONGEST_SHOWN],
            )
            return trouble, [cell if place == places[0] else "" for place, cell in enumerate(cells)]
        return _untakeable(cells) if UNTAKEABLE.search("".join(cells)) else (None, cells)

    def _records(self, file: TextIO) -> Iterator[tuple[int, list[str], Bad | None]]:
        """Records by the number of their first line; empty lines are left out."""
        file.readline(LONGEST_LINE)  # the header
        lines = _Lines(file, self.path.name)
        reader = csv.reader(lines, delimiter=self._separator, strict=True)
        while True:
            number = reader.line_num + 2
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if lines.at_end:
                    raise UnreadableFile(
                        f"{self.path.name}: a quotation mark that opens on line {number} is never closed. "
                        "Close it, or leave it out, and import again."
                    ) from None
                trouble = Bad(
                    f"can't be cut into cells ({error})",
                    "double each quotation mark inside a cell",
                    value=lines.last.rstrip("\r\n")[:LONGEST_SHOWN],
                )
                yield number, [], trouble
                continue
            if cells:
                yield number, cells, None


class _Lines:
    """The file's lines, none too long to hold; remembers the last."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file, self._name = file, name
        self.last, self.at_end = "", False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE)
        if not line:
            self.at_end = True
            raise StopIteration
        if len(line) == LONGEST_LINE:
            raise UnreadableFile(
                f"{self._name} has a line of more than {LONGEST_LINE:,} characters: that is not a register file. "
                "Check that its lines end in a line break."
            )
        self.last = line
        return line


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        if encoding := OTHER_ENCODINGS.get(file.read(2)):
            raise UnreadableFile(f"{path.name} is written in {encoding}. Save it as UTF-8, and import again.")
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _untakeable(cells: list[str]) -> tuple[Bad, list[str]]:
    """Why a line with such characters can't be taken, and its cells as they may have been meant."""
    if any("\udc80" <= character <= "\udcff" for cell in cells for character in cell):
        meant = [cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace") for cell in cells]
        what = "look at the letters with accents in this line, or save the whole file as UTF-8"
        return Bad("is not written in UTF-8", what), [UNTAKEABLE.sub(" ", cell) for cell in meant]
    what = "take line breaks and other control characters out"
    return Bad("holds a line break or control character", what), [UNTAKEABLE.sub(" ", cell) for cell in cells]
