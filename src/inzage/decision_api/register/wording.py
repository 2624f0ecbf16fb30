"""What goes with a decision: the reason as a code and in words, until when, and for audit what it rests on."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from inzage.rule_books.in_force import known
from inzage.rules.days import midnight
from inzage.rules.names import ClosingReason, Status
from inzage.rules.periods import day_after
from inzage.rules.viewing import Reason
from inzage.view_rights.explaining import LANGUAGES, in_words, sentences
from inzage.view_rights.questions import RightRow, Verdict, When

WITH_DAY = (Reason.RIGHT_STANDS, Reason.RIGHT_CLOSED)


def context_of(verdict: Verdict, at: str, *, audit: bool) -> dict[str, Any]:
    """The context of a decision judged at that moment (in text). `reason_admin` is for callers with the audit scope."""
    reason, right = verdict.reason, verdict.right
    shown = right if right is not None and reason in WITH_DAY else None
    said = _said(reason, shown.last_day if shown else None, _rule_status(shown) if shown else "")
    context = {**said, **_held(reason, shown), "evaluated_at": at}
    if audit and right is not None:
        context["reason_admin"] = _admin(right)
    return context


def holds_until(when: When) -> datetime | None:
    """The first moment at which a yes holds no longer: its day is over, whatever it rests on.

    What was asked about another moment stays so.
    """
    return None if when.moment else _midnight_after(when.on)


def _held(reason: Reason, right: RightRow | None) -> Mapping[str, Any]:
    """Of a right that stands beyond its term because it waits for a person: why, and since which day."""
    if reason is not Reason.RIGHT_STANDS or right is None or not right.held:
        return {}
    assert right.last_day is not None
    assert right.proposed_last_day is not None
    return _said_of_held(right.held, right.proposed_last_day, right.last_day)


@lru_cache(maxsize=10_000)
def _said_of_held(why: str, proposed: date, last_day: date) -> Mapping[str, Any]:
    """Instead of the sentence that names the last day alone, one that says what is waited for."""
    told = {}
    for language in LANGUAGES:
        days = {"proposed": in_words(proposed, language), "last_day": in_words(last_day, language)}
        told[language] = sentences(language)["decisions"]["right_stands_held"].format(**days)
    return {"reason_user": told, "held": why, "proposed_last_day": str(proposed)}


@lru_cache(maxsize=10_000)
def _said(reason: Reason, last_day: date | None, status: str) -> Mapping[str, Any]:
    """The part that is the same for every right with that last day."""
    said: dict[str, Any] = {
        "reason": str(reason),
        "reason_user": {language: _sentence(reason, last_day, status, language) for language in LANGUAGES},
    }
    if last_day is not None:
        said["last_day"] = str(last_day)
        if status:
            said["rule_status"] = status
        if reason is Reason.RIGHT_STANDS:
            said["holds_until"] = moment_in_text(_midnight_after(last_day))
    return said


def _sentence(reason: Reason, last_day: date | None, status: str, language: str) -> str:
    """The sentence; where the day follows from a rule that nobody verified, it says so (S19)."""
    text = sentences(language)
    if last_day is None:
        return text["decisions"]["right_stands_open" if reason is Reason.RIGHT_STANDS else reason]
    day = in_words(last_day, language)
    if status in ("", Status.VERIFIED):
        return text["decisions"][reason].format(last_day=day)
    return text["decisions"][f"{reason}_unsure"].format(last_day=day, status=text["statuses"][status])


def _rule_status(right: RightRow) -> str:
    """Whether the rule by which it ends is verified; empty where it ends by a fact, such as a death, and by no rule."""
    return right.rule_status if right.ends_by == ClosingReason.TERM else ""


def _admin(right: RightRow) -> dict[str, Any]:
    """What a right rests on: its rule in the version that governs, with its source, and the event behind its day."""
    return {
        "right": right.id,
        "granted_on": str(right.granted_on),
        "closed_on": str(right.closed_on) if right.closed_on else None,
        "ends_by": right.ends_by,
        "rule": right.rule,
        "rule_version": right.rule_version,
        "rule_status": right.rule_status,
        "rule_source": _source_of(right),
        "event": right.anchor_event or None,
        "event_on": str(right.anchor_on) if right.anchor_on else None,
    }


def _source_of(right: RightRow) -> str:
    """Where its rule comes from; empty for the second in which this process has not seen a new book yet."""
    with suppress(KeyError):
        return known().version(right.rule_version).rule(right.rule).source
    return ""


def moment_in_text(moment: datetime) -> str:
    """A moment as RFC 3339, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=10_000)
def _midnight_after(day: date) -> datetime:
    return midnight(day_after(day)).astimezone(UTC)
