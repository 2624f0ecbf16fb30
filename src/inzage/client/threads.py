"""Carries out the steps of a call in the thread that asks; several threads may share one sender."""

import ssl
import time
from threading import Lock
from typing import Any

import httpx2

from inzage.client.clock import Clock
from inzage.client.deadlines import Deadline, InTime
from inzage.client.exchanging import Bearer, Chance, Lost, Received, Request, Result, Send, Steps, Wait
from inzage.client.failing import NoAnswer
from inzage.client.sending import FAILURES, HEADERS, LIMITS, lost, more, timeout
from inzage.client.tokens import Credentials, Token, fetching


class Sender:
    """Connections that are kept open, and the token that is kept; one thread at a time fetches a new one."""

    def __init__(
        self,
        credentials: Credentials | None,
        chance: Chance,
        clock: Clock,
        *,
        tls: ssl.SSLContext | None,
        transport: httpx2.BaseTransport | None,
    ) -> None:
        self._credentials, self._chance, self._clock = credentials, chance, clock
        self._deadline, self._fetching = Deadline(), Lock()
        self._token: Token | None = None
        self._http = httpx2.Client(
            transport=transport or InTime(self._deadline, LIMITS, tls),
            headers=HEADERS,
            follow_redirects=False,
            trust_env=False,  # no proxy or address that the environment brings in
        )

    def run(self, steps: Steps[Result], within: float) -> Result:
        """What the steps come to, within so many seconds; else NoAnswer."""
        self._deadline.begin(within)
        return self._walk(steps)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _walk(self, steps: Steps[Result]) -> Result:
        came: Any = None
        while True:
            try:
                step = steps.send(came)
            except StopIteration as end:
                result: Result = end.value
                return result
            came = self._carry_out(step)

    def _carry_out(self, step: Send | Wait | Bearer) -> Received | Lost | str | None:
        if isinstance(step, Send):
            return self._send(step.request)
        if isinstance(step, Bearer):
            return self._bearer(step.refused)
        time.sleep(step.seconds)
        return None

    def _send(self, request: Request) -> Received | Lost:
        left, body = self._deadline.remaining, bytearray()
        if left <= 0:
            return Lost("no time is left to ask", again=False, left=0)
        method, url, headers, content = request
        try:
            with self._http.stream(
                method, url, headers=headers, content=content, timeout=timeout(left)
            ) as answer:
                for part in answer.iter_bytes():
                    more(body, part)
                    if self._deadline.passed:
                        raise httpx2.ReadTimeout("")
        except FAILURES as error:
            return lost(error, self._deadline.remaining)
        at, left = self._clock(), self._deadline.remaining
        return Received(answer.status_code, answer.headers, bytes(body), at, left)

    def _bearer(self, refused: str) -> str:
        """The token that is kept, or a new one; who waits for one that is being fetched uses that one too."""
        assert self._credentials is not None
        if not self._fetching.acquire(timeout=self._deadline.remaining):
            raise NoAnswer("no token in time")
        try:
            if self._token is None or not self._token.fits(refused, self._clock()):
                known = self._token.endpoint if self._token else ""
                self._token = self._walk(fetching(self._credentials, known, self._chance))
            return self._token.text
        finally:
            self._fetching.release()
