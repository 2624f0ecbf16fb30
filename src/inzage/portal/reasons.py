"""A right's last day, and why, in the one line that fits a list; the dossier itself gives the whole explanation."""

from datetime import date
from typing import NamedTuple

from inzage.rule_books.in_force import books
from inzage.rules.names import ClosingReason, Status
from inzage.view_rights.explaining import became_known_late, in_words, sentences
from inzage.view_rights.models import ViewRight


class Reason(NamedTuple):
    """The sentence, and how sure the rule behind it is where it was not verified (S19)."""

    sentence: str
    unverified: str


def reason_of(right: ViewRight) -> Reason:
    """Why the right ends on its last day, or why nothing ends it yet."""
    text = sentences("nl")
    unverified = "" if right.rule_status == Status.VERIFIED else text["statuses"][right.rule_status]
    if right.ends_by != ClosingReason.TERM:
        return Reason(_upper(text["closing_reasons"][right.ends_by]) + ".", "")
    if right.anchor_on is None:
        service = right.rule.rpartition(".")[2]
        return Reason(text["relations"][right.relation].format(service=service), unverified)
    months = books().on(right.anchor_on).rule(right.rule).months
    event = text["events"][right.anchor_event]
    known = ", maar niet vóór de dag waarop dat bekend werd" if became_known_late(right) else ""
    return Reason(f"{months} maanden na {event} op {in_words(right.anchor_on, 'nl')}{known}.", unverified)


def days_left(last_day: date | None, today: date) -> str:
    """How long the right can still be used, in words, where the end is near; today counts."""
    if last_day is None or (left := (last_day - today).days) > NEAR:
        return ""
    return "vandaag de laatste dag" if left == 0 else f"nog {left + 1} dagen"


NEAR = 30


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
