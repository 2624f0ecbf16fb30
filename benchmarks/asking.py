"""A caller of the decision API that asks over kept connections as fast as it can, and knows what it fully received."""

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any, NamedTuple

EVALUATION, EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"
RESOURCES = "/access/v1/search/resource"
VIEW = {"name": "view"}
SECONDS = 120
"""How long a caller waits for an answer: longer than any should take."""


class Answered(NamedTuple):
    """An answer that was received to its last byte. `sent` and `received` are seconds of the monotonic clock."""

    request_id: str
    status: int
    body: bytes
    sent: float
    received: float

    @property
    def content(self) -> Any:
        """What it says, where its status is 200."""
        return json.loads(self.body)

    @property
    def decisions(self) -> list[bool]:
        """The decisions in it, in their order; none where its status is another."""
        if self.status != 200:
            return []
        content = self.content
        return [each["decision"] for each in content.get("evaluations", [content])]


class Line:
    """One connection, kept as long as the other side keeps it, and made anew when it is needed."""

    def __init__(self, port: int, token: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def ask(self, path: str, body: Mapping[str, Any]) -> Answered | None:
        """The answer; None where it did not come, or not whole."""
        request_id, sent = uuid.uuid4().hex, time.monotonic()
        try:
            self._connection.request(
                "POST", path, json.dumps(body), {**self._headers, "X-Request-ID": request_id}
            )
            response = self._connection.getresponse()
            whole = response.read()
        except (OSError, HTTPException):
            self._connection.close()
            return None
        return Answered(request_id, response.status, whole, sent, time.monotonic())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def partner_user(unit: str = "OE1", name: str = "counsellor") -> dict[str, Any]:
    """Somebody of a partner who acts for a unit."""
    return {"type": "partner-user", "id": name, "properties": {"unit": unit}}


def may_view(subject: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """The question whether somebody may see a dossier now."""
    return {"subject": subject, "action": VIEW, "resource": {"type": "dossier", "id": reference}}


def may_view_each(subject: Mapping[str, Any], references: Sequence[str]) -> dict[str, Any]:
    """The same of several dossiers, in one call."""
    asked = [{"resource": {"type": "dossier", "id": reference}} for reference in references]
    return {"subject": subject, "action": VIEW, "evaluations": asked}


@contextmanager
def again_and_again(acts: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Do each over and over, in a thread of its own, until this is left; what one of them raises is raised then."""
    over = threading.Event()

    def repeat(act: Callable[[], object]) -> None:
        while not over.is_set():
            act()

    with ThreadPoolExecutor(len(acts)) as threads:
        running = [threads.submit(repeat, act) for act in acts]
        try:
            yield
        finally:
            over.set()
    for each in running:
        each.result()
