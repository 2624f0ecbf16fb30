"""What is known of a form before the client fills it in, and the page that says so."""

from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from inzage.consents.form_pdf.wording import sentences
from inzage.consents.informing import Text
from inzage.consents.models import ConsentForm, FormSheet
from inzage.rules.granting import BRUSSELS


class Known(NamedTuple):
    """What is printed besides the form itself. `name` is empty where whoever gets the form may not know it (S01).

    `text` is what a Brussels form says of Actiris (S08); `mailbox` is where it goes (S11, S17).
    """

    asked_on: date
    name: str = ""
    text: Text | None = None
    mailbox: str = ""


def page_of(form: ConsentForm, sheet: FormSheet, known: Known) -> str:
    """The form as HTML in the sheet's language, with fields to fill in and nothing to load from elsewhere."""
    say = sentences(sheet.language)
    shown = {
        "say": say,
        "language": sheet.language,
        "code": sheet.code,
        "title": say["title_brussels" if form.route in BRUSSELS else "title"],
        "lead": say["lead"].format(unit=form.unit.name),
        "facts": _facts(form, sheet.language, known),
        "means": [say[each].format(unit=form.unit.name) for each in ("means_who", "means_log", "means_end")],
        "hand_in": _hand_in(form, say, known),
        "filled": {
            "name": known.name,
            "completed_on": form.completed_on.strftime("%d/%m/%Y") if form.completed_on else "",
            "informed": form.informed_of_actiris,
        },
    }
    if known.text is not None:
        shown["told"] = getattr(known.text, sheet.language).strip()
        shown["told_version"] = say["actiris_version"].format(version=known.text.version)
    return render_to_string("consents/form.html", shown)


def _facts(form: ConsentForm, language: str, known: Known) -> list[tuple[str, str]]:
    """What was asked, each with its heading."""
    say = sentences(language)
    asked_by = form.asked_by or form.unit
    facts = [
        (say["client_number"], form.dossier.client.client_number),
        (say["unit"], say["unit_number"].format(unit=form.unit.name, number=form.unit.oe_number)),
        (say["purpose"], say[form.purpose]),
        (say["activity"], form.activity_title),
        (say["asked_by"], asked_by.name if asked_by != form.unit else ""),
        (say["asked_on"], in_words(known.asked_on, language)),
    ]
    return [(heading, value) for heading, value in facts if value]


def _hand_in(form: ConsentForm, say: dict[str, str], known: Known) -> str:
    asker = (form.asked_by or form.unit).name
    if form.route not in BRUSSELS:
        return say["hand_in_form"].format(asker=asker)
    if known.mailbox:
        return say["hand_in_mailbox"].format(asker=asker, mailbox=known.mailbox)
    return say["hand_in_brussels"].format(asker=asker)


def in_words(day: date, language: str) -> str:
    """A day as people say it."""
    with override(language):
        return date_format(day, "j\\e\\r F Y" if language == "fr" and day.day == 1 else "j F Y")
