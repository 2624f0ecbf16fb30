"""What WeasyPrint leaves out of a form, added with pypdf."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from inzage.consents.form_pdf.wording import sentences

CODE_FIELD = "inzage_code"
HIDDEN = 2
READ_ONLY, REQUIRED = 1, 2


def finished(drawn: bytes, *, code: str, language: str) -> bytes:
    """The PDF with the code in a hidden field, its fields required, and its headings over rows said to be so.

    WeasyPrint draws no hidden input, knows no required one, and ties a table's headings to cells by their ids alone,
    which not every reader aloud follows (PDF/UA-1, 7.5). The version, which PDF/UA-1 builds on, is lost in reading.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn)))
    writer.pdf_header = "%PDF-1.7"
    form: Any = writer.root_object["/AcroForm"]
    for field in form["/Fields"]:
        field.get_object()[NameObject("/Ff")] = NumberObject(REQUIRED)
    first: Any = writer.pages[0]
    hidden = writer._add_object(_code_field(code, first, sentences(language)["code"]))
    first.setdefault(NameObject("/Annots"), ArrayObject()).append(hidden)
    form["/Fields"].append(hidden)
    for cell in _headings(writer.root_object["/StructTreeRoot"]):
        cell["/A"][NameObject("/Scope")] = NameObject("/Row")
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _code_field(code: str, page: Any, label: str) -> DictionaryObject:
    """A field that is neither seen nor printed nor filled in."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/F"): NumberObject(HIDDEN),
            NameObject("/Ff"): NumberObject(READ_ONLY),
            NameObject("/T"): TextStringObject(CODE_FIELD),
            NameObject("/TU"): TextStringObject(label),
            NameObject("/V"): TextStringObject(code),
            NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
            NameObject("/P"): page.indirect_reference,
        }
    )


def _headings(element: Any) -> Iterator[Any]:
    """The headings of tables in a structure tree, those that are elements of their own."""
    element = element.get_object()
    if not isinstance(element, DictionaryObject):
        return
    if element.get("/S") == "/TH" and "/A" in element:
        yield element
    kids = element.get("/K", ArrayObject())
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        yield from _headings(kid)
