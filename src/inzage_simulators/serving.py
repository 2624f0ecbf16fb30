"""Serving a simulator on loopback: says where it listens once it does, and can be away for a moment."""

import asyncio
import socket
import sys
from typing import NamedTuple

import uvicorn
from starlette.types import ASGIApp

from inzage_simulators.failing import Failing, Failures

HOST = "127.0.0.1"


class Setup(NamedTuple):
    """What a simulator is made of.

    `storage` is its file, `secret` what it shares with us, `to` the address it pushes to, if it does.
    """

    storage: str
    secret: str
    failures: Failures
    to: str = ""


def serve(name: str, app: ASGIApp, failures: Failures, port: int) -> None:
    """Serve until told to stop. Port 0 takes a free one."""
    kept = _bound(port)
    port = kept.getsockname()[1]
    listening = _listening(port)
    away = _Away(port)
    served = Failing(app, failures, away.away_for)
    config = uvicorn.Config(
        served, log_level="critical", access_log=False, proxy_headers=False, server_header=False
    )
    away.server = uvicorn.Server(config)
    print(f"{name} listens on http://{HOST}:{port}/", flush=True)
    with kept:
        away.server.run(sockets=[listening])


def _bound(port: int) -> socket.socket:
    """A socket that keeps the port for us while nobody listens on it: who connects then is refused."""
    try:
        with _socket(
            port, shared=False
        ) as tried:  # a port on which somebody else listens is not ours to share
            port = tried.getsockname()[1]
        return _socket(port, shared=True)
    except OSError as error:
        sys.exit(f"Port {port} can't be used ({error.strerror}): choose another with --port.")


def _listening(port: int) -> socket.socket:
    listening = _socket(port, shared=True)
    listening.listen(1024)
    return listening


def _socket(port: int, *, shared: bool) -> socket.socket:
    """A socket bound to the port; `shared`, another of ours may be bound to it too."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shared))
    try:
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        raise
    return bound


class _Away:
    """Stops listening for a while: who connects then is refused, and open connections are broken off."""

    server: uvicorn.Server

    def __init__(self, port: int) -> None:
        self._port, self._gone = port, False

    async def away_for(self, seconds: float) -> None:
        if self._gone:
            return
        self._gone = True
        for listening in self.server.servers:
            listening.close()
        for connection in list(self.server.server_state.connections):
            connection.transport.abort()
        self._back = asyncio.get_running_loop().create_task(self._come_back(seconds))

    async def _come_back(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        server = self.server
        bound = _listening(self._port)

        def protocol() -> asyncio.Protocol:
            return server.config.http_protocol_class(  # type: ignore[call-arg]
                config=server.config, server_state=server.server_state, app_state=server.lifespan.state
            )

        server.servers = [await asyncio.get_running_loop().create_server(protocol, sock=bound)]
        self._gone = False
