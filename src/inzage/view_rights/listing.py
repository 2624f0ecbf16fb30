"""The state of the register on a day, right by right, as `inzage rights --json` prints it (register-format)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction

from inzage.access_log.models import AccessLine
from inzage.journal.expressions import character_by_character
from inzage.rule_books.in_force import books
from inzage.rules.closing import NoGround
from inzage.rules.facts import Case
from inzage.rules.holding import Judged, outcome_with_holds
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.holds import NO_HOLDS, Holds, holds_by_right
from inzage.view_rights.looking import Look, write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these

CHUNK = 5000
WITHOUT_GROUND = (ClosingReason.WITHDRAWN, ClosingReason.OBJECTED, ClosingReason.CORRECTED)
ORDER = {ground: place for place, ground in enumerate(Ground)}


def rights_on(day: date) -> Iterator[dict[str, Any]]:
    """The rights at the end of `day`, from what had happened by then: an end dated later is not yet known."""
    for chunk in _chunks(day):
        yield from map(as_the_format_has_it, _states(chunk, day))


def as_the_format_has_it(state: dict[str, Any]) -> dict[str, Any]:
    """A state in the words of the format, which has one for every closing for want of a ground (decision 0059)."""
    if state["closing_reason"] != ClosingReason.CORRECTED:
        return state
    return {**state, "closing_reason": str(ClosingReason.WITHDRAWN)}


def export(day: date, at: Look) -> Iterator[dict[str, Any]]:
    """The same for somebody to take along, each closing with its own reason: for each chunk a line in the access log,
    and without it nothing.
    """
    for chunk in _chunks(day):
        with transaction.atomic():
            dossiers = dict.fromkeys(right.dossier_id for right in chunk)
            write(AccessLine.Kind.EXPORT, at, [(dossier, None) for dossier in dossiers])
        yield from _states(chunk, day)


def _chunks(day: date) -> Iterator[list[ViewRight]]:
    """By client number, unit and day of grant; a chunk at a time, so that memory does not grow."""
    rights = ViewRight.objects.filter(granted_on__lte=day)
    ordered = rights.order_by(
        character_by_character("dossier__client__client_number"),
        character_by_character("unit__oe_number"),
        "granted_on",
        "pk",
    )
    chunk: list[ViewRight] = []
    for right in ordered.select_related("dossier__client", "unit").iterator(chunk_size=CHUNK):
        chunk.append(right)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _states(rights: list[ViewRight], day: date) -> Iterator[dict[str, Any]]:
    scope = these(*{right.dossier_id for right in rights})
    gathered, holds = gather(scope), holds_by_right(scope, day)
    for right in rights:
        yield state_on(right, gathered, books(), day, holds.get(right.pk, NO_HOLDS))


def state_stored(right: ViewRight, gathered: Gathered, today: date) -> dict[str, Any]:
    """One right as the register stores it: every known fact counts, and each decided move of running terms.

    Over but not closed yet, because a night was missed, it is told as the run will close it.
    """
    return _state(right, gathered.case_of(right), _stored(right, today), today)


def state_on(
    right: ViewRight, gathered: Gathered, by: RuleBooks, day: date, holds: Holds = NO_HOLDS
) -> dict[str, Any]:
    """One right at the end of `day`, by these rule books, held on the days of `holds`."""
    case = gathered.case_of(right)
    judged = _stored(right, day)
    if right.closed_on is None or right.closed_on > day:
        # a correction may have denied every ground it had by then: what it closed with says most
        with suppress(NoGround):
            judged = _judged(as_known_on(case, by, day, holds), day, holds)
    return _state(right, case, judged, day)


def _state(right: ViewRight, case: Case, judged: dict[str, Any], day: date) -> dict[str, Any]:
    grants = _left(case, day, judged)
    return {
        "client_number": right.dossier.client.client_number,
        "oe_number": right.unit.oe_number,
        "granted_on": str(right.granted_on),
        "last_granted_on": str(max(grant.granted_on for grant in grants)) if grants else None,
        "grounds": [
            str(ground) for ground in sorted({grant.ground for grant in grants}, key=ORDER.__getitem__)
        ],
        **judged,
    }


def as_known_on(case: Case, by: RuleBooks, day: date, holds: Holds = NO_HOLDS) -> Judged:
    """The outcome with only what had happened by the end of `day`: walked from the grant, later days cut off."""
    return outcome_with_holds(case, by, since=case.granted_on, holds=holds, today=day, until=day)


def _judged(judged: Judged, day: date, holds: Holds) -> dict[str, Any]:
    outcome, proposed = judged
    verdict, last_day, reason = outcome
    closed = outcome.is_over(day)
    return {
        "relation": str(verdict.relation),
        "rule": verdict.rule.id,
        "anchor": {"event": str(verdict.anchor.event), "on": str(verdict.anchor.on)}
        if verdict.anchor
        else None,
        "last_day": _text(last_day),
        "closed_on": _text(outcome.closed_on()) if closed else None,
        "closing_reason": str(reason) if closed else None,
        "held": holds[proposed] if proposed and not closed else None,
        "proposed_last_day": None if closed else _text(proposed),
    }


def _stored(right: ViewRight, day: date) -> dict[str, Any]:
    closed_on, reason = right.closed_on, right.closing_reason
    if closed_on is None and right.last_day is not None and right.last_day < day:
        closed_on, reason = day_after(right.last_day), right.ends_by
    waits = closed_on is None and bool(right.held)
    return {
        "relation": right.relation,
        "rule": right.rule,
        "anchor": {"event": right.anchor_event, "on": str(right.anchor_on)} if right.anchor_event else None,
        "last_day": _text(right.last_day),
        "closed_on": _text(closed_on),
        "closing_reason": reason or None,
        "held": right.held if waits else None,
        "proposed_last_day": _text(right.proposed_last_day) if waits else None,
    }


def _left(case: Case, day: date, judged: dict[str, Any]) -> list[Any]:
    """The grounds left at the end of `day`, or those it closed with."""
    until, grants = day, case.grants
    if judged["closing_reason"] in WITHOUT_GROUND:
        grants = tuple(grant for grant in grants if grant.ground is not Ground.RESTORED)
    if judged["closed_on"] is not None:
        closed_on = date.fromisoformat(judged["closed_on"])
        # The night's closing goes before that day's withdrawals; a closing at once comes after them.
        until = eve(closed_on) if judged["closing_reason"] == ClosingReason.TERM else closed_on
    return [
        grant
        for grant in grants
        if grant.granted_on <= until and (grant.withdrawn_on is None or grant.withdrawn_on > until)
    ]


def _text(day: date | None) -> str | None:
    return str(day) if day else None
