"""What Actiris says, in our words, and what we say, in its words: pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from inzage.adapters.failing import Failed, asked_wait
from inzage.outbox.answers import TAKEN, Answer, Verdict
from inzage.rules.names import Channel, EnrolmentStatus
from inzage.view_rights import enrolling

NOT_SAID = timedelta(minutes=1)
LONGEST = timedelta(days=1)
LONGEST_ID = 100
NOT_ABOUT_THE_MESSAGE = {401, 403, 404, 405, 407, 408, 409, 421, 425}
"""Refusals that say something of the address, the secret or the moment: they may pass, and then it is taken."""

LEFT_ALONE = {410, 429, 503}
"""Refusals of a question that refuse any other too."""


def verdict_on(status: int, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Answer:
    """What an answer to an event comes to (contract.yaml). A redirect is a failure: it is never followed."""
    if 200 <= status < 300:
        return TAKEN
    problem = f"HTTP {status}{_title_of(body)}"
    if status == 410:
        return Answer(Verdict.NO_MORE, problem)
    if status == 429:
        return Answer(Verdict.LATER, problem, until=_until(headers.get("retry-after", ""), at=at))
    if 400 <= status < 500 and status not in NOT_ABOUT_THE_MESSAGE:
        return Answer(Verdict.NEVER, problem)
    return Answer(Verdict.AGAIN, problem)


def enrolment_in(status: int, headers: Mapping[str, str], body: bytes, *, at: datetime) -> enrolling.Answer:
    """How somebody's enrolment stands, from the answer to POST /enrolments/asked (contract.yaml); else Failed.

    LeftAlone where it says something of all questions: too many, not now, none any more.
    """
    if status in LEFT_ALONE:
        until = at + LONGEST if status == 410 else _until(headers.get("retry-after", ""), at=at)
        raise enrolling.LeftAlone(f"HTTP {status}", until=until)
    if status != 200:
        never = 400 <= status < 500 and status not in NOT_ABOUT_THE_MESSAGE
        raise Failed(f"HTTP {status}", again=not never)
    try:
        said = json.loads(body)
        found = EnrolmentStatus(said["status"])
        if found is EnrolmentStatus.NOT_ENROLLED:
            return enrolling.Answer(found)
        channel = said.get("channel")
        return enrolling.Answer(
            found,
            Channel(channel) if channel else None,
            _day(said.get("enrolled_on")),
            _day(said.get("ended_on")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Failed(
            "expected status, channel, enrolled_on and ended_on as the contract has them", again=False
        ) from None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def applied_in(row: dict[str, Any]) -> tuple[str, int]:
    """An event in the list of a day: its id, and how often it was applied. TypeError where it says something else."""
    message_id, applied = row["id"], row["applied"]
    if not isinstance(message_id, str) or not message_id.isprintable() or type(applied) is not int:
        raise TypeError
    return message_id[:LONGEST_ID], applied


def _until(retry_after: str, *, at: datetime) -> datetime:
    """Until when Retry-After asks to wait; a minute where it doesn't say, at most a day."""
    asked = asked_wait(retry_after, at=at)
    return at + (NOT_SAID if asked is None else min(timedelta(seconds=min(asked, 1e6)), LONGEST))


def _title_of(body: bytes) -> str:
    """The title of a problem (RFC 9457), if it has one."""
    try:
        title = json.loads(body).get("title", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return f": {title[:200]}" if isinstance(title, str) and title else ""
