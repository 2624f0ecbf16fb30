"""The other side as a process of its own, for a test: started on a free port, asked over HTTP, ended afterwards."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from standardwebhooks import Webhook

PATIENCE = 20
"""Seconds: on a machine that is busy a moment may take long."""
SECRET = "whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBvbmx5"


class Simulated:
    """A simulator that can be stopped and started again on the same port, with what it holds."""

    def __init__(self, name: str, folder: Path, *more: str) -> None:
        self._name, self._storage, self._more = name, folder / f"{name}.sqlite3", more
        self._port, self.url = "0", ""

    def start(self) -> None:
        """Start it, and wait until it says where it listens."""
        arguments = [self._name, "--port", self._port, "--storage", str(self._storage), *self._more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "inzage_simulators", *arguments],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                f"INZAGE_{self._name.upper()}_SECRET": SECRET,
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().split()[-1].rstrip("/")
        self._port = self.url.rpartition(":")[2]

    def stop(self) -> None:
        """From now on nobody listens there."""
        with self.process:
            self.process.kill()

    def control(self, what: str, given: Any) -> Any:
        """`POST /control/...`; where nobody listens for a moment, on demand, again and again for a while."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = httpx2.post(f"{self.url}/control/{what}", json=given, timeout=PATIENCE)
            except httpx2.NetworkError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                assert answer.status_code == 200, answer.text
                return answer.json()

    def post(self, path: str, content: str) -> None:
        """`POST` of a text."""
        assert httpx2.post(self.url + path, content=content).status_code == 200

    def fail(self, share: float, *kinds: str, **more: Any) -> None:
        """From now on fail like this."""
        self.control("failures", {"share": share, "kinds": kinds, **more})

    def faults(self) -> int:
        """How many messages came in a wrong place of their stream."""
        return int(httpx2.get(f"{self.url}/control/faults").json()["faults"])

    def listed(self, path: str, **params: str) -> list[dict[str, Any]]:
        """All pages of a signed list."""
        rows: list[dict[str, Any]] = []
        while True:
            now, message_id = datetime.now(UTC), str(uuid.uuid4())
            headers = {
                "webhook-id": message_id,
                "webhook-timestamp": str(int(now.timestamp())),
                "webhook-signature": Webhook(SECRET).sign(message_id, now, ""),
            }
            page = httpx2.get(self.url + path, params=params, headers=headers).json()
            rows += page["messages"]
            if page["next"] is None:
                return rows
            params["cursor"] = page["next"]


@contextmanager
def simulated(name: str, folder: Path, *more: str) -> Iterator[Simulated]:
    """Lend a simulator."""
    side = Simulated(name, folder, *more)
    side.start()
    try:
        yield side
    finally:
        side.stop()
