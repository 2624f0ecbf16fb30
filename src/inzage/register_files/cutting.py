"""One physical line cut into cells. A quotation mark left open costs its own line, and no other."""

import csv

from inzage.register_files.checks import Bad
from inzage.register_files.showing import LONGEST_SHOWN

LONGEST_CELL = 100_000
QUOTE = '"'


def cut(text: str, separator: str) -> list[str]:
    """The cells of a line without its line break. Raises `Bad` where that can't be done."""
    if QUOTE not in text:
        cells = text.rstrip("\r\n").split(separator)
    else:
        try:
            cells = next(csv.reader([text.rstrip("\r\n")], delimiter=separator, strict=True))
        except csv.Error as error:
            raise _uncuttable(str(error)) from None
    if len(text) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
        raise _too_long()
    return cells


def _uncuttable(said: str) -> Bad:
    if "field limit" in said:
        return _too_long()
    if "unexpected end" in said:
        return Bad(
            "has a quotation mark that opens a cell and is never closed on that line",
            "close it or leave it out; a cell can't hold a line break: put its text on one line",
        )
    return Bad(f"can't be cut into cells ({said})", "double each quotation mark inside a cell")


def _too_long() -> Bad:
    return Bad(
        f"has a cell of more than {LONGEST_CELL:,} characters",
        "shorten the cell; where it swallowed others, a quotation mark or a separator is missing",
    )


class Cutter:
    """Cuts the lines of one file, `width` cells each. Of a line that can't be cut it keeps what it is about."""

    def __init__(self, separator: str, width: int, *, id_place: int) -> None:
        self._separator, self._width, self._id_place = separator, width, id_place
        self._opened_on = 0

    def cut(self, number: int, text: str) -> tuple[list[str], Bad | None]:
        """The cells, as many as the file is wide, and what is wrong with the line as a whole."""
        try:
            cells = cut(text, self._separator)
            trouble = None if len(cells) == self._width else self._misfit(cells)
        except Bad as why:
            cells, trouble = [], why
        if trouble is None and not self._opened_on:
            return cells, None
        return self._looked_at(number, text, cells, trouble)

    def _looked_at(
        self, number: int, text: str, cells: list[str], trouble: Bad | None
    ) -> tuple[list[str], Bad | None]:
        if remainder := self._remainder(number, text, trouble):
            cells, trouble = [""], remainder
        if trouble is None:
            return cells, None
        trouble.value = text[:LONGEST_SHOWN]
        return self._kept(cells, text), trouble

    def _misfit(self, cells: list[str]) -> Bad:
        return Bad(
            f"the line has {len(cells)} values where the first line names {self._width}",
            "put text that holds a separator between double quotes, and leave no cell out",
        )

    def _remainder(self, number: int, text: str, trouble: Bad | None) -> Bad | None:
        """Whether it is the rest of a cell: what follows a mark left open, up to the one that closes it.

        A line that is whole by itself ends it: then the mark was a slip.
        """
        opened_on, odd = self._opened_on, text.count(QUOTE) % 2 == 1
        if opened_on and (trouble is not None or odd):
            self._opened_on = 0 if odd else opened_on
            return Bad(
                f"seems to be the rest of a cell with a line break that begins on line {opened_on}",
                "put the text of that cell on one line",
            )
        self._opened_on = number if odd and trouble is not None else 0
        return None

    def _kept(self, cells: list[str], text: str) -> list[str]:
        """Those of a line of another width may be shifted: only the first, where it says what the line is about."""
        place = self._id_place
        if not cells:  # what stands before the first quotation mark is sure
            cells = text[: text.find(QUOTE)].split(self._separator)[:-1] if QUOTE in text else []
        kept = [""] * self._width
        if place < min(len(cells), self._width):
            kept[place] = cells[place]
        return kept
