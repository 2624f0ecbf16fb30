"""A file from outside, before anything else is done with it: its type, its size, that it does nothing by itself."""

import sys
from collections.abc import Callable
from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image

from inzage.consents.form_files.apart import inspect
from inzage.consents.form_files.unfit import Unfit, Why

from . import hostile
from .papers import written

MOST = 10 * 1024 * 1024


def refusal_of(data: bytes, most: int = MOST) -> Why | None:
    """Why the file is not taken; nothing where it is."""
    try:
        inspect(data, most=most)
    except Unfit as unfit:
        return unfit.why
    return None


def an_image(kind: str, width: int = 40, height: int = 30) -> bytes:
    """A picture of nothing."""
    whole = BytesIO()
    Image.new("RGB", (width, height), "white").save(whole, kind)
    return whole.getvalue()


@pytest.mark.parametrize("make", hostile.ACTIVE, ids=lambda make: make.__name__)
def test_a_pdf_that_does_something_by_itself_is_refused(make: Callable[[], bytes]) -> None:
    assert refusal_of(make()) is Why.ACTIVE


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (hostile.encrypted, {Why.ENCRYPTED}),
        (hostile.with_too_many_pages, {Why.TOO_COMPLEX}),
        (hostile.with_pages_within_themselves, {Why.TOO_COMPLEX, Why.DAMAGED}),
        (hostile.with_too_many_objects, {Why.TOO_COMPLEX}),
        (hostile.deeply_nested, {Why.TOO_COMPLEX, Why.DAMAGED}),
        (hostile.with_an_object_stream_that_swells, {Why.TOO_COMPLEX, Why.DAMAGED}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_pdf_that_wears_a_reader_out_is_refused(make: Callable[[], bytes], why: set[Why]) -> None:
    assert refusal_of(make()) in why


def test_a_table_of_objects_that_points_to_itself_is_read_once() -> None:
    assert refusal_of(hostile.with_an_xref_that_points_to_itself()) in (None, Why.DAMAGED, Why.TOO_COMPLEX)


def test_a_reader_that_was_stopped_says_nothing_and_the_file_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refusal_of(written(hostile.blank())) is Why.TOO_COMPLEX


def test_a_harmless_pdf_is_taken_whatever_opens_first_in_it() -> None:
    writer = hostile.blank()
    assert refusal_of(written(writer)) is None
    writer.open_destination = writer.pages[0]
    assert refusal_of(written(writer)) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_taken_whole_or_not_at_all(kind: str) -> None:
    image = an_image(kind)
    assert inspect(image, most=MOST).content_type == f"image/{kind.lower()}"
    assert refusal_of(image[:-30]) is Why.DAMAGED
    assert refusal_of(image[:12] + b"\0" * 400) is Why.DAMAGED


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_measures() -> None:
    huge = bytearray(an_image("PNG"))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    huge[29:33] = crc32(huge[12:29]).to_bytes(4, "big")
    assert refusal_of(bytes(huge)) is Why.TOO_COMPLEX


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\0",
        b"PK\x03\x04",
        b"GIF89a",
        b"\xef\xbb\xbf%PDF-1.7",
        b" %PDF-1.7",
    ],
)
def test_what_is_no_pdf_png_or_jpeg_by_its_first_bytes_is_refused(data: bytes) -> None:
    assert refusal_of(data) is Why.OTHER_TYPE


def test_a_file_that_only_begins_as_a_pdf_is_damaged() -> None:
    assert refusal_of(b"%PDF-1.7\nniets") is Why.DAMAGED
    assert refusal_of(written(hostile.blank())[:150]) is Why.DAMAGED


def test_nothing_and_one_byte_too_many_are_refused_and_the_most_is_not() -> None:
    image = an_image("PNG")
    assert refusal_of(b"") is Why.EMPTY
    assert refusal_of(image, len(image) - 1) is Why.TOO_BIG
    assert refusal_of(image, len(image)) is None
