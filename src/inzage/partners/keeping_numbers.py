"""The desk's two files: each that is given is the whole list, and takes the place of the one before (S14)."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from inzage.partners.models import Unit
from inzage.partners.numbers import Contract, Course
from inzage.rules.references import COURSE_LENGTH, LETTERS_AND_DIGITS, OUTSOURCING_LENGTH

COURSES = ("course_number", "title")
CONTRACTS = ("outsourcing_number", "oe_number")


class NotKept(Exception):
    """A file can't be taken; nothing was changed. Each line of the message names the file, the line and what to do."""


class Line(NamedTuple):
    """A line of a file: where it stands, and its cells by their columns."""

    place: str
    cells: Mapping[str, str]


@transaction.atomic
def keep_courses(path: Path) -> int:
    """From now on the courses of this file are the known ones; returns how many there are."""
    lines = _lines(path, COURSES)
    wrong = [told for line in lines if (told := _wrong_number(line, "course_number", COURSE_LENGTH))]
    wrong += [
        f"{line.place}: title is longer than 200 signs." for line in lines if len(line.cells["title"]) > 200
    ]
    _refuse(wrong)
    known = {line.cells["course_number"].upper(): line.cells["title"] for line in lines}
    Course.objects.all().delete()
    Course.objects.bulk_create([Course(number=number, title=title) for number, title in known.items()])
    return len(known)


@transaction.atomic
def keep_contracts(path: Path) -> int:
    """From now on the contracts of this file are the known ones; returns how many there are."""
    lines = _lines(path, CONTRACTS)
    units = dict(Unit.objects.values_list("oe_number", "pk"))
    wrong = [
        told for line in lines if (told := _wrong_number(line, "outsourcing_number", OUTSOURCING_LENGTH))
    ]
    wrong += [
        f"{line.place}: there is no unit {line.cells['oe_number']!r}: correct it, or import that unit first."
        for line in lines
        if line.cells["oe_number"] not in units
    ]
    _refuse(wrong)
    known = {(line.cells["outsourcing_number"].upper(), units[line.cells["oe_number"]]) for line in lines}
    Contract.objects.all().delete()
    Contract.objects.bulk_create(
        [Contract(outsourcing_number=number, unit_id=unit) for number, unit in sorted(known)]
    )
    return len(known)


def _lines(path: Path, columns: Iterable[str]) -> list[Line]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotKept(f"{path} can't be read as text: {error}. Give a CSV file in UTF-8.") from None
    reader = csv.DictReader(text.splitlines())
    if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
        raise NotKept(
            f"{path}, line 1: no column {', '.join(missing)}. The columns are {', '.join(columns)}."
        )
    return [
        Line(f"{path}, line {reader.line_num}", {column: (row[column] or "").strip() for column in columns})
        for row in reader
    ]


def _wrong_number(line: Line, column: str, length: int) -> str:
    number = line.cells[column]
    if len(number) == length and LETTERS_AND_DIGITS.fullmatch(number.upper()) and number.isascii():
        return ""
    return f"{line.place}: {column} is {number!r}; expected {length} letters or digits."


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise NotKept("\n".join(wrong))
