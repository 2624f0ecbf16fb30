"""The files of a form, as a page lists them."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from inzage.consents.information import LANGUAGES
from inzage.consents.models import ConsentForm, FormFile, FormState
from inzage.partners.models import Unit
from inzage.portal.words import MISSING
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Route

ON_PAPER = (Route.FORM, *sorted(BRUSSELS))
"""The routes on which there is a form; what is recorded at the mediator needs none (S04)."""


class Listed(NamedTuple):
    """A file, what its form lacked once it was taken in, and whether somebody still looks at what is on it."""

    file: FormFile
    missing: list[str]
    is_to_be_read: bool


def seen_by(unit: Unit | None, form: ConsentForm) -> QuerySet[FormFile]:
    """The files of this form that `unit` may open: those that it delivered itself. The desk (empty) opens each."""
    files = FormFile.objects.filter(form=form)
    return files if unit is None else files.filter(uploaded_for=unit)


def files_of(form: ConsentForm, unit: Unit | None) -> list[Listed]:
    """The files of this form that `unit`, or the desk (empty), may open, the last first."""
    under_way = form.state not in (FormState.GRANTED, FormState.REFUSED)
    return [
        Listed(
            file,
            [str(MISSING[part]) for part in file.missing] if file.kind == FormFile.Kind.FILLED else [],
            under_way and file.kind == FormFile.Kind.SCAN,
        )
        for file in seen_by(unit, form).select_related("uploaded_for").order_by("-pk")
    ]


def on_paper(form: ConsentForm, unit: Unit | None) -> dict[str, Any]:
    """What a page of `unit`, or of the desk (empty), says of the form as a file."""
    has_form = form.route in ON_PAPER
    return {
        "has_paper": has_form,
        "files": files_of(form, unit) if has_form else [],
        "paper_languages": LANGUAGES if has_form else (),
    }
