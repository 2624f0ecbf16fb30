"""The layer behind a real server on loopback, on a free port, for as long as a test takes."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

PATIENCE = 20
"""Seconds: on a machine that is busy a moment may take long."""


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Lend the address on which `app` is served."""
    config = uvicorn.Config(app, log_level="critical", access_log=False, server_header=False, lifespan="off")
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert time.monotonic() < until, "the server does not come up"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()
