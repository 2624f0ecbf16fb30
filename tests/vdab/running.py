"""Inzage's web application and worker as processes of their own, killed and started again; VDAB pushes to them."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from tests.shell import Shell, until
from tests.simulated import SECRET, Simulated, simulated


class Running:
    """`inzage serve` and `inzage worker`, on the database of a shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell, self.port = shell, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        shell.environment |= {
            "INZAGE_DEMO": "1",  # without TLS, on loopback
            "INZAGE_VDAB_SECRET": SECRET,
            "INZAGE_LOCK_SECONDS": "20",
        }
        self.processes: dict[str, subprocess.Popen[str]] = {}

    def start(self, what: str) -> None:
        """Start `serve` or `worker`; of `serve`, wait until it answers."""
        arguments = ("--port", str(self.port)) if what == "serve" else ("--only", "apply-vdab")
        self.processes[what] = self._shell.start(what, *arguments)
        if what == "serve":
            until(self._answers)

    def _answers(self) -> bool:
        assert self.processes["serve"].poll() is None, self.processes["serve"].communicate()
        try:
            return httpx2.get(f"{self.url}/in/vdab/events").status_code == 405
        except httpx2.HTTPError:
            return False

    def kill(self, what: str) -> None:
        """With -9: nothing under way is finished."""
        self.processes[what].kill()
        self.processes.pop(what).communicate()


@contextmanager
def running(shell: Shell, folder: Path) -> Iterator[tuple[Running, Simulated]]:
    """Both processes on that database, and a VDAB that pushes to them."""
    inzage = Running(shell)
    inzage.start("serve")
    inzage.start("worker")
    try:
        with simulated("vdab", folder, "--to", inzage.url) as vdab:
            yield inzage, vdab
    finally:
        for what in list(inzage.processes):
            inzage.kill(what)


def counted(vdab: Simulated) -> dict[str, Any]:
    """How far VDAB is."""
    answer: dict[str, Any] = httpx2.get(f"{vdab.url}/control/counted").json()
    return answer


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
