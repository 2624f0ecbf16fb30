"""`inzage decide` as processes of its own, on loopback: started, killed (-9), started again on the same port."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType

from benchmarks.sides import until

ASKED_FAST = {f"INZAGE_{what}_PER_MINUTE": "60000000" for what in ("DECISIONS", "SEARCHES", "DENIALS")}
"""Settings without which a caller that never rests is refused after a while."""
METADATA = "/.well-known/authzen-configuration"
PATIENCE = 120.0
"""Seconds until a process must answer: on a machine that is busy a start takes long."""


class DecisionPoint:
    """`inzage decide` under an environment, with so many processes that answer."""

    def __init__(self, environment: Mapping[str, str], *, processes: int = 1) -> None:
        """Without `INZAGE_TOKEN_ISSUER` in the environment, in demo mode: whoever asks is let in."""
        demo = {} if "INZAGE_TOKEN_ISSUER" in environment else {"INZAGE_DEMO": "1"}
        self.environment = {**ASKED_FAST, **demo, **environment}
        self.port, self._processes = _quiet_port(), processes
        self._log = Path(environment["INZAGE_VAR"]) / "decide.log"

    def __enter__(self) -> "DecisionPoint":
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """It may end as it is used to, since libfaketime clears away its traces then; but end it must."""
        self._process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        arguments = ["decide", "--port", str(self.port), "--processes", str(self._processes)]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "inzage.project.cli", *arguments],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.until_it_answers()

    def until_it_answers(self) -> None:
        """Wait until somebody does; RuntimeError where nobody does in time."""
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"inzage decide does not answer: {self._log.read_text()}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", METADATA)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def kill_first(self) -> None:
        """Kill the one that was started, with -9, and start it again; those that it started end by themselves."""
        others = self._answering()
        self._process.kill()
        self._process.wait()
        until(lambda: not any(_command(str(other)) for other in others), seconds=PATIENCE)
        self.start()

    def kill_one(self, chance: random.Random) -> None:
        """Kill one that answers, with -9. It is started again: by us where it is the only one, else by the first."""
        if self._processes == 1:
            self.kill_first()
            return
        # the one killed before may not be back yet
        until(lambda: len(self._answering()) == self._processes, seconds=PATIENCE, pause=0.02)
        os.kill(chance.choice(self._answering()), signal.SIGKILL)

    def _answering(self) -> list[int]:
        """The processes under the first: but for the one by which Python cleans up after them."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in _command(child)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # gone since
        return b""


def _quiet_port() -> int:
    """A free port below those that the system gives to whoever connects: nobody gets it while a process is away."""
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = random.randrange(10_000, max(lowest, 20_000))
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
