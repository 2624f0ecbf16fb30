"""What a stored right should be, worked out again from its facts: the one judgement that a proof compares with."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from inzage.rules.closing import NoGround
from inzage.rules.facts import Grant
from inzage.rules.history import grants_at_all
from inzage.rules.holding import outcome_with_holds
from inzage.rules.rulebook import ClosingRule, RuleBooks
from inzage.view_rights.closing import VERDICT
from inzage.view_rights.gathering import Gathered

OWNED = ("id", "dossier_id", "unit_id")
KEY = (*OWNED, "granted_on")
CLOSED = ("closed_on", "closing_reason")
RIGHT = (*KEY, *VERDICT, *CLOSED)
LAST_DAY, CLOSED_ON = RIGHT.index("last_day"), RIGHT.index("closed_on")
RULE_VERSION, HELD, PROPOSED = map(RIGHT.index, ("rule_version", "held", "proposed_last_day"))
"""Where these days stand in a row."""


class Days(NamedTuple):
    """The day as of which is proven, and up to which what begins or moves by itself has done so."""

    today: date
    night: date


def proven(row: tuple[Any, ...], gathered: Gathered, by: RuleBooks, days: Days) -> tuple[Any, ...]:
    """The verdict on an open right from its facts; one whose stored last day is past is judged on that day.

    That it is held is taken from the right, and with it which day waits: whether that day still does, is judged. What
    was entered ahead lifts the hold in the night of its own day.
    """
    right_id, dossier, unit, granted_on = row[: len(KEY)]
    last_day = row[LAST_DAY]
    grounds = gathered.grants.get((right_id, dossier, unit), ())
    if not grounds:
        return ("no ground",)
    if not _begins_with(grounds, granted_on):
        return ("not the day of its first ground",)
    case = gathered.case(right_id, dossier, unit, granted_on)
    on = days.today if last_day is None else min(days.today, last_day)
    waits = row[PROPOSED]
    since, until, holds = on, on, set[date]()
    if waits:
        since, until, holds = min(on, waits), min(on, days.night), {waits}
    try:
        judged = outcome_with_holds(case, by, since=max(granted_on, since), holds=holds, today=until)
    except NoGround as error:
        return (str(error),)
    verdict, last_day, reason = judged.outcome
    rule, anchor = verdict.rule, verdict.anchor
    if anchor is None:
        rule = _in_its_version(rule, row[RULE_VERSION], by)
    counted = (anchor.event, anchor.on) if anchor else ("", None)
    return (
        verdict.relation,
        verdict.rule_gap,
        rule.id,
        rule.version,
        rule.status,
        *counted,
        last_day,
        reason,
        row[HELD] if judged.proposed else "",
        judged.proposed,
    )


def _in_its_version(rule: ClosingRule, version: str, by: RuleBooks) -> ClosingRule:
    """The rule as the right names it: while no event has started a term, in the version of when it was last judged."""
    with suppress(KeyError):
        return by.version(version).rule(rule.id)
    return rule


def _begins_with(grounds: Sequence[Grant], granted_on: date) -> bool:
    """Whether that is the day of a ground, and none that ever counted lies before it."""
    begins = False
    for grant in grounds:
        if grant.granted_on == granted_on:
            begins = True
        elif grant.granted_on < granted_on and grants_at_all(grant, None):
            return False
    return begins
