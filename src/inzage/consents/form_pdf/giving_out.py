"""A form is given out to be filled in: the same one again where it would be the same."""

from datetime import date

from inzage.consents.form_pdf.filling_in import Known
from inzage.consents.form_pdf.making import pdf_of
from inzage.consents.informing import text_called, text_on
from inzage.consents.models import ConsentForm, ConsentFormVersion, FormSheet
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.granting import BRUSSELS


def give_out(form: ConsentForm, language: str, *, origin: Origin) -> FormSheet:
    """The form in that language; a Brussels one with the text on Actiris of the day it was filled in, or of today."""
    is_brussels = form.route in BRUSSELS
    sheet, _new = FormSheet.objects.get_or_create(
        form=form,
        language=language,
        text_version=text_on(form.completed_on or day_of(origin.at)).version if is_brussels else "",
        defaults={"made_at": origin.at, "made_by": origin.by},
    )
    return sheet


def drawn(form: ConsentForm, sheet: FormSheet, *, name: str, mailbox: str) -> bytes:
    """Its PDF; NoDrawing where none can be made. It takes part of a second: call it outside of a transaction.

    `name` is the client's, and empty where whoever gets the form may not know it (S01).
    """
    return pdf_of(form, sheet, Known(_asked_on(form), name, text_called(sheet.text_version), mailbox))


def _asked_on(form: ConsentForm) -> date:
    """The day of the form's first version."""
    first = ConsentFormVersion.objects.filter(dossier=form.dossier_id, form=form).order_by("pk").first()
    return day_of(first.recorded_at if first else form.changed_at)
