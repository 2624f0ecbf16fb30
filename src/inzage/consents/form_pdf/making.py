"""The PDF of a form: drawn by WeasyPrint, which is not loaded before a form is asked for, and finished by pypdf."""

import logging
import threading
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

from inzage.consents.form_pdf.filling_in import Known, page_of
from inzage.consents.form_pdf.finishing import finished
from inzage.consents.models import ConsentForm, FormSheet

FONT = "DejaVu Sans"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
"""What Debian calls the libraries and the font that drawing needs."""
ONE_AT_A_TIME = threading.Lock()
"""Fontconfig keeps what it knows for the whole process, and was not made for several threads that draw at once."""


class NoDrawing(Exception):
    """What draws PDFs is not on this machine; the message says what the operator installs."""

    def __init__(self) -> None:
        super().__init__(
            f"PDFs can't be made here: Pango or the font {FONT} is missing. On Debian: apt-get install {PACKAGES}"
        )


def pdf_of(form: ConsentForm, sheet: FormSheet, known: Known) -> bytes:
    """The form as a tagged PDF (PDF/UA-1) with fields to fill in, or NoDrawing."""
    weasyprint, page = _weasyprint(), page_of(form, sheet, known)
    with ONE_AT_A_TIME:
        drawn: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(
            stylesheets=[weasyprint.CSS(string=_style(), url_fetcher=_nothing)],
            pdf_variant="pdf/ua-1",
            pdf_forms=True,
        )
    return finished(drawn, code=sheet.code, language=sheet.language)


@cache
def _weasyprint() -> Any:
    """WeasyPrint, which loads Pango as it is imported: the portal itself starts without."""
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise NoDrawing from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


@cache
def _style() -> str:
    return (files("inzage.consents.form_pdf") / "form.css").read_text("utf-8")


def _nothing(url: str, *_args: Any, **_options: Any) -> Any:
    """A form is whole in itself; what a name on it might look like is never fetched."""
    raise ValueError(url)
