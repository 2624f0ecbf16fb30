"""When an exchange failed: whether trying again helps, and how long the other side asks to wait. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAY_PASS = {408, 409, 425, 429}
"""Refusals that say something of the moment; so does every 5xx."""
LEAST = 1.0
"""Seconds: asked to wait no time at all, or until a moment that is past, we wait this long."""


class Failed(Exception):
    """No answer that can be used, and why, repeating nothing of the answer: it may be about a person.

    `again` says whether trying again helps, `wait` how many seconds the other side asks to wait; None: it doesn't say.
    `reached` is false where there was nobody to say anything to.
    """

    def __init__(
        self, problem: str, *, again: bool = True, wait: float | None = None, reached: bool = True
    ) -> None:
        super().__init__(problem)
        self.again, self.wait, self.reached = again, wait, reached


def refusal(status: int, headers: Mapping[str, str], *, at: datetime) -> Failed:
    """What a status comes to where only 200 will do. A redirect is a refusal: it is never followed."""
    wait = asked_wait(headers.get("retry-after", ""), at=at)
    return Failed(f"it answers {status}", again=status in MAY_PASS or status >= 500, wait=wait)


def asked_wait(retry_after: str, *, at: datetime) -> float | None:
    """How many seconds Retry-After asks to wait, in seconds or as a date, and LEAST at least; None: it doesn't say."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return max(float(said[:12]), LEAST)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, IndexError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - at).total_seconds(), LEAST)
