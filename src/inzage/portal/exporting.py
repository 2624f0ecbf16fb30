"""Lists as CSV that a spreadsheet opens safely, a row at a time."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import override

from inzage.oversight.spreadsheets import harmless
from inzage.portal.language import spoken

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets see that the text is UTF-8."""


def csv_of(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The answer that saves these rows as a file of that name; semicolons between, as spreadsheets here expect."""
    return StreamingHttpResponse(
        _in(spoken(), _lines(columns, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Through(), delimiter=";", lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow(list(columns))
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def _in(language: str, lines: Iterator[str]) -> Iterator[str]:
    """Each line in the language of the page that asked: it is made when that page has been left already."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


class _Through:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line
