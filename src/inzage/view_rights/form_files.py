"""A file comes in with a form: one of ours that was filled in is read, any other is looked at by the desk (S05)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from inzage.consents.form_files import storing
from inzage.consents.form_files.apart import Inspected
from inzage.consents.form_pdf.reading import FilledIn, NoDay, day_in, filled_in, is_another
from inzage.consents.models import ConsentForm, FormFile, FormSheet, FormState
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import BRUSSELS, Refusal
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.consenting import deliver, take_in
from inzage.view_rights.granting import NotGranted, missing_from_form

MOST_FILES = 20
"""With one form: whoever may add files can't fill the disk with them."""


class NotTaken(Refused):
    """The file is not taken with this form; nothing was changed."""


class _Read(NamedTuple):
    """What one of our forms says: the sheet it was given out as, and what was filled in."""

    sheet: FormSheet
    filled: FilledIn
    completed_on: date | None


@transaction.atomic
def add_file(form_id: int, file: Inspected, *, by: Unit | None, origin: Origin) -> FormFile:
    """Keep the file with the form and take the form in with it; `by` is the unit that delivers it, empty for the desk.

    What was filled in counts; what was left empty stays as it was known. Nothing is read from a scan: it makes the form
    received, for the desk to look at. After the form was handled only the desk adds to it, and nothing changes by it.
    NotTaken or NotGranted where it can't be taken; the same file twice is taken once.
    """
    form = under_lock(ConsentForm, form_id, origin=origin)
    digest = storing.digest_of(file.data)
    there = FormFile.objects.filter(form=form)
    if there.filter(sha256=digest).exists():
        raise NotTaken("again", "This very file came with this form before.")
    if there.filter(uploaded_for=by).count() >= MOST_FILES:  # of each side, so that none shuts out the other
        raise NotTaken("many", f"There are {MOST_FILES} files of this side with this form already.")
    is_handled = form.state in (FormState.GRANTED, FormState.REFUSED)
    if is_handled and by is not None:
        raise NotGranted(Refusal.ALREADY_HANDLED)
    read = _read(form, file, today=day_of(origin.at))
    stored_as = storing.keep(file.data)
    if not is_handled:
        form = _take(form, read, by=by, origin=origin)
    return FormFile.objects.create(
        form=form,
        sheet=read.sheet if read else None,
        kind=FormFile.Kind.FILLED if read else FormFile.Kind.SCAN,
        content_type=file.content_type,
        size=len(file.data),
        sha256=digest,
        stored_as=stored_as,
        missing=missing_from_form(form),
        other_name=read is not None and is_another(read.filled.name, form.dossier.client),
        uploaded_at=origin.at,
        uploaded_by=origin.by,
        uploaded_for=by,
    )


def _read(form: ConsentForm, file: Inspected, *, today: date) -> _Read | None:
    """What the file says, where it is one of our forms: then it must be this one."""
    filled = filled_in(file.fields)
    if filled is None:
        return None
    sheet = FormSheet.objects.filter(form=form, code=filled.code).first()
    if sheet is None:
        raise NotTaken("other_form", "This form belongs to another request.")
    try:
        completed_on = day_in(filled.completed_on)
    except NoDay:
        raise NotTaken("no_day", "The day filled in is no day that exists.") from None
    if completed_on is not None and completed_on > today:
        raise NotTaken("to_come", f"{completed_on} is still to come.")
    if completed_on is not None and completed_on.year < 1900:
        raise NotTaken("no_day", "The day filled in is before 1900.")
    return _Read(sheet, filled, completed_on)


def _take(form: ConsentForm, read: _Read | None, *, by: Unit | None, origin: Origin) -> ConsentForm:
    if read is None and form.state == FormState.RECEIVED:
        return form
    take = deliver if by is not None and form.route in BRUSSELS else take_in
    return take(
        form.pk,
        completed_on=(read.completed_on if read else None) or form.completed_on,
        informed_of_actiris=form.informed_of_actiris or (read is not None and read.filled.informed),
        language=read.sheet.language if read else "nl",
        version=read.sheet.text_version if read else "",
        origin=origin,
    )
