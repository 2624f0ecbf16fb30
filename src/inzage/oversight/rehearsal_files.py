"""The files of a rehearsal: a line for each right that moves, and for each look that would have been refused.

Lines are written as they come, so that of five million rights none is kept in memory.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TextIO

from inzage.dossiers.models import Dossier
from inzage.oversight.looks_refused import RefusedLook
from inzage.oversight.moving_ends import Compared
from inzage.oversight.spreadsheets import harmless
from inzage.rules.days import BRUSSELS

RIGHTS, LOOKS = "rights.csv", "looks.csv"
NUMBER = ("client_number",)
WHOSE = ("dossier", "unit")
OF_RIGHTS = (*WHOSE, "move", "last_day_now", "last_day_then", "rule_now", "rule_then")
OF_LOOKS = (*WHOSE, "looked_at", "last_day_then")


class MovedRight(NamedTuple):
    """A right of which the end moves."""

    dossier: int
    unit: int
    both: Compared


class Texts(NamedTuple):
    """Lines as they stand in the two files."""

    rights: str
    looks: str


def in_lines(
    moved: list[MovedRight], refused: list[RefusedLook], units: Mapping[int, str], *, with_numbers: bool
) -> Texts:
    """These rights and looks as lines, each with its dossier's reference."""
    names = _names(
        {*(right.dossier for right in moved), *(look.stood.dossier for look in refused)}, with_numbers
    )
    oe_numbers = {pk: harmless(oe_number) for pk, oe_number in units.items()}
    return Texts(
        _csv((*names[right.dossier], oe_numbers[right.unit], *_said(right.both)) for right in moved),
        _csv(
            (
                *names[look.stood.dossier],
                oe_numbers[look.stood.unit],
                look.at.astimezone(BRUSSELS).isoformat(" ", "minutes"),
                look.last_day,
            )
            for look in refused
        ),
    )


def _names(dossiers: set[int], with_numbers: bool) -> dict[int, tuple[str, ...]]:
    columns = ("client__client_number", "reference") if with_numbers else ("reference",)
    rows = Dossier.objects.filter(pk__any=dossiers).values_list("pk", *columns)
    return {pk: tuple(map(harmless, names)) for pk, *names in rows}


def _said(both: Compared) -> tuple[Any, ...]:
    now, then = both
    return (both.move, now.last_day, then.last_day, now.verdict.rule.id, then.verdict.rule.id)


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


class Files:
    """Both files in a folder, with a heading each; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, *, with_numbers: bool) -> None:
        self._folder, self._number = folder, NUMBER if with_numbers else ()
        self._open = ExitStack()
        self._files: tuple[TextIO, ...] = ()

    def __enter__(self) -> Self:
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._files = (self._begun(RIGHTS, OF_RIGHTS), self._begun(LOOKS, OF_LOOKS))
        return self

    def _begun(self, name: str, columns: tuple[str, ...]) -> TextIO:
        assert self._folder is not None
        file = self._open.enter_context((self._folder / name).open("w", encoding="utf-8", newline=""))
        file.write(_csv([(*self._number, *columns)]))
        return file

    def add(self, texts: Texts) -> None:
        """Write these lines after those that are there."""
        for file, text in zip(self._files, texts, strict=False):
            file.write(text)

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._open.close()
