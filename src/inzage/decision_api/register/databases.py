"""The database as the decision API asks it: statements at once, records durably; PostgreSQL without waiting."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, Protocol, TypeVar

import psycopg
from django import db
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DataError, connections, transaction
from django.db.models import Model
from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

from inzage.access_log.models import Decided, DecisionRecord
from inzage.view_rights import deciding
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row

RECORD = tuple(field.attname for field in DecisionRecord._meta.concrete_fields)
DECIDED = tuple(field.attname for field in Decided._meta.concrete_fields)
"""The columns of what is kept, in the order in which rows are given."""
AWAY = (OperationalError, db.OperationalError, TimeoutError)
"""What is raised where the database can't be had, or not in time."""
UNFIT = (psycopg.DataError, DataError, ValueError)
"""What a database, or its driver, says of a value that it can't take."""
PATIENCE = 5
"""Seconds after which a database counts as one that doesn't answer."""
RECONNECTED_WITHIN = 1
"""Seconds for which a lost connection is sought anew by itself; from then on whoever asks next looks again.

The pool's own pauses double each time, so that it would go on missing a database that is back for as long as that was
away.
"""
T = TypeVar("T")
Connection = AsyncConnection[Row]
Pool = AsyncConnectionPool[Connection]


class Database(Protocol):
    """What the register needs of a database."""

    async def open(self) -> None:
        """Before the first question."""
        ...

    async def close(self) -> None:
        """After the last."""
        ...

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """The rows of each statement."""
        ...

    async def keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        """Add these rows; return once they are durable."""
        ...


class Postgres:
    """The ORM's compiled SQL on connections of psycopg's own, prepared: one to write on, some to read on."""

    def __init__(self, readers: int) -> None:
        given = connections[DEFAULT_DB_ALIAS].get_connection_params()
        address = {name: value for name, value in given.items() if name not in OF_DJANGO}
        self._readers, self._writer = _pool(address, readers), _pool(address, 1)

    async def open(self) -> None:
        """Connects."""
        await self._readers.open(wait=True)
        await self._writer.open(wait=True)

    async def close(self) -> None:
        """Disconnects."""
        await self._readers.close()
        await self._writer.close()

    async def ask(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        """All of them in one go."""
        return await _on_a_connection(self._readers, partial(_asked, statements))

    async def keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        """One transaction for all: the commit is what makes it durable."""
        write = _insert if len(decided) <= FEW else _copy
        tables = ((DecisionRecord, RECORD, records), (Decided, DECIDED, decided))
        await _on_a_connection(self._writer, partial(write, tables))


OF_DJANGO = ("context", "cursor_factory", "prepare_threshold")
"""What Django sets for its own connections; all else, such as certificates, holds for ours too."""


async def _on_a_connection(pool: Pool, act: Callable[[Connection], Awaitable[T]]) -> T:
    """What `act` gives on a connection, in time. One that broke, perhaps since it was used last, is replaced.

    Rows that were kept in spite of a failure are not kept twice: then their keys are there already.
    """
    async with asyncio.timeout(PATIENCE):
        while True:
            async with pool.connection() as connection:
                try:
                    return await act(connection)
                except OperationalError:
                    if not connection.broken:
                        raise


async def _asked(statements: Mapping[str, Statement], connection: Connection) -> dict[str, list[Row]]:
    async with connection.pipeline():
        cursors = {
            name: await connection.execute(query.statement, query.fit(**values), prepare=True)
            for name, (query, values) in statements.items()
        }
        return {name: await cursor.fetchall() for name, cursor in cursors.items()}


FEW = 16
"""Up to so many decisions go faster row by row in one go, which is one transaction too, than by COPY."""
Rows = Sequence[tuple[type[Model], Sequence[str], Sequence[Row]]]


async def _insert(tables: Rows, connection: Connection) -> None:
    async with connection.pipeline():
        for model, columns, rows in tables:
            for row in rows:
                await connection.execute(_insertion(model, columns), row, prepare=True)


@cache
def _insertion(model: type[Model], columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"


async def _copy(tables: Rows, connection: Connection) -> None:
    async with connection.transaction():
        for model, columns, rows in tables:
            names = ", ".join(f'"{column}"' for column in columns)
            into = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
            async with connection.cursor().copy(into) as copy:
                for row in rows:
                    await copy.write_row(row)


ONE_PLAN = "-c plan_cache_mode=force_generic_plan"
"""By itself PostgreSQL plans each statement anew for each list of values, which takes longer than carrying it out."""


NOTICING = {
    "connect_timeout": PATIENCE,
    "tcp_user_timeout": 1000 * PATIENCE,
    "keepalives_idle": PATIENCE,
    "keepalives_interval": 1,
    "keepalives_count": PATIENCE,
}
"""Settings of a connection by which it is noticed that there is nobody at the other end any more."""


def _pool(address: dict[str, Any], size: int) -> Pool:
    return AsyncConnectionPool(
        kwargs={
            **NOTICING,
            **address,
            "autocommit": True,
            "options": f"{address.get('options', '')} {ONE_PLAN}",
        },
        min_size=size,
        max_size=size,
        open=False,
        timeout=PATIENCE,
        reconnect_timeout=RECONNECTED_WITHIN,
    )


class InThreads:
    """The ORM itself, in one thread that reads and one that writes: what SQLite needs, and all that it can use."""

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


def database(readers: int = 2) -> Database:
    """The one in the settings."""
    return Postgres(readers) if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else InThreads()
