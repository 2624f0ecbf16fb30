"""The web application behind uvicorn."""

import errno
import os
import socket
import sys
from contextlib import suppress
from typing import cast

import uvicorn
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from inzage.project.command import Wrong


def listening(host: str, port: int) -> socket.socket:
    """The socket to serve on, bound: a port that can't be had is said before anybody is told to go there."""
    if not 1 <= port <= 65_535:
        raise Wrong(f"--port is {port}; expected a number from 1 to 65535, such as 8000.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        bound = socket.socket(family, kind, protocol)
    except OSError as error:
        raise Wrong(f"--host is {host!r}, which is no address ({error.strerror}).") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except OSError as error:
        bound.close()
        raise Wrong(_why_not(error, host, port)) from error
    return bound


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop what listens there, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user. Choose one from 1024 on with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Choose another with --host, such as 127.0.0.1."
    return f"It can't listen on {host}, port {port}: {os.strerror(error.errno or 0)}. Choose another."


def serve(bound: socket.socket) -> None:
    """Serve the portal on that socket until stopped, and beside it the decision API: enough for a small site."""
    from inzage.project.deciding import decision_point
    from inzage.project.wsgi import application

    decisions, lifespan = decision_point()
    portal = Mount("/", cast(ASGIApp, WSGIMiddleware(cast(WSGIApp, application))))
    config = uvicorn.Config(Starlette(routes=[*decisions, portal], lifespan=lifespan), log_level="warning")
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[bound])
    if not server.started:
        sys.exit(3)
