"""Inzage and the other side as processes of their own, on loopback: started, asked, killed, started again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx2

SECRET = "whsec_c2VjcmV0IG9mIHRoZSBiZW5jaG1hcmtzIG9ubHk="


def until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> None:
    """Wait for a condition; too late ends the measuring."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"It did not come to that in {seconds:.0f} seconds.")
        time.sleep(pause)


def free_port() -> int:
    """A port of loopback on which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Sides:
    """Processes by their names; all end when this is left."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("INZAGE_")},
            "INZAGE_DATABASE_URL": address,
            "INZAGE_VAR": str(folder),
            "INZAGE_DEMO": "1",  # without TLS, on loopback
            **{f"INZAGE_{name}_SECRET": SECRET for name in ("ACTIRIS", "IBIS", "VDAB")},
        }
        self._processes: dict[str, tuple[list[str], subprocess.Popen[str]]] = {}

    def __enter__(self) -> "Sides":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for name in list(self._processes):
            self.kill(name)

    def run(self, *arguments: str) -> None:
        """Run a command of Inzage to its end."""
        command = [sys.executable, "-m", "inzage.project.cli", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)

    def start(self, name: str, *arguments: str) -> None:
        """Start a command of Inzage under that name."""
        command = [sys.executable, "-m", "inzage.project.cli", *arguments]
        self._processes[name] = (list(arguments), self._open(command, subprocess.DEVNULL))

    def simulate(self, name: str, *arguments: str) -> str:
        """Start a simulator; its address, once it listens."""
        storage = ["--storage", str(self.folder / f"{name}.sqlite3")]
        command = [sys.executable, "-m", "inzage_simulators", name, *storage, *arguments]
        process = self._open(command, subprocess.PIPE)
        self._processes[name] = ([], process)
        assert process.stdout is not None
        return process.stdout.readline().split()[-1].rstrip("/")

    def _open(self, command: list[str], out: int) -> "subprocess.Popen[str]":
        log = (self.folder / "log.txt").open("a")
        with log:
            return subprocess.Popen(command, env=self.environment, stdout=out, stderr=log, text=True)

    def kill(self, name: str) -> None:
        """With -9."""
        process = self._processes.pop(name)[1]
        process.kill()
        process.communicate()

    def kill_and_start(self, name: str) -> None:
        """With -9, and at once again."""
        arguments = self._processes[name][0]
        self.kill(name)
        self.start(name, *arguments)

    def answers(self) -> bool:
        """Whether the web application does."""
        try:
            httpx2.get(f"{self.url}/in/vdab/events")
        except httpx2.HTTPError:
            return False
        return True


def told(url: str, path: str, given: Any = None) -> Any:
    """What a simulator answers to its control."""
    answer = httpx2.post(f"{url}/control/{path}", json=given, timeout=600) if given else None
    return (answer or httpx2.get(f"{url}/control/{path}", timeout=60)).json()
