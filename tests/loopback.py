"""An ASGI application on a free port of loopback, served in a thread of the test, ended afterwards."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tests.shell import until

PATIENCE = 20
"""Seconds: on a machine that is busy a moment may take long."""


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address it is served at. Answers that are not finished at the end are broken off."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            until(lambda: server.started or not thread.is_alive(), seconds=PATIENCE)
            assert server.started
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join()
