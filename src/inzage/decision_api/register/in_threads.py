"""The ORM in threads of its own, for SQLite, which can't be asked without waiting."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from inzage.access_log.models import Decided, DecisionRecord
from inzage.decision_api.register.storage import DECIDED, PATIENCE, RECORD
from inzage.view_rights import deciding
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row


class InThreads:
    """One thread that reads and one that writes: all that SQLite can use."""

    def __init__(self) -> None:
        self._reader = ThreadPoolExecutor(1, "decisions-read")
        self._writer = ThreadPoolExecutor(1, "decisions-write")

    async def open(self) -> None:
        """Nothing to do: a thread connects when it is first used."""

    async def close(self) -> None:
        """Each thread closes its own connection."""
        for thread in (self._reader, self._writer):
            await asyncio.get_running_loop().run_in_executor(thread, connections.close_all)
            thread.shutdown()

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """One after the other."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, deciding.ask, statements)

    async def keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        """In one transaction."""
        await asyncio.get_running_loop().run_in_executor(self._writer, _keep, records, decided)


def _keep(records: Sequence[Row], decided: Sequence[Row]) -> None:
    """Past the failing of the machine too: elsewhere SQLite may lose the last commits then (docs/operations.md)."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA busy_timeout = {1000 * min(PATIENCE, settings.LOCK_SECONDS)}")
    with transaction.atomic():
        DecisionRecord.objects.bulk_create(DecisionRecord(**dict(zip(RECORD, row))) for row in records)
        Decided.objects.bulk_create(Decided(**dict(zip(DECIDED, row))) for row in decided)
