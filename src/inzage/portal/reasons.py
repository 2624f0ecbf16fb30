"""A right's last day, and why, in the one line that fits a list; the dossier itself gives the whole explanation."""

from datetime import date
from typing import NamedTuple

from inzage.rule_books.in_force import books
from inzage.rules.names import ClosingReason, Status
from inzage.view_rights.explaining import became_known_late, in_words, sentences
from inzage.view_rights.models import ViewRight


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
    text = sentences("nl")
    unverified = "" if right.rule_status == Status.VERIFIED else text["statuses"][right.rule_status]
    gap = NO_RULE if right.rule_gap else ""
    if right.ends_by != ClosingReason.TERM:
        return Reason(_upper(text["closing_reasons"][right.ends_by]) + ".")
    if right.anchor_on is None:
        service = right.rule.rpartition(".")[2]
        return Reason(text["relations"][right.relation].format(service=service), unverified, gap)
    months = books().on(right.anchor_on).rule(right.rule).months
    event = text["events"][right.anchor_event]
    known = ", maar niet vóór de dag waarop dat bekend werd" if became_known_late(right) else ""
    return Reason(
        f"{months} maanden na {event} op {in_words(right.anchor_on, 'nl')}{known}.", unverified, gap
    )


def reason_of_end(right: ViewRight) -> Reason:
    """Why a right that no longer stands has ended."""
    reason = reason_of(right)
    if right.ends_by != ClosingReason.TERM:
        return reason
    ran_out = _upper(sentences("nl")["closing_reasons"][ClosingReason.TERM])
    return reason._replace(sentence=f"{ran_out}: {reason.sentence}")


def days_left(last_day: date | None, today: date) -> str:
    """How long the right can still be used, in words, where the end is near: counted as the list of what ends soon."""
    if last_day is None or (left := (last_day - today).days) > NEAR:
        return ""
    return SOON.get(left, f"nog {left} dagen")


NEAR = 30
SOON = {0: "vandaag de laatste dag", 1: "nog vandaag en morgen"}
NO_RULE = "geen gepubliceerde regel"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
