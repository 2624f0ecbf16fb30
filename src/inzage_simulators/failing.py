"""Failing on demand: which failures, how often, from which seed. Set by `POST /control/failures`; none is off."""

import random
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NEVER_FAIL = ("/control/",)


class Kind(StrEnum):
    """The ways to fail. The last four are nothing for a middleware: a simulator that serves or pushes asks for them.

    `refused`: nobody listens for a moment, and every connection is broken off. `reset`: broken off without an answer,
    before the work is done or after. `error`: 503, before or after. `cut_off`: an answer that stops halfway.
    """

    REFUSED = "refused"
    RESET = "reset"
    RESET_AFTER = "reset_after"
    ERROR = "error"
    ERROR_AFTER = "error_after"
    TOO_MANY = "too_many"
    SLOW = "slow"
    CUT_OFF = "cut_off"
    DUPLICATE = "duplicate"
    WRONG_ORDER = "wrong_order"
    WRONG_SIGNATURE = "wrong_signature"
    BAD = "bad"


OF_TRANSPORT = tuple(Kind)[:8]


class Plan(NamedTuple):
    """How often to fail, in which ways; `seconds` is how slow an answer is, `retry_after` what a 429 asks for."""

    share: float = 0.0
    kinds: tuple[Kind, ...] = ()
    seed: int = 1
    seconds: float = 1.0
    retry_after: int = 1
    refused_seconds: float = 0.5


class Failures:
    """The plan in force, and the dice: the same seed and the same questions give the same failures."""

    def __init__(self) -> None:
        self.counted: dict[str, int] = {}
        self.follow(Plan())

    def follow(self, plan: Plan) -> None:
        """From now on fail like this."""
        self.plan, self._dice = plan, random.Random(plan.seed)
        self.counted.clear()

    def next(self, among: Iterable[Kind]) -> Kind | None:
        """How the next thing fails, of the ways that are possible for it; none where it goes well."""
        possible = [kind for kind in self.plan.kinds if kind in set(among)]
        if not possible or self._dice.random() >= self.plan.share:
            return None
        kind = self._dice.choice(possible)
        self.counted[kind] = self.counted.get(kind, 0) + 1
        return kind


def control(failures: Failures) -> Route:
    """`POST /control/failures`: the fields of `Plan`, all of them optional; answers the plan now in force.

    `GET` answers how often each kind has happened since.
    """

    async def failing(request: Request) -> JSONResponse:
        if request.method == "GET":
            return JSONResponse(failures.counted)
        given: dict[str, Any] = await request.json()
        try:
            kinds = tuple(Kind(kind) for kind in given.pop("kinds", ()))
            failures.follow(Plan(kinds=kinds, **given))
        except (TypeError, ValueError) as error:
            return JSONResponse({"problem": f"{error}; expected {', '.join(Plan._fields)}"}, 400)
        return JSONResponse(failures.plan._asdict())

    return Route("/control/failures", failing, methods=["GET", "POST"])


class Failing:
    """Around an application: what goes wrong on the way. `away` stops listening for so many seconds."""

    def __init__(
        self, app: ASGIApp, failures: Failures, away: Callable[[float], Awaitable[None]] | None = None
    ) -> None:
        self.app, self.failures, self.away = app, failures, away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or not, or half."""
        if scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith(NEVER_FAIL):
            await self.app(scope, receive, send)
            return
        plan = self.failures.plan
        match kind := self.failures.next(OF_TRANSPORT):
            case Kind.REFUSED:
                if self.away:
                    await self.away(plan.refused_seconds)
                _break_off(send)
            case Kind.RESET:
                _break_off(send)
            case Kind.RESET_AFTER:
                await self.app(scope, receive, _nowhere)
                _break_off(send)
            case Kind.ERROR | Kind.ERROR_AFTER:
                if kind is Kind.ERROR_AFTER:
                    await self.app(scope, receive, _nowhere)
                await _answer(503, scope, receive, send)
            case Kind.TOO_MANY:
                await _answer(429, scope, receive, send, {"Retry-After": str(plan.retry_after)})
            case Kind.SLOW:
                await anyio.sleep(plan.seconds)
                await self.app(scope, receive, send)
            case Kind.CUT_OFF:
                await self.app(scope, receive, _halved(send))
            case _:
                await self.app(scope, receive, send)


async def _nowhere(_message: Message) -> None:
    """What the application answers, and nobody hears."""


async def _answer(
    status: int, scope: Scope, receive: Receive, send: Send, headers: dict[str, str] | None = None
) -> None:
    await JSONResponse({"problem": "failing on demand"}, status, headers)(scope, receive, send)


def _halved(send: Send) -> Send:
    """Sends the headers and half of the body, and breaks off."""

    async def halving(message: Message) -> None:
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            await send({**message, "body": body[: len(body) // 2], "more_body": True})
            _break_off(send, politely=True)
            return
        await send(message)

    return halving


def _break_off(send: Send, *, politely: bool = False) -> None:
    """Close the connection under the server. Politely: what was written goes out first."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("broken off on demand")
    if politely:
        transport.close()
        return
    broken_off = struct.pack("ii", 1, 0)  # so that the other side is told at once: reset
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, broken_off)
    transport.abort()
