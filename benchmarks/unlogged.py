"""The decision API without its record, to see what the record costs: `uvicorn benchmarks.unlogged:application`."""

import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import django
from starlette.applications import Starlette

from inzage.decision_api.authzen.provider import Given


class Nowhere:
    """Keeps nothing."""

    async def keep(self, given: Given) -> None:
        """Nothing."""


def application() -> Starlette:
    """As `project/deciding.py` puts it together, but for the ledger."""
    django.setup()
    from django.conf import settings

    from inzage.decision_api.authzen.application import routes
    from inzage.decision_api.callers.gate import configured_gate
    from inzage.decision_api.register.databases import database
    from inzage.decision_api.register.policy import RegisterPolicy
    from inzage.decision_api.register.refusing import NextSteps

    kept = database()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await kept.open()
        gc.collect()
        gc.freeze()
        yield
        await kept.close()

    made = routes(
        provider=RegisterPolicy(kept, NextSteps(kept, portal=settings.PUBLIC_URL)),
        ledger=Nowhere(),
        gate=configured_gate(time.monotonic),
        public_url=settings.PUBLIC_URL,
        clock=lambda: datetime.now(UTC),
        page_key=b"0" * 32,
    )
    return Starlette(routes=made, lifespan=lifespan)
