"""Whether a PDF does nothing by itself, and what was filled in on it. Runs apart (apart.py), under limits."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from inzage.consents.form_files.unfit import Unfit, Why

MOST_OBJECTS, MOST_NODES, MOST_PAGES, DEEPEST, LONGEST = 20_000, 500_000, 50, 60, 400
KEYS = {
    "/JS",
    "/JavaScript",
    "/XFA",
    "/EmbeddedFiles",
    "/EF",
    "/RichMediaContent",
    "/RichMediaSettings",
    "/Collection",
}
ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToR",
    "/GoToE",
    "/RichMediaExecute",
    "/Rendition",
    "/Movie",
    "/Sound",
}
SUBTYPES = {"/RichMedia", "/FileAttachment", "/Screen", "/Movie", "/Sound", "/3D"}
ANYWHERE = re.compile(rb"/(?:JavaScript|EmbeddedFile|RichMedia|Launch)\b")
"""Also in what a later part of the file replaced: another reader may still find it."""


def fields_of(data: bytes) -> dict[str, str]:
    """The fields that are filled in, by name, once the whole file is seen to be harmless; Unfit where it is not."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Unfit(Why.ENCRYPTED)
    if ANYWHERE.search(data):
        raise Unfit(Why.ACTIVE)
    try:
        _look_through(reader)
        if len(reader.pages) > MOST_PAGES:
            raise Unfit(Why.TOO_COMPLEX)
        if len(reader.pages) == 0:
            raise Unfit(Why.DAMAGED)
        return dict(_filled_in(reader))
    except LimitReachedError:
        raise Unfit(Why.TOO_COMPLEX) from None


def _look_through(reader: PdfReader) -> None:
    """Every object of the file, reached from a page or not."""
    numbers = [(number, generation) for generation, rows in reader.xref.items() for number in rows]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise Unfit(Why.TOO_COMPLEX)
    _check_opening(reader.root_object.get("/OpenAction"))
    nodes = 0
    for number, generation in numbers:
        for part in _parts(reader.get_object(IndirectObject(number, generation, reader))):
            nodes += 1
            if nodes > MOST_NODES:
                raise Unfit(Why.TOO_COMPLEX)
            _check(part)


def _parts(whole: Any) -> Iterator[DictionaryObject]:
    """The dictionaries of one object, itself included; what it refers to is an object of its own."""
    waiting = [(whole, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unfit(Why.TOO_COMPLEX)
        if isinstance(part, DictionaryObject):
            yield part
            waiting += [(dict.__getitem__(part, key), depth + 1) for key in part]
        elif isinstance(part, ArrayObject):
            waiting += [(each, depth + 1) for each in list.__iter__(part)]


def _check(part: DictionaryObject) -> None:
    if not KEYS.isdisjoint(part):
        raise Unfit(Why.ACTIVE)
    if (
        _name(part, "/S") in ACTIONS
        or _name(part, "/Subtype") in SUBTYPES
        or _name(part, "/Type") == "/EmbeddedFile"
    ):
        raise Unfit(Why.ACTIVE)


def _check_opening(opening: Any) -> None:
    """A place to begin reading is fine; anything that is done is not."""
    opening = opening.get_object() if opening is not None else None
    if isinstance(opening, DictionaryObject) and _name(opening, "/S") != "/GoTo":
        raise Unfit(Why.ACTIVE)


def _name(part: DictionaryObject, key: str) -> str:
    """The name under a key, said there or referred to."""
    return str(part[key]) if key in part else ""


def _filled_in(reader: PdfReader) -> Iterator[tuple[str, str]]:
    for name, field in (reader.get_fields() or {}).items():
        value = field.get("/V")
        if isinstance(value, str):
            yield str(name), str(value)[:LONGEST]
