"""Files that somebody with bad intentions would send: each does something by itself, or wears a reader out."""

import zlib
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from .papers import written


def blank() -> PdfWriter:
    """An empty page, as harmless as can be."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def names(**entries: str) -> DictionaryObject:
    """A dictionary of names."""
    return DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in entries.items()}
    )


def with_javascript() -> bytes:
    writer = blank()
    script = names(S="JavaScript")
    script[NameObject("/JS")] = TextStringObject("app.alert('x')")
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), script])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})
    return written(writer)


def opening_with_javascript() -> bytes:
    writer = blank()
    action = names(S="JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert('x')")
    writer.root_object[NameObject("/OpenAction")] = action
    return written(writer)


def opening_with_an_address() -> bytes:
    writer = blank()
    action = names(S="URI")
    action[NameObject("/URI")] = TextStringObject("https://elders.example/")
    writer.root_object[NameObject("/OpenAction")] = action
    return written(writer)


def with_javascript_by_another_spelling() -> bytes:
    return with_javascript().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")


def with_an_action_said_elsewhere() -> bytes:
    """The name of the action is an object of its own, and no page leads to it."""
    writer = blank()
    kind = writer._add_object(NameObject("/SubmitForm"))
    action = DictionaryObject({NameObject("/S"): kind})
    writer._add_object(ArrayObject([ArrayObject([action])]))
    return written(writer)


def that_launches() -> bytes:
    writer = blank()
    writer._add_object(names(S="Launch"))
    return written(writer)


def that_launched_before_it_was_changed() -> bytes:
    """Its last version has nothing; an earlier part of the file still has."""
    return written(blank()) + b"\n99 0 obj\n<< /S /Launch >>\nendobj\n"


def with_an_attachment() -> bytes:
    writer = blank()
    writer.add_attachment("lijst.txt", b"x")
    return written(writer)


def with_rich_media() -> bytes:
    writer = blank()
    writer._add_object(names(Type="Annot", Subtype="RichMedia"))
    return written(writer)


def with_xfa() -> bytes:
    writer = blank()
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer.root_object[NameObject("/AcroForm")] = form
    return written(writer)


ACTIVE: list[Callable[[], bytes]] = [
    with_javascript,
    opening_with_javascript,
    opening_with_an_address,
    with_javascript_by_another_spelling,
    with_an_action_said_elsewhere,
    that_launches,
    that_launched_before_it_was_changed,
    with_an_attachment,
    with_rich_media,
    with_xfa,
]


def encrypted() -> bytes:
    writer = blank()
    writer.encrypt("geheim")
    return written(writer)


def with_too_many_pages() -> bytes:
    """Few bytes, and a page tree that names the same page again and again."""
    writer = blank()
    pages = writer.root_object["/Pages"]
    kid = pages["/Kids"][0]  # type: ignore[index]
    pages[NameObject("/Kids")] = ArrayObject([kid] * 3000)  # type: ignore[index]
    pages[NameObject("/Count")] = NumberObject(3000)  # type: ignore[index]
    return written(writer)


def with_pages_within_themselves() -> bytes:
    writer = blank()
    pages = writer.root_object["/Pages"]
    pages["/Kids"].append(pages.indirect_reference)  # type: ignore[index]
    return written(writer)


def with_too_many_objects() -> bytes:
    writer = blank()
    for _number in range(20_001):
        writer._add_object(NumberObject(1))
    return written(writer)


def deeply_nested() -> bytes:
    return with_object(b"[" * 5000 + b"]" * 5000)


def with_an_xref_that_points_to_itself() -> bytes:
    data = written(blank())
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % start)


def with_an_object_stream_that_swells() -> bytes:
    """A few kilobytes that become gigabytes, where the reader has to look for its objects."""
    swollen = zlib.compress(b"0 " * 100_000_000, 9)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(swollen)
    return _by_streams(head + swollen + b"\nendstream")


def with_object(body: bytes) -> bytes:
    """A file with one more object, that nothing refers to."""
    data = written(blank())
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    size = int(data[data.index(b"/Size", start) + 5 :].split()[0])
    added = b"%d 0 obj\n%s\nendobj\n" % (size, body)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, start)
    trailer = data[data.index(b"trailer", start) : data.rindex(b"startxref")]
    trailer = trailer.replace(b"/Size %d" % size, b"/Size %d /Prev %d" % (size + 1, start + len(added)))
    old = data[start : data.rindex(b"startxref")]
    place = start + len(added) + len(old)
    return data[:start] + added + old + table + trailer + b"startxref\n%d\n%%%%EOF\n" % place


def _by_streams(stream: bytes) -> bytes:
    """A file whose catalogue lies in an object stream."""
    whole = BytesIO(b"%PDF-1.7\n")
    whole.seek(0, 2)
    at = whole.tell()
    whole.write(b"2 0 obj\n" + stream + b"\nendobj\n")
    table_at = whole.tell()
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in ((0, 0, 65535), (2, 2, 0), (1, at, 0), (1, table_at, 0))
    )
    whole.write(b"3 0 obj\n<< /Type /XRef /Size 4 /Root 1 0 R /W [1 4 2] /Length %d >>\nstream\n" % len(rows))
    whole.write(rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at)
    return whole.getvalue()
