"""A right's last day, and why, in the one line that fits a list; the dossier itself gives the whole explanation."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy, ngettext

from inzage.portal.language import Word, spoken
from inzage.rules.names import ClosingReason, Status
from inzage.view_rights.explaining import Floor, floor_under, in_words, rule_behind, sentences
from inzage.view_rights.models import ViewRight
from inzage.view_rights.rules_in_words import term_in_words


class Reason(NamedTuple):
    """The sentence, how sure the rule behind it is where it was not verified (S19), and whether the page has none."""

    sentence: str
    unverified: str = ""
    gap: str = ""

    @property
    def marks(self) -> list[str]:
        """What must stand beside the sentence wherever it is shown."""
        return [mark for mark in (self.unverified, self.gap) if mark]


def reason_of(right: ViewRight) -> Reason:
    """Why the right ends on its last day, or why nothing ends it yet."""
    text = sentences(spoken())
    unverified = "" if right.rule_status == Status.VERIFIED else text["statuses"][right.rule_status]
    gap = gettext("geen gepubliceerde regel") if right.rule_gap else ""
    if right.ends_by != ClosingReason.TERM:
        return Reason(_upper(text["closing_reasons"][right.ends_by]) + ".")
    if right.anchor_on is None:
        service = right.rule.rpartition(".")[2]
        return Reason(text["relations"][right.relation].format(service=service), unverified, gap)
    counted = {
        "term": term_in_words(rule_behind(right), spoken()),
        "event": text["events"][right.anchor_event],
        "day": in_words(right.anchor_on, spoken()),
    }
    return Reason(AFTER[floor_under(right)] % counted, unverified, gap)


AFTER: Mapping[Floor | None, Word] = {
    None: gettext_lazy("%(term)s na %(event)s op %(day)s."),
    Floor.KNOWN_LATE: gettext_lazy(
        "%(term)s na %(event)s op %(day)s, maar niet vóór de dag waarop dat bekend werd."
    ),
    Floor.MOVED: gettext_lazy(
        "%(term)s na %(event)s op %(day)s, maar niet vóór de dag waarop lopende termijnen verschuiven."
    ),
}


def reason_of_end(right: ViewRight) -> Reason:
    """Why a right that no longer stands has ended."""
    reason = reason_of(right)
    if right.ends_by != ClosingReason.TERM:
        return reason
    return reason._replace(sentence=gettext("De termijn liep af: %(reason)s") % {"reason": reason.sentence})


def days_left(last_day: date | None, today: date) -> str:
    """How long the right can still be used, in words, where the end is near: counted as the list of what ends soon."""
    if last_day is None or (left := (last_day - today).days) > NEAR:
        return ""
    if left == 0:
        return gettext("vandaag de laatste dag")
    if left == 1:
        return gettext("nog vandaag en morgen")
    return ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}


NEAR = 30


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
