"""Where rights are reckoned and closed. Every use case that changes a fact ends in `reckon` (S18 to S22)."""

from contextlib import suppress
from datetime import date
from operator import attrgetter

from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.rule_books.in_force import books
from inzage.rules.closing import NoGround, Outcome, Verdict, judge
from inzage.rules.days import day_of
from inzage.rules.facts import Case, facts_on
from inzage.rules.holding import Judged, outcome_with_holds
from inzage.rules.names import ClosingReason
from inzage.rules.periods import day_after, eve
from inzage.view_rights.gathering import gather, open_rights
from inzage.view_rights.models import RightState, ViewRight
from inzage.view_rights.recording import add_versions, columns_kept
from inzage.view_rights.scopes import these


def reckon(dossier_id: int, *, origin: Origin, on: date | None = None) -> None:
    """Store what the rules make of the dossier's open rights; the one place where an end day is written.

    As of today, or as of day `on` where missed nights are caught up.
    """
    today = on or day_of(origin.at)
    rights = open_rights(dossier_id)
    gathered = gather(these(dossier_id))
    changed = []
    for right in rights:
        if put(right, *judged(right, gathered.case_of(right), on=today)):
            changed.append(right)
    save(changed, origin=origin)


def judged(right: RightState, case: Case, *, on: date) -> Judged:
    """What the rules make, on a day, of a right that stands; of a held one they are asked of the day that waits.

    Where they still give that day, and nothing has happened since that moves it, it stays held.
    """
    proposed = right.proposed_last_day
    since = max(case.granted_on, on if proposed is None else min(on, proposed))
    holds = () if proposed is None else (proposed,)
    return outcome_with_holds(case, books(), since=since, holds=holds, today=on)


def has_ended(right: ViewRight, today: date) -> bool:
    """Whether the right's last day is past: of a held one the last on which it waits for a person."""
    return right.last_day is not None and right.last_day < today


def judge_again(right: ViewRight, case: Case, *, today: date, origin: Origin) -> bool:
    """Judge a right whose stored last day is past with fresh facts, and close it where they still say so.

    Returns whether it closes. The days after the stored last day no longer count, unless the facts deny that day.
    Where the facts leave it no ground at all, it closes as it was stored: what is broken never stays open.
    """
    assert right.last_day is not None
    with suppress(NoGround):
        put(right, *judged(right, case, on=max(right.granted_on, right.last_day)))
    if not has_ended(right, today):
        return False
    shut(right, closed_on=day_after(right.last_day), reason=ClosingReason(right.ends_by), origin=origin)
    return True


def close_at_once(right: ViewRight, reason: ClosingReason, *, origin: Origin) -> None:
    """Close an open right today: today is the first day without it. One that is still to begin never does."""
    today = max(day_of(origin.at), right.granted_on)
    if right.granted_on < today:
        case = gather(these(right.dossier_id)).case_of(right)
        # a correction may deny yesterday's ground too: then the stored verdict stays
        with suppress(NoGround):
            put_verdict(right, judge(facts_on(case, eve(today)), books(), on=eve(today)))
    right.last_day = eve(today)
    shut(right, closed_on=today, reason=reason, origin=origin)
    save([right], origin=origin)


def shut(right: ViewRight, *, closed_on: date, reason: ClosingReason, origin: Origin) -> None:
    """Mark `right` closed; nothing is stored yet. Where its term ends it, that it was held stays to be seen."""
    right.closed_on, right.closing_reason, right.closed_at = closed_on, reason, origin.at
    right.ends_by = reason
    if reason is not ClosingReason.TERM:
        right.held, right.proposed_last_day = "", None


def put(right: ViewRight, outcome: Outcome, proposed: date | None = None) -> bool:
    """Put an outcome on `right`; whether that changed anything. Without a day that waits, it is held no longer."""
    before = _state(right)
    right.held, right.proposed_last_day = (right.held, proposed) if proposed else ("", None)
    put_verdict(right, outcome.verdict)
    right.ends_by = outcome.reason
    right.last_day = outcome.last_day
    return _state(right) != before


def put_verdict(right: ViewRight, verdict: Verdict) -> None:
    """Put the rule, its version and status, and the event behind it on `right`."""
    right.relation, right.rule_gap = verdict.relation, verdict.rule_gap
    right.rule, right.rule_version, right.rule_status = (
        verdict.rule.id,
        verdict.rule.version,
        verdict.rule.status,
    )
    right.anchor_event = verdict.anchor.event if verdict.anchor else ""
    right.anchor_on = verdict.anchor.on if verdict.anchor else None


VERDICT = (
    *("relation", "rule_gap", "rule", "rule_version", "rule_status", "anchor_event", "anchor_on"),
    *("last_day", "ends_by", "held", "proposed_last_day"),
)
"""What the rules make of a right, as it is stored."""
STATE = (*VERDICT, "closed_on", "closed_at", "closing_reason")


_state = attrgetter(*STATE)


def save(rights: list[ViewRight], *, origin: Origin) -> None:
    """Store the state of `rights`, and add a version of each: a closing holds from its own day."""
    bulk.update(ViewRight, STATE, [(*_state(right), right.pk) for right in rights])
    kept = columns_kept(ViewRight)
    version, today = attrgetter(*kept), day_of(origin.at)
    rows = ((origin.at, right.closed_on or today, right.pk, *version(right)) for right in rights)
    add_versions(ViewRight, kept, rows, origin=origin)
