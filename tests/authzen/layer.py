"""The layer on its own: everybody is let in, and what was kept, charged and denied can be looked at."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from inzage.decision_api.authzen.application import application
from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.provider import Caller, Given, Provider
from tests.authzen.fixture import Fixture

PUBLIC_URL = "https://pdp.example"
PAGE_KEY = b"only for tests: thirty-two bytes"
AT = datetime(2025, 3, 1, 11, tzinfo=UTC)
EVALUATION, EVALUATIONS = "/access/v1/evaluation", "/access/v1/evaluations"
SUBJECTS, RESOURCES, ACTIONS = (f"/access/v1/search/{each}" for each in ("subject", "resource", "action"))
FIVE = (EVALUATION, EVALUATIONS, SUBJECTS, RESOURCES, ACTIONS)
WELL_KNOWN = "/.well-known/authzen-configuration"
ALICE, BOB = {"type": "user", "id": "alice"}, {"type": "user", "id": "bob"}
FIRST, SECOND = {"type": "record", "id": "record-1"}, {"type": "record", "id": "record-2"}
READ, WRITE = {"name": "read"}, {"name": "write"}
MAY_ALICE_READ = {"subject": ALICE, "action": READ, "resource": FIRST}


class OpenGate:
    """Lets everybody in under one name, or under the name in the header `x-caller`; notes what it is told."""

    def __init__(self) -> None:
        self.admitted: list[tuple[Kind, datetime]] = []
        self.charged: list[tuple[str, Kind, int]] = []
        self.denials: list[tuple[str, int]] = []

    async def admit(self, headers: Mapping[str, str], kind: Kind, at: datetime) -> Caller:
        """Whoever it is."""
        self.admitted.append((kind, at))
        return Caller(headers.get("x-caller", "mlp"), frozenset())

    def charge(self, caller: Caller, kind: Kind, count: int) -> None:
        """Never too many."""
        self.charged.append((caller.name, kind, count))

    def denied(self, caller: Caller, count: int) -> None:
        """Never too many either."""
        self.denials.append((caller.name, count))


class Kept:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.given: list[Given] = []

    async def keep(self, given: Given) -> None:
        """Keep it."""
        self.given.append(given)


class Layer:
    """The layer with its parts, and a client that asks it."""

    def __init__(
        self,
        *,
        provider: Provider | None = None,
        ledger: Any = None,
        gate: Any = None,
        clock: Callable[[], datetime] = lambda: AT,
        public_url: str = PUBLIC_URL,
        page_key: bytes = PAGE_KEY,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self.provider = Fixture()
        self.ledger = ledger or Kept()
        self.gate = gate or OpenGate()
        self.app: Starlette = application(
            provider=provider or self.provider,
            ledger=self.ledger,
            gate=self.gate,
            clock=clock,
            public_url=public_url,
            page_key=page_key,
            metadata=metadata or {},
        )
        self.client = TestClient(self.app, base_url="http://testserver", follow_redirects=False)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """The answer to a body: bytes as they are, anything else as JSON. In names of headers `_` is `-`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, bytes):
            return self.client.post(path, content=body, headers={"content-type": "application/json", **given})
        return self.client.post(path, json=body, headers=given)

    def decided(self, body: Any) -> list[bool]:
        """What `evaluations` decides."""
        answer = self.post(EVALUATIONS, body)
        assert answer.status_code == 200, answer.text
        return [each["decision"] for each in answer.json()["evaluations"]]

    def refused(self, path: str, body: Any, status: int = 400, **headers: str) -> str:
        """The one line that says why there is no answer; and nothing was kept."""
        before = len(self.ledger.given)
        answer = self.post(path, body, **headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.count("\n") == 0
        assert len(self.ledger.given) == before
        return str(answer.text)
