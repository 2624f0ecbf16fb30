"""The servers of the comparison over HTTP, each one process on loopback: ours, the front, and Cerbos behind it."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from benchmarks.peers.issuer import AUDIENCE, Issued
from benchmarks.sides import free_port, until

CERBOS = "node_modules/@cerbos/cerbos-linux-x64/cerbos-linux-x64"
CONFIGURATION = """
server: {{httpListenAddr: "127.0.0.1:{http}", grpcListenAddr: "127.0.0.1:{grpc}"}}
storage: {{driver: disk, disk: {{directory: {policies}, watchForChanges: false}}}}
telemetry: {{disabled: true}}
audit:
  enabled: true
  accessLogsEnabled: false
  decisionLogsEnabled: true
  backend: file
  file: {{path: {audit}}}
"""
POLICIES = Path(__file__).with_name("cerbos")
NO_LIMIT = "60000000"
DECIDE = (sys.executable, "-m", "inzage.project.cli", "decide")
LONGEST_SECONDS = 60


class Servers:
    """They end when this is left."""

    def __init__(self, folder: Path, address: str, issued: Issued) -> None:
        self._folder, self._address, self._issued = folder, address, issued
        self._processes: list[subprocess.Popen[bytes]] = []
        self.audit = folder / "audit.log"

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(LONGEST_SECONDS)

    def ours(self, application: str = "", *, processes: int = 1) -> str:
        """The address of `inzage decide`; or of another application, with the same settings."""
        port = free_port()
        settings = {
            "INZAGE_DATABASE_URL": self._address,
            "INZAGE_VAR": str(self._folder),
            "INZAGE_TOKEN_ISSUER": self._issued.issuer,
            "INZAGE_TOKEN_AUDIENCE": AUDIENCE,
            "INZAGE_DECISIONS_PER_MINUTE": NO_LIMIT,
            "INZAGE_DENIALS_PER_MINUTE": NO_LIMIT,
        }
        if application:
            settings["DJANGO_SETTINGS_MODULE"] = "inzage.project.settings"
            return self._served(application, settings, port, "--factory")
        return self._start([*DECIDE, "--port", str(port), "--processes", str(processes)], settings, port)

    def cerbos(self) -> str:
        """The address of a Cerbos server that logs each decision to a file."""
        port, file = free_port(), self._folder / "cerbos.yaml"
        file.write_text(
            CONFIGURATION.format(http=port, grpc=free_port(), policies=POLICIES, audit=self.audit)
        )
        return self._start([str(Path(sys.prefix) / CERBOS), "server", f"--config={file}"], {}, port)

    def front(self, cerbos: str) -> str:
        """The address of the front before it."""
        port = free_port()
        settings = {
            "FRONT_DATABASE": self._address,
            "FRONT_CERBOS": cerbos,
            "FRONT_KEYS": self._issued.keys,
            "FRONT_ISSUER": self._issued.issuer,
            "FRONT_AUDIENCE": AUDIENCE,
        }
        return self._served("benchmarks.peers.front:app", settings, port)

    def _served(self, application: str, settings: Mapping[str, str], port: int, *how: str) -> str:
        uvicorn = [sys.executable, "-m", "uvicorn", application, "--port", str(port), *how]
        quiet = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
        return self._start([*uvicorn, *quiet], settings, port)

    def _start(self, command: list[str], settings: Mapping[str, str], port: int) -> str:
        without = {
            name: value for name, value in os.environ.items() if not name.startswith(("INZAGE_", "DJANGO_"))
        }
        said = self._folder / f"{port}.log"
        with said.open("w") as log:
            process = subprocess.Popen(command, env={**without, **settings}, stdout=log, stderr=log)
        self._processes.append(process)
        until(lambda: process.poll() is not None or _listens(port), seconds=LONGEST_SECONDS)
        if process.poll() is not None:
            sys.exit(said.read_text())
        return f"http://127.0.0.1:{port}"


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
