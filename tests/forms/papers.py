"""Forms as PDFs for the tests: made, filled in as a reader of PDFs does, and read again."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from inzage.consents.form_pdf.filling_in import Known
from inzage.consents.form_pdf.making import pdf_of
from inzage.consents.informing import texts
from inzage.consents.models import ConsentForm, FormSheet
from inzage.dossiers.models import Client, Dossier
from inzage.partners.models import Unit
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Purpose, Route

CODE = "K7QM-2XRD-9PWV-3HTB"
ASKED_ON = date(2026, 3, 1)


@cache
def made(
    language: str = "nl", route: Route = Route.FORM, name: str = "", unit: str = "Werkpad", **form: Any
) -> bytes:
    """A form that was never kept, as a PDF."""
    client = Client(client_number="K0000777", given_name="Anna", family_name="Verzinsel")
    consent = ConsentForm(
        dossier=Dossier(client=client),
        unit=Unit(name=unit, oe_number="OE1"),
        asked_by=Unit(name="Leerhuis", oe_number="OE2"),
        route=route,
        purpose=Purpose.TRAINING,
        activity_title="Lassen",
        **form,
    )
    text = texts()[0] if route in BRUSSELS else None
    sheet = FormSheet(form=consent, code=CODE, language=language)
    return pdf_of(consent, sheet, Known(ASKED_ON, name, text, "form@brussel.example" if text else ""))


def filled(data: bytes, **values: str) -> bytes:
    """The PDF with these values in its fields, as a program to fill in forms saves it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    return written(writer)


def ticked(data: bytes, **values: str) -> bytes:
    """The PDF filled in so, with its box ticked."""
    return filled(data, informed="/on", **values)


def written(writer: PdfWriter) -> bytes:
    """The file that the writer makes."""
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


def reader_of(data: bytes) -> PdfReader:
    """The file, opened."""
    return PdfReader(BytesIO(data))


def elements(data: bytes) -> list[Any]:
    """The elements of the structure tree, in the order in which they are read aloud."""
    return list(_below(reader_of(data).root_object["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        yield from _below(kid)


def widgets(data: bytes) -> list[Any]:
    """The fields on the first page, in the order of the page."""
    return [each.get_object() for each in reader_of(data).pages[0][NameObject("/Annots")]]  # type: ignore[attr-defined]


def words_of(data: bytes) -> str:
    """What stands on the pages."""
    return " ".join(" ".join(page.extract_text().split()) for page in reader_of(data).pages)
