"""The information duty: a client from Brussels is told that VDAB and Actiris exchange data, and it is kept (S08)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from inzage.consents.information import LANGUAGES
from inzage.consents.informing import standing, text_called, text_on, told_for
from inzage.consents.models import ConsentForm, FormState, InformationGiven
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.granting import BRUSSELS, Missing
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import locked
from inzage.view_rights.recording import record


class NotInformed(Refused):
    """What was told can't be recorded so; the message says what was found and what to do."""


class Told(NamedTuple):
    """Which version of the text, in which language, on which day, by which unit; empty for the desk."""

    version: str
    language: str
    given_on: date
    by: Unit | None = None


@transaction.atomic
def inform(dossier_id: int, told: Told, *, origin: Origin) -> InformationGiven:
    """Record that the client was told; the Brussels forms under way for whoever told it no longer lack this.

    No right is needed for it: a partner tells the client before it has one. Said again, it stands once.
    """
    dossier = locked(dossier_id, origin=origin)
    _check(told, today=day_of(origin.at))
    same = standing(dossier).filter(
        version=told.version, language=told.language, given_on=told.given_on, unit=told.by
    )
    if given := same.first():
        return given
    given = _keep(dossier, told, origin=origin)
    for form in _under_way(dossier):
        if not form.informed_of_actiris and told_for(form):
            _complete(form, origin=origin)
    return given


def read_from_form(
    form: ConsentForm, says_so: bool, *, language: str, version: str = "", origin: Origin
) -> bool:
    """Whether the client of this form, which comes in, was told: as the form says, or as is recorded already.

    What a Brussels form says is recorded, with the `version` of the text that stood on it; where that is not known, the
    one in force on the day it was filled in.
    A form that, read again, doesn't say so takes back what it was taken to say.
    """
    if form.route not in BRUSSELS:
        return says_so
    told = told_for(form)
    if says_so and told is None:
        today = day_of(origin.at)
        filled_in = min(form.completed_on or today, today)
        by = form.asked_by or form.unit
        told_with = version or text_on(filled_in).version
        _keep(form.dossier, Told(told_with, language, filled_in, by), origin=origin, form=form)
        return True
    if not says_so:
        for given in standing(form.dossier).filter(form=form):
            _take_back(given, origin=origin)
        _no_longer_told(form, origin=origin)
        return told_for(form) is not None
    return True


def _no_longer_told(form: ConsentForm, *, origin: Origin) -> None:
    """What this form was taken to say, the others under way no longer have either."""
    for other in _under_way(form.dossier):
        if other.pk != form.pk and other.informed_of_actiris and told_for(other) is None:
            other.informed_of_actiris = False
            record(other, holds_from=day_of(origin.at), origin=origin)


def _check(told: Told, *, today: date) -> None:
    text = text_called(told.version)
    if text is None:
        raise NotInformed(
            "version", f"There is no text {told.version!r}: choose the version that the client was given."
        )
    if told.language not in LANGUAGES:
        raise NotInformed("language", f"The text exists in {', '.join(LANGUAGES)}, not in {told.language!r}.")
    if told.given_on > today:
        raise NotInformed("to_come", f"{told.given_on} is still to come: record it once the client was told.")
    if told.given_on < text.since:
        raise NotInformed(
            "before_text", f"Text {text.version} is given since {text.since}: look the day or the version up."
        )


def _keep(
    dossier: Dossier,
    told: Told,
    *,
    origin: Origin,
    form: ConsentForm | None = None,
    takes_back: InformationGiven | None = None,
) -> InformationGiven:
    return InformationGiven.objects.create(
        dossier=dossier,
        unit=told.by,
        form=form,
        version=told.version,
        language=told.language,
        given_on=told.given_on,
        recorded_at=origin.at,
        recorded_by=origin.by,
        source=origin.source,
        takes_back=takes_back,
    )


def _take_back(given: InformationGiven, *, origin: Origin) -> None:
    told = Told(given.version, given.language, given.given_on, given.unit)
    _keep(given.dossier, told, origin=origin, form=given.form, takes_back=given)


def _under_way(dossier: Dossier) -> list[ConsentForm]:
    """The Brussels forms of this client that were not handled yet."""
    forms = ConsentForm.objects.filter(dossier=dossier, route__in=BRUSSELS)
    return list(forms.exclude(state__in=(FormState.GRANTED, FormState.REFUSED)).select_related("dossier"))


def _complete(form: ConsentForm, *, origin: Origin) -> None:
    """The form no longer lacks the information; one that was sent back for that alone lies at the desk again."""
    form.informed_of_actiris = True
    form.missing = [part for part in form.missing if part != Missing.INFORMED_OF_ACTIRIS]
    if form.state == FormState.SENT_BACK and not form.missing:
        form.state, form.remark, form.changed_at = FormState.RECEIVED, "", origin.at
    record(form, holds_from=day_of(origin.at), origin=origin)
