"""When a consent or an assignment grants, and what a form still lacks (S02, S04 to S06, S11)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from inzage.rules.names import Route

BRUSSELS = frozenset((Route.BRUSSELS_FORM, Route.BRUSSELS_IBIS))
"""The routes of the Brussels form: the partner's own, and the one beside IBIS (S11, S17)."""


class Missing(StrEnum):
    """What a form can lack. A signature is not among them (S05)."""

    COMPLETED_ON = "completed_on"
    PURPOSE = "purpose"
    INFORMED_OF_ACTIRIS = "informed_of_actiris"


class Refusal(StrEnum):
    """Why nothing is granted."""

    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"
    BEFORE_COMPLETION = "before_completion"
    ALREADY_HANDLED = "already_handled"
    CONSENT_RECORDED = "consent_recorded"
    COMPLETE = "complete"
    NO_REASON = "no_reason"
    OBJECTED = "objected"


class FormFacts(NamedTuple):
    """What decides over a form. `objected`: the client shut out the unit that it is for, and that stands."""

    route: Route
    has_purpose: bool
    completed_on: date | None
    informed_of_actiris: bool
    withdrawn_on: date | None
    deceased_on: date | None
    objected: bool


def missing_from(form: FormFacts) -> list[Missing]:
    """What the form lacks (S05); a Brussels form must say that the client was told of Actiris (S08)."""
    missing = []
    if not form.has_purpose:
        missing.append(Missing.PURPOSE)
    if form.completed_on is None:
        missing.append(Missing.COMPLETED_ON)
    if form.route in BRUSSELS and not form.informed_of_actiris:
        missing.append(Missing.INFORMED_OF_ACTIRIS)
    return missing


def refusal_of(form: FormFacts, *, on: date) -> Refusal | None:
    """Why the form grants nothing on day `on`; nothing where it does grant. What the client wants goes first."""
    if form.objected:
        return Refusal.OBJECTED
    if missing_from(form):
        return Refusal.INCOMPLETE
    if form.withdrawn_on is not None and form.withdrawn_on <= on:
        return Refusal.WITHDRAWN
    if form.deceased_on is not None and form.deceased_on <= on:
        return Refusal.DECEASED
    if form.completed_on is not None and on < form.completed_on:
        return Refusal.BEFORE_COMPLETION
    return None
