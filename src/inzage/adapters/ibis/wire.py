"""HTTP: we ask IBIS for what is new since a cursor (contract.yaml). A page is kept with its cursor, or not at all."""

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import httpx2
import structlog

from inzage.adapters.ibis.where import Place
from inzage.adapters.ibis.wording import known_as, message_of
from inzage.adapters.signatures import ID, SIGNATURE, TIMESTAMP, NotSigned, check, signature_of
from inzage.inbox.keeping import keep, position_of
from inzage.inbox.reading import NotJson, object_in
from inzage.view_rights.training_requests import SOURCE

log = structlog.get_logger()
Clock = Callable[[], datetime]
LINES = "application/x-ndjson"
MOST_BYTES = 4_194_304
MOST_CURSOR = 200
TIMEOUT = httpx2.Timeout(10, connect=5)
WHOLE_ANSWER_SECONDS = 60
NOTHING_NEW = timedelta(seconds=10)
"""How long until we ask again."""
FIRST_WAIT, LONGEST_WAIT, NO_USE_WAIT = 0.5, 300.0, 900.0
"""Seconds after a failure: doubled each time, up to the longest; and where trying again won't help by itself."""


class Failed(Exception):
    """IBIS gave no page that can be used; `again` says whether trying again helps, `after` how long it asks to wait."""

    def __init__(self, what: str, *, again: bool, after: float = 0.0) -> None:
        super().__init__(what)
        self.again, self.after = again, after


class Page(NamedTuple):
    """Lines as they came, the cursor behind the last, and whether more waits there now."""

    lines: tuple[str, ...]
    cursor: str
    more: bool


class Pulling:
    """Asks for the next page whenever it is time to; remembers how often that failed. Without a place it never asks."""

    def __init__(self, where: Place | None, clock: Clock, client: httpx2.Client | None = None) -> None:
        self._where, self._clock, self._failures = where, clock, 0
        self._client = client or httpx2.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)
        self._not_before: datetime | None = None

    def act(self) -> bool:
        """Take in one page, if it is time; returns whether more is waiting there."""
        where, at = self._where, self._clock()
        if where is None or (self._not_before and at < self._not_before):
            return False
        try:
            page = page_after(position_of(SOURCE), where, self._client, at=at)
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
        seconds = max(why.after, wait * random.uniform(0.5, 1))  # so that many don't come back at one moment
        self._failures += 1
        self._not_before = at + timedelta(seconds=seconds)
        log.warning("no page from IBIS", why=str(why), failures=self._failures, wait=round(seconds, 1))


def page_after(cursor: str, where: Place, client: httpx2.Client, *, at: datetime) -> Page:
    """The page after a cursor (empty: from the beginning); else Failed."""
    query = urlencode({"after": cursor, "limit": where.page})
    return _page_in(_answer(f"/training-requests?{query}", where, client, at=at))


class Served(NamedTuple):
    """A revision that IBIS says it served: under which message id the inbox has it, and how often."""

    message_id: str
    revision: int
    times: int


def served_on(day: date, where: Place, client: httpx2.Client, *, clock: Clock) -> Iterator[Served]:
    """What could be read from IBIS from that day on, to strike a balance; else Failed."""
    cursor: str | None = "0"
    while cursor is not None:
        target = f"/training-requests/of-day?{urlencode({'day': day, 'cursor': cursor})}"
        try:
            page = object_in(_answer(target, where, client, at=clock()))
            rows = [
                (row["id"], row["revision"], row["served"], row["digest"])
                for row in page["training_requests"]
            ]
            cursor = page["next"]
        except (NotJson, KeyError, TypeError):
            raise Failed("the list of a day can't be read", again=True) from None
        for number, revision, times, digest in rows:
            yield Served(*known_as(number, revision, digest), times)


def _answer(target: str, where: Place, client: httpx2.Client, *, at: datetime) -> str:
    """What IBIS answers, once it is sure that it comes whole from IBIS, and for this question."""
    asked = str(uuid.uuid4())
    url = where.address + target
    headers = {"Accept": LINES, "Accept-Encoding": "identity", **_signed(urlsplit(url), asked, where, at)}
    try:
        with client.stream("GET", url, headers=headers) as response:
            _check_status(response)
            body = b"".join(_limited(response))
    except httpx2.HTTPError as error:
        raise Failed(f"{type(error).__name__}: {error}", again=True) from None
    if response.headers.get(ID) != asked:
        raise Failed("the answer is to another question", again=True)
    try:
        check(body, response.headers, where.keys, at=at)
        return body.decode()
    except (NotSigned, UnicodeDecodeError):
        raise Failed("the answer is not signed with our secret, or was cut off", again=True) from None


def _signed(url: Any, asked: str, where: Place, at: datetime) -> dict[str, str]:
    """A question has no body: what is signed is its target."""
    timestamp = str(int(at.timestamp()))
    target = f"{url.path}?{url.query}".encode()
    return {ID: asked, TIMESTAMP: timestamp, SIGNATURE: signature_of(target, asked, timestamp, where.keys[0])}


def _check_status(response: httpx2.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    asked = response.headers.get("Retry-After", "")
    wait = min(int(asked[:9]), NO_USE_WAIT) if asked.isascii() and asked.isdigit() else 0.0
    raise Failed(f"it answers {status}", again=status in (408, 409, 425, 429) or status >= 500, after=wait)


def _limited(response: httpx2.Response) -> Iterator[bytes]:
    """The body, never more of it than a page may hold, and not for ever."""
    size, until = 0, time.monotonic() + WHOLE_ANSWER_SECONDS
    for part in response.iter_raw():
        size += len(part)
        if size > MOST_BYTES:
            raise Failed(f"it answers with more than {MOST_BYTES} bytes", again=False)
        if time.monotonic() > until:
            raise Failed(f"it takes more than {WHOLE_ANSWER_SECONDS} seconds to answer", again=True)
        yield part


def _page_in(text: str) -> Page:
    """A line a record, and a last one with the cursor: without it the page is not whole."""
    *lines, last = text.split("\n")[:-1] if text.endswith("\n") else [""]
    try:
        end: dict[str, Any] = json.loads(last)
        cursor, more = end["next"], end["more"]
    except (ValueError, TypeError, KeyError):
        raise Failed("the page does not end with its cursor", again=True) from None
    if (
        not isinstance(cursor, str)
        or len(cursor) > MOST_CURSOR
        or type(more) is not bool
        or not cursor.isprintable()
    ):
        raise Failed("the cursor of the page can't be used", again=False)
    return Page(tuple(lines), cursor, more)
