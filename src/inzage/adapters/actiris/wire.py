"""HTTP with Actiris: signed anew at each try, nothing followed, nothing waited for or read without end."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import httpx2
from standardwebhooks import Webhook

from inzage.adapters.actiris.where import Place
from inzage.adapters.actiris.wording import enrolment_in, verdict_on
from inzage.outbox.answers import Answer, Verdict
from inzage.outbox.events import CONTENT_TYPE
from inzage.outbox.models import Delivery
from inzage.view_rights import enrolling

TIMEOUT = httpx2.Timeout(5, connect=3, pool=10)
ANSWER_SECONDS = 10
ANSWER_BYTES = 64 * 1024
ANSWER_BYTES_OF_A_LIST = 4 * 1024 * 1024
CONNECTIONS = 32


class NotReached(Exception):
    """No answer that can be used. `again` says whether trying again helps: it does, unless the answer is too big."""

    def __init__(self, problem: str, *, again: bool = True) -> None:
        super().__init__(problem)
        self.again = again


class Answered(NamedTuple):
    """An answer, read to its end. The names of the headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """An open line to Actiris, for several threads. Everything goes to the one configured address."""

    def __init__(self, place: Place) -> None:
        self._place, self._webhook = place, Webhook(place.secret)
        self._client = httpx2.Client(
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,  # no proxy or address that the environment brings in
            headers={"Accept-Encoding": "identity", "User-Agent": "inzage"},
            limits=httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    def send(self, delivery: Delivery, at: datetime) -> Answer:
        """Send an event (contract.yaml, POST /messages); what became of it."""
        try:
            answered = self.exchange(
                "POST",
                "/messages",
                message_id=str(delivery.event_id),
                body=delivery.body,
                content_type=CONTENT_TYPE,
                at=at,
            )
        except NotReached as why:
            return Answer(Verdict.AGAIN, str(why))
        return verdict_on(answered.status, answered.headers, answered.body, at=at)

    def ask_enrolment(self, insz: str, *, at: datetime) -> enrolling.Answer:
        """Ask whether somebody is enrolled (contract.yaml, POST /enrolments/asked).

        Raises NotReached or NotUnderstood, which say whether asking again helps. The number travels in the body.
        """
        body = json.dumps({"insz": insz})
        answered = self.exchange("POST", "/enrolments/asked", message_id=str(uuid4()), body=body, at=at)
        return enrolment_in(answered.status, answered.body)

    def exchange(
        self,
        method: str,
        path: str,
        *,
        message_id: str,
        at: datetime,
        body: str = "",
        content_type: str = "application/json",
        params: Mapping[str, str] | None = None,
        most: int = ANSWER_BYTES,
    ) -> Answered:
        """One signed question and its answer; NotReached where there is none, or more than `most` bytes."""
        at = at.astimezone(UTC)
        headers = {
            "Content-Type": content_type,
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._webhook.sign(message_id, at, body),
        }
        try:
            with self._client.stream(
                method, self._place.url + path, content=body.encode(), headers=headers, params=params
            ) as response:
                return Answered(response.status_code, response.headers, _read(response, most))
        except httpx2.HTTPError as error:
            raise NotReached(f"{type(error).__name__}: no whole answer") from error

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _read(response: httpx2.Response, most: int) -> bytes:
    """The body, if it is not too big and comes in time."""
    until, body = time.monotonic() + ANSWER_SECONDS, b""
    for part in response.iter_raw():
        body += part
        if len(body) > most:
            raise NotReached(f"HTTP {response.status_code}: an answer of more than {most} bytes", again=False)
        if time.monotonic() > until:
            raise NotReached(f"HTTP {response.status_code}: an answer of more than {ANSWER_SECONDS} seconds")
    return body
