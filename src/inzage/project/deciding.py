"""The decision API as an application: the AuthZEN layer with the register behind it, alone or beside the portal."""

import asyncio
import gc
import hmac
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import Lifespan
from uvicorn.supervisors import Multiprocess

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
SELDOM = 50_000
"""So many new objects before circles are looked for among them: a batch of a thousand makes a third of that."""


class DecisionPoint(NamedTuple):
    """The routes, and what must be open while they are served."""

    routes: list[BaseRoute]
    lifespan: Lifespan[Starlette]


def decision_point() -> DecisionPoint:
    """The register behind the AuthZEN layer, as the settings have it. Needs Django to be set up."""
    from django.conf import settings

    from inzage.decision_api.authzen.application import routes
    from inzage.decision_api.callers.gate import DEMO_CALLER, configured_gate
    from inzage.decision_api.register.databases import database
    from inzage.decision_api.register.ledger import RegisterLedger
    from inzage.decision_api.register.policy import RegisterPolicy
    from inzage.decision_api.register.refusing import NextSteps

    kept, gate = database(), configured_gate(time.monotonic)
    steps = NextSteps(kept, portal=settings.PUBLIC_URL, requests=settings.ACCESS_REQUESTS)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await kept.open()
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it for circles again and again would be felt in answers
        gc.set_threshold(SELDOM)
        watching = asyncio.create_task(_watch_the_books())
        yield
        watching.cancel()
        await kept.close()
        await gate.close()

    made = routes(
        provider=RegisterPolicy(kept, steps, open_to=DEMO_CALLER.name if settings.DEMO else ""),
        ledger=RegisterLedger(kept),
        gate=gate,
        public_url=settings.DECISION_URL,
        clock=lambda: datetime.now(UTC),
        page_key=hmac.digest(settings.SECRET_KEY.encode(), b"the pages of searches", "sha256"),
    )
    return DecisionPoint([*made], lifespan)


async def _watch_the_books() -> None:
    """See within a second which rule books are in force: answers name their rule's source, and wait for no book."""
    while True:
        await asyncio.to_thread(_see_the_books)
        await asyncio.sleep(1)


def _see_the_books() -> None:
    from django.db import DatabaseError, close_old_connections

    from inzage.rule_books.in_force import refresh

    with suppress(DatabaseError):  # a database that is away is seen by every answer itself
        refresh()
    close_old_connections()


def application() -> Starlette:
    """The decision API alone: what each process of `inzage decide` serves."""
    import django

    if first := multiprocessing.parent_process():
        Thread(target=_leave_after, args=(first,), daemon=True).start()
    django.setup()
    routes, lifespan = decision_point()
    app = Starlette(routes=routes, lifespan=lifespan)
    app.router.redirect_slashes = False
    return app


def _leave_after(first: BaseProcess) -> None:
    """Leave when the process that started this one is gone, killed too: else the port would stay taken."""
    first.join()
    os.kill(os.getpid(), signal.SIGTERM)


def serve_decisions(bound: socket.socket, *, processes: int) -> None:
    """Serve decisions on that socket until stopped, from as many processes."""
    config = uvicorn.Config(
        "inzage.project.deciding:application",
        factory=True,
        workers=processes,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    if processes > 1:
        _share_key()
        Multiprocess(config, sockets=[bound]).run()
        return
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[bound])
    if not server.started:
        sys.exit(3)


def _share_key() -> None:
    """One key for all that answer at one address, also where none was set: each reads the next page of any."""
    from django.conf import settings

    os.environ["INZAGE_SECRET_KEY"] = settings.SECRET_KEY
