"""HTTP with another institution: signed anew at each try, nothing followed, nothing waited for or read without end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import uuid4

import httpx2

from inzage.adapters.failing import Failed, refusal
from inzage.adapters.places import Place
from inzage.adapters.signatures import signed
from inzage.client.deadlines import Deadline, InTime
from inzage.inbox.reading import NotJson, object_in

CONNECTIONS = 32
ANSWER_BYTES = 64 * 1024
PAGE_BYTES = 4 * 1024 * 1024
"""What is read of an answer at most, and of a page of a list."""
LONGEST_CURSOR = 200
Row = TypeVar("Row")


class Patience(NamedTuple):
    """How many seconds are waited at most: for a connection, for each part of an answer, and for all of it together."""

    connect: float = 5
    part: float = 10
    whole: float = 60


class Answered(NamedTuple):
    """An answer, read to its end. The names of the headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; Failed where it is none."""
        try:
            return self.body.decode()
        except UnicodeDecodeError:
            raise Failed(f"HTTP {self.status}: an answer that is no text in UTF-8") from None


class Line:
    """An open line to one institution, for several threads. Everything goes to its one configured address."""

    def __init__(self, place: Place, patience: Patience, client: httpx2.Client | None = None) -> None:
        self.place, self._whole, self._deadline = place, patience.whole, Deadline()
        limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        self._client = client or httpx2.Client(
            transport=InTime(self._deadline, limits),
            timeout=httpx2.Timeout(patience.part, connect=patience.connect, pool=patience.connect),
            follow_redirects=False,
            trust_env=False,  # no proxy or address that the environment brings in
        )

    def send(
        self, target: str, body: str, content_type: str, *, at: datetime, message_id: str = ""
    ) -> Answered:
        """POST a signed body; the answer, whatever its status. Failed where there is none, or too much of it."""
        headers = {"Content-Type": content_type}
        headers |= signed(body, message_id or str(uuid4()), self.place.keys[0], at=at)
        with self._asked("POST", target, headers, body) as response:
            return self._read(response, ANSWER_BYTES)

    def ask(
        self,
        target: str,
        *,
        at: datetime,
        message_id: str = "",
        content: str = "",
        accept: str = "application/json",
    ) -> Answered:
        """GET a page, signed over the `content` agreed upon; Failed unless it is answered 200 and comes whole."""
        headers = {"Accept": accept}
        headers |= signed(content, message_id or str(uuid4()), self.place.keys[0], at=at)
        with self._asked("GET", target, headers) as response:
            if response.status_code != HTTPStatus.OK:
                raise refusal(response.status_code, response.headers, at=at)
            return self._read(response, PAGE_BYTES)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @contextmanager
    def _asked(
        self, method: str, target: str, headers: Mapping[str, str], body: str = ""
    ) -> Iterator[httpx2.Response]:
        """The answer, still to be read; the deadline runs from here. Compressed it could be longer than we read."""
        self._deadline.begin(self._whole)
        own = {"Accept-Encoding": "identity", "User-Agent": "inzage"}
        try:
            with self._client.stream(
                method, self.place.url + target, content=body.encode(), headers={**headers, **own}
            ) as response:
                yield response
        except httpx2.HTTPError as error:
            if self._deadline.passed:
                raise Failed(f"an answer of more than {self._whole} seconds") from error
            reached = not isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
            raise Failed(f"{type(error).__name__}: no whole answer", reached=reached) from error

    def _read(self, response: httpx2.Response, most: int) -> Answered:
        """The whole of it, if it is not too big and comes in time."""
        body, status = b"", response.status_code
        for part in response.iter_raw():
            body += part
            if len(body) > most:
                raise Failed(f"HTTP {status}: an answer of more than {most} bytes", again=False)
            if self._deadline.passed:
                raise Failed(f"HTTP {status}: an answer of more than {self._whole} seconds")
        return Answered(status, response.headers, body)


def line_to(place: Place | None, patience: Patience) -> Line | None:
    """The line to an institution; None where its adapter is off."""
    return Line(place, patience) if place else None


def list_of_day(
    path: str, day: date, ask: Callable[[str], str], read: Callable[[dict[str, Any]], Row]
) -> Iterator[Row]:
    """What the other side lists of a day, page after page: `{"messages": [...], "next": the next cursor or null}`.

    Failed where it can't be read, or goes round.
    """
    cursor: str | None = "0"
    had: set[str] = set()
    while cursor is not None:
        if cursor in had or len(cursor) > LONGEST_CURSOR:
            raise Failed("the list of a day has a cursor that can't be used", again=False)
        had.add(cursor)
        text = ask(f"{path}?{urlencode({'day': day, 'cursor': cursor})}")
        try:
            page = object_in(text)
            rows = [read(row) for row in page["messages"]]
            cursor = page["next"] if page["next"] is None else str(page["next"])
        except (NotJson, KeyError, TypeError, ValueError):
            raise Failed("the list of a day can't be read") from None
        yield from rows
