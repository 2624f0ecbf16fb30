"""What the page says of one notice: its kind, the day, what it means, and what to do next."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inzage.notices.models import Notice
from inzage.portal.reasons import Reason, reason_of, reason_of_end
from inzage.portal.words import MISSING, REMARKS
from inzage.rules.days import day_of
from inzage.view_rights.ending_soon import what_keeps
from inzage.view_rights.explaining import in_words
from inzage.view_rights.models import ViewRight

KIND = Notice.Kind
SHORT: dict[str, str | Promise] = {
    KIND.ENDS_SOON: gettext_lazy("Eindigt binnenkort"),
    KIND.ASKED_WHY: gettext_lazy("Vragen van klanten"),
    KIND.SENT_BACK: gettext_lazy("Teruggestuurd"),
    KIND.REFUSED: gettext_lazy("Geweigerd"),
    KIND.GRANTED: gettext_lazy("Toegekend"),
    KIND.CLOSED: gettext_lazy("Afgesloten"),
    KIND.ENROLMENT_GONE: gettext_lazy("Inschrijving bij Actiris"),
}
"""The kinds as one filters by them; what asks for something first."""


class Step(NamedTuple):
    """What can be done next, and where."""

    words: str
    address: str


class Says(NamedTuple):
    """What a notice says: in a sentence or none; why a right ends; what would keep it; what was remarked."""

    sentence: str = ""
    reason: Reason | None = None
    keeps: Sequence[str] = ()
    remark: str = ""


class Told(NamedTuple):
    """A notice as the page shows it, and what to do next."""

    notice: Notice
    says: Says
    next: Step | None


def told(notice: Notice, right: ViewRight | None, ended: ViewRight | None) -> Told:
    """`right` is the unit's own that stands in that dossier today; `ended` the one whose end is told (S19)."""
    return Told(notice, _says(notice, right, ended), _next(notice, right))


def _says(notice: Notice, right: ViewRight | None, ended: ViewRight | None) -> Says:
    if notice.kind == KIND.ENDS_SOON:
        return _of_end_to_come(notice, right)
    if notice.kind == KIND.CLOSED and ended is not None and ended.last_day is not None:
        last_day = max(ended.last_day, ended.granted_on)  # one that ended at once was of that day
        return Says(_last_day(last_day), reason_of_end(ended), remark=notice.detail)
    if notice.kind == KIND.ASKED_WHY:
        return Says(_("De klant verwacht een antwoord, binnen tien werkdagen."))
    if notice.kind == KIND.ENROLMENT_GONE:
        return Says(_("Help de klant om zich (opnieuw) in te schrijven bij Actiris."))
    words = {**MISSING, **REMARKS}
    return Says("; ".join(str(words.get(line, line)) for line in notice.detail.splitlines()))


def _of_end_to_come(notice: Notice, right: ViewRight | None) -> Says:
    """As it was told, while that is still so; otherwise what became of it."""
    if right is None:
        return Says(_("Dat recht staat niet meer open."))
    if right.last_day is None:
        return Says(_("Intussen is dat veranderd: er is geen einde meer in zicht."), reason_of(right))
    if right.last_day != notice.on:
        changed = _("Intussen is dat veranderd: de laatste dag is nu %(day)s.")
        return Says(changed % {"day": _in_words(right.last_day)}, reason_of(right))
    keeps = what_keeps(notice.detail, day_of(notice.created_at), get_language() or "nl")
    return Says(_last_day(right.last_day), reason_of(right), list(keeps))


def _next(notice: Notice, right: ViewRight | None) -> Step | None:
    """A page that may be opened today, or none."""
    if notice.kind in (KIND.SENT_BACK, KIND.REFUSED):
        return Step(_("Naar uw aanvragen"), reverse("asked"))
    if notice.kind == KIND.ASKED_WHY:
        return Step(_("Naar de vragen"), reverse("questions"))
    if right is not None:
        return Step(_("Open het dossier"), reverse("dossier", args=[notice.dossier.reference]))
    if notice.kind in (KIND.CLOSED, KIND.ENDS_SOON, KIND.GRANTED):
        return Step(_("Naar de afgesloten inzagerechten"), reverse("closed-rights"))
    return None


def _last_day(day: date) -> str:
    return _("Laatste dag: %(day)s.") % {"day": _in_words(day)}


def _in_words(day: date) -> str:
    return in_words(day, get_language() or "nl")
