"""`inzage serve` as it runs behind a proxy that ends TLS, on the day that the figures play on."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

from benchmarks.sides import free_port, until
from benchmarks.wall_clock import WallClock, library

PATIENCE = 120.0
KEPT = "PATH", "HOME", "LANG", "PYTHONPATH"


@contextmanager
def serving(address: str, at: datetime, folder: Path) -> Iterator[int]:
    """The port on which it answers until this is left."""
    where = library()
    if not where:
        sys.exit("There is no libfaketime here, and it could not be installed.")
    clock = WallClock(where, folder)
    clock.set(at)
    its_clock = {name: value for name, value in clock.environment.items() if name != "FAKETIME_NO_CACHE"}
    port = free_port()
    environment = {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        **its_clock,  # read again now and then: its clock only goes on
        "INZAGE_DATABASE_URL": address,
        "INZAGE_VAR": str(folder),
        "INZAGE_SECRET_KEY": settings.SECRET_KEY,
        "INZAGE_BEHIND_PROXY": "1",
    }
    command = [sys.executable, "-m", "inzage.project.cli", "serve", "--port", str(port)]
    with (folder / "serve.log").open("a") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: _answers(port), seconds=PATIENCE)
        time.sleep(1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/gezond")
        return connection.getresponse().status in (200, 503)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
