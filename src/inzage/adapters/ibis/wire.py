"""HTTP: we ask IBIS for what is new since a cursor (contract.yaml). A page is kept with its cursor, or not at all."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import structlog

from inzage.adapters.failing import Failed
from inzage.adapters.ibis.where import page_size, place
from inzage.adapters.ibis.wording import message_of, served_in
from inzage.adapters.line import LONGEST_CURSOR, Line, Patience, line_to, list_of_day
from inzage.adapters.signatures import ID, NotSigned, check
from inzage.inbox.keeping import keep, position_of
from inzage.oversight.balancing import Sent
from inzage.view_rights.training_records import SOURCE

log = structlog.get_logger()
Clock = Callable[[], datetime]
LINES = "application/x-ndjson"
PATIENCE = Patience()
NOTHING_NEW = timedelta(seconds=10)
"""How long until we ask again."""
FIRST_WAIT, LONGEST_WAIT, NO_USE_WAIT = 0.5, 300.0, 900.0
"""Seconds after a failure: doubled each time, up to the longest; and where trying again won't help by itself."""


class Page(NamedTuple):
    """Lines as they came, the cursor behind the last, and whether more waits there now."""

    lines: tuple[str, ...]
    cursor: str
    more: bool


def line() -> Line | None:
    """The line to IBIS; None where this adapter is off. Raises ImproperlyConfigured."""
    return line_to(place(), PATIENCE)


class Pulling:
    """Asks for the next page whenever it is time to; remembers how often that failed. Without a line it never asks."""

    def __init__(self, line: Line | None, clock: Clock) -> None:
        self._line, self._clock, self._failures = line, clock, 0
        self._most = page_size() if line else 0
        self._not_before: datetime | None = None

    def act(self) -> bool:
        """Take in one page, if it is time; returns whether more is waiting there."""
        line, at = self._line, self._clock()
        if line is None or (self._not_before and at < self._not_before):
            return False
        try:
            page = page_after(line, position_of(SOURCE), most=self._most, at=at)
        except Failed as why:
            self._wait(why, at)
            return False
        new = keep(SOURCE, map(message_of, page.lines), at=at, position=page.cursor)
        self._failures = 0
        self._not_before = None if page.more else at + NOTHING_NEW
        if new:
            log.info("training requests taken in", count=new)
        return page.more

    def _wait(self, why: Failed, at: datetime) -> None:
        wait = min(FIRST_WAIT * 2 ** min(self._failures, 16), LONGEST_WAIT) if why.again else NO_USE_WAIT
        asked = min(why.wait or 0.0, NO_USE_WAIT)
        seconds = max(asked, wait * random.uniform(0.5, 1))  # so that many don't come back at one moment
        self._failures += 1
        self._not_before = at + timedelta(seconds=seconds)
        log.warning("no page from IBIS", why=str(why), failures=self._failures, wait=round(seconds, 1))


def page_after(line: Line, cursor: str, *, most: int, at: datetime) -> Page:
    """The page after a cursor (empty: from the beginning), of so many records at most; else Failed."""
    query = urlencode({"after": cursor, "limit": most})
    return _page_in(_answer(line, f"/training-requests?{query}", at=at))


def served_on(line: Line, day: date, *, clock: Clock) -> Iterator[Sent]:
    """What could first be read from IBIS on that day, to strike a balance; else Failed."""
    return list_of_day(
        "/training-requests/of-day", day, lambda target: _answer(line, target, at=clock()), served_in
    )


def _answer(line: Line, target: str, *, at: datetime) -> str:
    """What IBIS answers, once it is sure that it comes whole from IBIS, and for this question.

    A question has no body: what is signed is its target.
    """
    asked = str(uuid4())
    content = urlsplit(line.place.url).path + target
    answered = line.ask(target, at=at, content=content, accept=LINES, message_id=asked)
    if answered.headers.get(ID) != asked:
        raise Failed("the answer is to another question")
    try:
        check(answered.text, answered.headers, line.place.keys, at=at)
    except NotSigned:
        raise Failed("the answer is not signed with our secret, or was cut off") from None
    return answered.text


def _page_in(text: str) -> Page:
    """A line a record, and a last one with the cursor: without it the page is not whole."""
    *lines, last = text.split("\n")[:-1] if text.endswith("\n") else [""]
    try:
        end: dict[str, Any] = json.loads(last)
        cursor, more = end["next"], end["more"]
    except (ValueError, TypeError, KeyError):
        raise Failed("the page does not end with its cursor") from None
    if (
        not isinstance(cursor, str)
        or len(cursor) > LONGEST_CURSOR
        or type(more) is not bool
        or not cursor.isprintable()
    ):
        raise Failed("the cursor of the page can't be used", again=False)
    return Page(tuple(lines), cursor, more)
