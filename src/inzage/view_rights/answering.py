"""May this partner view this client's dossier on a day, from outside numbers: for the shell and for programs (S01)."""

from datetime import date
from typing import NamedTuple

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.rule_books.in_force import books
from inzage.rules.viewing import Reason
from inzage.view_rights.gathering import gather
from inzage.view_rights.holds import NO_HOLDS, holds_by_right
from inzage.view_rights.listing import state_on, state_stored
from inzage.view_rights.scopes import these
from inzage.view_rights.viewing import decide


class Answer(NamedTuple):
    """Yes or no, the reason, and the rule and last day of the right it rests on: from what had happened by that day, or
    as the register stores it.
    """

    decision: bool
    reason: str
    rule: str | None
    last_day: str | None


def may_view(client_number: str, oe_number: str, *, on: date, as_stored: bool = False) -> Answer:
    """The answer for the numbers that registers use; an unknown client or unit is a no.

    `as_stored`, asked of today, tells the rule and last day that the register stores: those that every page shows.
    """
    dossier = Dossier.objects.filter(client__client_number=client_number).select_related("client").first()
    if dossier is None:
        return Answer(False, Reason.UNKNOWN_CLIENT, None, None)
    unit = Unit.objects.filter(oe_number=oe_number).first()
    if unit is None:
        return Answer(False, Reason.UNKNOWN_UNIT, None, None)
    decision = decide(dossier.pk, unit.pk, on=on)
    if decision.right is None:
        return Answer(False, decision.reason, None, None)
    scope = these(dossier.pk)
    if as_stored:
        state = state_stored(decision.right, gather(scope), on)
    else:
        holds = holds_by_right(scope, on).get(decision.right.pk, NO_HOLDS)
        state = state_on(decision.right, gather(scope), books(), on, holds)
    return Answer(decision.allowed, decision.reason, state["rule"], state["last_day"])
