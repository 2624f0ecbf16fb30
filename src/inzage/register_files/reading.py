"""Text files as lines cut into cells: separator, byte order mark and encoding are worked out, memory stays flat."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from inzage.register_files.checks import Bad
from inzage.register_files.cutting import Cutter, cut
from inzage.register_files.showing import NOT_UTF_8, UNTAKEABLE, as_shown

LONGEST_LINE = 1_000_000
EVERY = 20_000
OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class UnreadableFile(Exception):
    """A file of which no line can be trusted. Nothing has been imported; the message says what to do."""


class Line(NamedTuple):
    """A line cut into the cells of the asked columns, or the reason why that can't be done."""

    number: int
    cells: list[str]
    trouble: Bad | None = None


class Table:
    """A text file with a header. `columns` are those asked, in order; one that the file lacks reads as empty.

    A line is what stands between two line breaks, whatever the quotation marks in it: no cell may hold a line break.
    The cells of `remarks` are handed out unseen: what stands there is taken nowhere.
    """

    def __init__(
        self,
        path: Path,
        columns: Collection[str],
        *,
        needed: Collection[str],
        remarks: Collection[str] = (),
        progress: Callable[[str, int, int], None] = lambda _name, _done, _of: None,
    ) -> None:
        self.path, self.columns, self.progress = path, tuple(columns), progress
        self._remarks = frozenset(remarks)
        self.warnings: list[str] = []
        self._header: list[str] = []
        self._header_on = 0
        self._find_header()
        if self._header:
            self._check_header(needed)

    def _find_header(self) -> None:
        """The first line that isn't blank; a file without one is empty."""
        with _opened(self.path) as file:
            lines = _numbered(file, self.path.name)
            self._header_on, first = next(((n, line) for n, line in lines if line.strip()), (0, ""))
        self._separator = ";" if first.count(";") > first.count(",") else ","
        if not first:
            return
        try:
            self._header = [as_shown(name).strip().lower() for name in cut(first, self._separator)]
        except Bad as why:
            raise UnreadableFile(
                f"{self.path.name}, line {self._header_on}: the names of the columns {why.reason}. "
                f"To do: {why.what_to_do}; then import again."
            ) from None

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
        asked = [column for column in self.columns if column not in self._remarks]
        if absent := [column for column in asked if column not in header]:
            self.warnings.append(f"{name} has no column {', '.join(absent)}: taken as empty.")
        if unknown := [column for column in header if column not in self.columns]:
            self.warnings.append(f"{name}: unknown columns are ignored: {', '.join(unknown)[:200]}.")

    def __iter__(self) -> Iterator[Line]:
        """The lines after the header, blank ones left out; `progress` hears of every 20,000th."""
        if not self._header:
            return
        header, columns = self._header, self.columns
        width = len(header)
        places = [header.index(column) if column in header else width for column in columns]
        seen = [place for column, place in zip(columns, places) if column not in self._remarks]
        cutter = Cutter(self._separator, width, id_place=places[0])
        with _opened(self.path) as file:
            size = self.path.stat().st_size
            for count, (number, line) in enumerate(_numbered(file, self.path.name)):
                if count % EVERY == 0:
                    self.progress(self.path.name, file.buffer.tell(), size)
                if number <= self._header_on or not (text := line.rstrip("\r\n")) or text.isspace():
                    continue
                cells, trouble = cutter.cut(number, text)
                cells.append("")  # of the columns that the file lacks
                if trouble is None and UNTAKEABLE.search(text):
                    trouble = _untakeable("".join([cells[place] for place in seen]))
                yield Line(number, [cells[place].strip() for place in places], trouble)
            self.progress(self.path.name, size, size)


def _numbered(file: TextIO, name: str) -> Iterator[tuple[int, str]]:
    """The file's lines by their number, none too long to hold."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise UnreadableFile(
                f"{name} has a line of more than {LONGEST_LINE:,} characters: that is not a register file. "
                "Check that its lines end in a line break."
            )
        yield number, line


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        if encoding := OTHER_ENCODINGS.get(file.read(2)):
            raise UnreadableFile(f"{path.name} is written in {encoding}. Save it as UTF-8, and import again.")
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _untakeable(text: str) -> Bad | None:
    """Why a line with such characters can't be taken, if they stand where it matters."""
    if NOT_UTF_8.search(text):
        what = "look at the letters with accents in this line, or save the whole file as UTF-8"
        return Bad("is not written in UTF-8", what)
    if UNTAKEABLE.search(text):
        return Bad("holds a control character, such as a tab", "take control characters out")
    return None
