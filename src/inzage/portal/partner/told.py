"""What the page says of one notice: its kind, the day, what it means, and what to do next."""

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


class Told(NamedTuple):
    """A notice as the page shows it: what it says, why a right ends where that is so, and what to do next."""

    notice: Notice
    sentences: list[str]
    reason: Reason | None
    next: Step | None


def told(notice: Notice, right: ViewRight | None, ended: ViewRight | None) -> Told:
    """`right` is the unit's own that stands in that dossier today; `ended` the one whose end is told (S19)."""
    if notice.kind == KIND.ENDS_SOON:
        sentences, reason = _of_end_to_come(notice, right)
    elif notice.kind == KIND.CLOSED and ended is not None and ended.last_day is not None:
        sentences, reason = [_last_day(ended.last_day)], reason_of_end(ended)
    elif notice.kind == KIND.ASKED_WHY:
        sentences, reason = [_("De klant verwacht een antwoord, binnen tien werkdagen.")], None
    elif notice.kind == KIND.ENROLMENT_GONE:
        sentences, reason = [_("Help de klant om zich (opnieuw) in te schrijven bij Actiris.")], None
    else:
        words = {**MISSING, **REMARKS}
        lines = [str(words.get(line, line)) for line in notice.detail.splitlines()]
        sentences, reason = ["; ".join(lines)] if lines else [], None
    return Told(notice, sentences, reason, _next(notice, right))


def _of_end_to_come(notice: Notice, right: ViewRight | None) -> tuple[list[str], Reason | None]:
    """As it was told, while that is still so; otherwise what became of it."""
    if right is None:
        return [_("Dat recht staat niet meer open.")], None
    if right.last_day is None:
        return [_("Intussen is dat veranderd: er is geen einde meer in zicht.")], reason_of(right)
    if right.last_day != notice.on:
        changed = _("Intussen is dat veranderd: de laatste dag is nu %(day)s.")
        return [changed % {"day": _in_words(right.last_day)}], reason_of(right)
    keeping = what_keeps(notice.detail, day_of(notice.created_at), get_language() or "nl")
    return [_last_day(right.last_day), *keeping], reason_of(right)


def _next(notice: Notice, right: ViewRight | None) -> Step | None:
    """A page that may be opened today, or none."""
    if notice.kind in (KIND.SENT_BACK, KIND.REFUSED):
        return Step(_("Naar uw aanvragen"), reverse("asked"))
    if right is not None:
        return Step(_("Open het dossier"), reverse("dossier", args=[notice.dossier.reference]))
    if notice.kind in (KIND.CLOSED, KIND.ENDS_SOON, KIND.GRANTED):
        return Step(_("Naar de afgesloten inzagerechten"), reverse("closed-rights"))
    return None


def _last_day(day: date) -> str:
    return _("Laatste dag: %(day)s.") % {"day": _in_words(day)}


def _in_words(day: date) -> str:
    return in_words(day, get_language() or "nl")
