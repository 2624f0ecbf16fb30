"""One request and its answer, sent again where that is allowed: pure, as steps that a sender carries out.

A step is yielded, and what became of it comes back; whether the sender waits in a thread or in an event loop is no
concern of what is decided here.
"""

from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from inzage.client.failing import NoAnswer

TRIES = 4
FIRST = 0.1
"""Seconds of pause at most before the second try; twice as long before each next one."""
AWAY = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
ONE_LINE = 200
"""Characters that are kept of what a refusal says."""

Chance = Callable[[], float]
"""From 0 to 1."""


class Request(NamedTuple):
    """What is sent; the same at each try, with the same X-Request-ID."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = b""

    def with_header(self, name: str, value: str) -> "Request":
        """The same, with one header more."""
        return self._replace(headers={**self.headers, name: value})


class Received(NamedTuple):
    """An answer, read to its end. It came `at` that moment, with so many seconds of the caller's time `left`."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    left: float


class Lost(NamedTuple):
    """No answer, or no whole one, and why. `again`: the connection failed, so the same may be sent again."""

    why: str
    again: bool
    left: float


class Send(NamedTuple):
    """Send this; comes back as Received or Lost."""

    request: Request


class Wait(NamedTuple):
    """Wait so many seconds; nothing comes back."""

    seconds: float


class Bearer(NamedTuple):
    """A token to ask with, another than the `refused` one; comes back as its text."""

    refused: str = ""


Result = TypeVar("Result")
Steps = Generator[Send | Wait | Bearer, Any, Result]


def exchange(request: Request, chance: Chance) -> Steps[Received]:
    """Send it until it is answered, TRIES times at most and only what may be sent again; else NoAnswer."""
    tries = 1
    while True:
        outcome: Received | Lost = yield Send(request)
        pause = pause_after(outcome, tries, chance) if tries < TRIES else None
        if pause is None or pause >= outcome.left:
            return _answered(outcome)
        yield Wait(pause)
        tries += 1


def with_token(request: Request, chance: Chance) -> Steps[Received]:
    """The same with an access token, and once more with a fresh one where that is refused (401)."""
    token: str = yield Bearer()
    received = yield from exchange(request.with_header("Authorization", f"Bearer {token}"), chance)
    if received.status == HTTPStatus.UNAUTHORIZED:
        token = yield Bearer(refused=token)
        received = yield from exchange(request.with_header("Authorization", f"Bearer {token}"), chance)
    return received


def pause_after(outcome: Received | Lost, tries: int, chance: Chance) -> float | None:
    """Seconds before the same is sent again, spread by chance; None where it must not be, or would be no use.

    Asked to wait (429, 503), we wait that long; a 429 that doesn't say how long is not tried again.
    """
    pause = FIRST * 2 ** (tries - 1) * chance()
    if isinstance(outcome, Lost):
        return pause if outcome.again else None
    asked = asked_wait(outcome)
    if outcome.status == HTTPStatus.TOO_MANY_REQUESTS:
        return None if asked is None else asked + pause
    return (asked or 0) + pause if outcome.status in AWAY else None


def asked_wait(received: Received) -> float | None:
    """How many seconds Retry-After asks to wait, given in seconds or as a date; None where it doesn't say."""
    said = received.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, IndexError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - received.at).total_seconds(), 0)


def only_200(received: Received, who: str) -> Received:
    """It, where it is an answer; NoAnswer where it is refused. A redirect is a refusal: it is never followed."""
    if received.status == HTTPStatus.OK:
        return received
    plain = received.headers.get("content-type", "").startswith("text/plain")
    lines = received.body.decode(errors="replace").splitlines() if plain else []
    raise NoAnswer(
        f"{who} answers {received.status}",
        status=received.status,
        wait=asked_wait(received),
        said=lines[0][:ONE_LINE] if lines else "",
    )


def _answered(outcome: Received | Lost) -> Received:
    if isinstance(outcome, Lost):
        raise NoAnswer(outcome.why)
    return outcome
