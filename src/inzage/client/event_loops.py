"""Carries out the steps of a call in an event loop of asyncio; a sender belongs to the loop it is first used in."""

import asyncio
import ssl
from typing import Any

import httpx2

from inzage.client.clock import Clock
from inzage.client.exchanging import Bearer, Chance, Lost, Received, Request, Result, Send, Steps, Wait
from inzage.client.failing import NoAnswer
from inzage.client.sending import FAILURES, HEADERS, LIMITS, lost, more, timeout
from inzage.client.tokens import Credentials, Token, fetching


class AsyncSender:
    """As a Sender, for tasks in the place of threads."""

    def __init__(
        self,
        credentials: Credentials | None,
        chance: Chance,
        clock: Clock,
        *,
        tls: ssl.SSLContext | None,
        transport: httpx2.AsyncBaseTransport | None,
    ) -> None:
        self._credentials, self._chance, self._clock = credentials, chance, clock
        self._fetching = asyncio.Lock()
        self._token: Token | None = None
        self._http = httpx2.AsyncClient(
            transport=transport
            or httpx2.AsyncHTTPTransport(verify=tls or True, trust_env=False, limits=LIMITS),
            headers=HEADERS,
            follow_redirects=False,
            trust_env=False,  # no proxy or address that the environment brings in
        )

    async def run(self, steps: Steps[Result], within: float) -> Result:
        """What the steps come to, within so many seconds; else NoAnswer."""
        return await self._walk(steps, asyncio.get_running_loop().time() + within)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _walk(self, steps: Steps[Result], until: float) -> Result:
        came: Any = None
        while True:
            try:
                step = steps.send(came)
            except StopIteration as end:
                result: Result = end.value
                return result
            came = await self._carry_out(step, until)

    async def _carry_out(self, step: Send | Wait | Bearer, until: float) -> Received | Lost | str | None:
        if isinstance(step, Send):
            return await self._send(step.request, until)
        if isinstance(step, Bearer):
            return await self._bearer(step.refused, until)
        await asyncio.sleep(step.seconds)
        return None

    async def _send(self, request: Request, until: float) -> Received | Lost:
        left, body = _left(until), bytearray()
        if left <= 0:
            return Lost("no time is left to ask", again=False, left=0)
        method, url, headers, content = request
        try:
            async with (
                asyncio.timeout_at(until),
                self._http.stream(
                    method, url, headers=headers, content=content, timeout=timeout(left)
                ) as answer,
            ):
                async for part in answer.aiter_bytes():
                    more(body, part)
        except FAILURES as error:
            return lost(error, _left(until))
        return Received(answer.status_code, answer.headers, bytes(body), self._clock(), _left(until))

    async def _bearer(self, refused: str, until: float) -> str:
        """The token that is kept, or a new one; who waits for one that is being fetched uses that one too."""
        assert self._credentials is not None
        try:
            async with asyncio.timeout_at(until):
                await self._fetching.acquire()
        except TimeoutError:
            raise NoAnswer("no token in time") from None
        try:
            if self._token is None or not self._token.fits(refused, self._clock()):
                known = self._token.endpoint if self._token else ""
                self._token = await self._walk(fetching(self._credentials, known, self._chance), until)
            return self._token.text
        finally:
            self._fetching.release()


def _left(until: float) -> float:
    """Seconds, by the loop's own clock; 0 where it is over."""
    return max(until - asyncio.get_running_loop().time(), 0)
