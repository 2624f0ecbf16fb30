"""HTTP with the provider: nothing followed, nothing waited for or read without end, no proxy of the environment."""

from typing import Any

import httpx2

from inzage.client.deadlines import Deadline, InTime
from inzage.inbox.reading import NotJson, object_in
from inzage.partners.identities import Doubt, NotBelieved

PATIENCE = 10
"""Seconds in which an answer must be there, whole: somebody waits for it."""
ANSWER_BYTES = 256 * 1024
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "inzage"}


class Bounded(httpx2.BaseTransport):
    """Reads each answer here and now: no more of it than can be meant, and none that is compressed."""

    def __init__(self, inner: httpx2.BaseTransport | None = None) -> None:
        self._deadline = Deadline()
        self._inner = inner or InTime(self._deadline, httpx2.Limits(max_connections=16))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The whole answer; a transport error where it is too long in coming, or too big."""
        self._deadline.begin(PATIENCE)
        response = self._inner.handle_request(request)
        try:
            body = b""
            for part in response.iter_raw():
                body += part
                if len(body) > ANSWER_BYTES or self._deadline.passed:
                    raise httpx2.ReadError("more than was waited for", request=request)
        finally:
            response.close()
        kept = {name: value for name, value in response.headers.items() if name == "content-type"}
        return httpx2.Response(response.status_code, headers=kept, content=body, request=request)


class Wire:
    """Asks the provider for what it publishes; each answer is an object in JSON."""

    def __init__(self, transport: httpx2.BaseTransport | None = None) -> None:
        self.transport = Bounded(transport)
        self._client = httpx2.Client(
            transport=self.transport,
            headers=HEADERS,
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        )

    def object_at(self, address: str) -> dict[str, Any]:
        """What stands at an address; NotBelieved where it can't be had."""
        try:
            response = self._client.get(address)
            if response.status_code != httpx2.codes.OK:
                raise NotBelieved(Doubt.AWAY, f"it answers {response.status_code}")
            return object_in(response.content.decode())
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, NotJson) as error:
            raise NotBelieved(Doubt.AWAY, f"{type(error).__name__}: no whole answer") from None
