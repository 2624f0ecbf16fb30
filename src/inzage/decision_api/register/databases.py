"""The database as the decision API asks it: statements at once, records durably; PostgreSQL without waiting."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any, Protocol

import psycopg
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
UNFIT = (psycopg.DataError, DataError, ValueError)
"""What a database, or its driver, says of a value that it can't take."""


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
        settings = connections[DEFAULT_DB_ALIAS].get_connection_params()
        names = ("dbname", "host", "port", "user", "password", "options", "sslmode", "sslrootcert", "service")
        address = {name: settings[name] for name in names if settings.get(name)}
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
        """All of them in one go. A connection that broke since it was used last is replaced once."""
        with suppress(OperationalError):
            return await self._asked(statements)
        return await self._asked(statements)

    async def _asked(self, statements: Mapping[str, Statement]) -> dict[str, list[Row]]:
        async with self._readers.connection() as connection, connection.pipeline():
            cursors = {
                name: await connection.execute(query.statement, query.fit(**values), prepare=True)
                for name, (query, values) in statements.items()
            }
            return {name: await cursor.fetchall() for name, cursor in cursors.items()}

    async def keep(self, records: Sequence[Row], decided: Sequence[Row]) -> None:
        """One transaction for all: the commit is what makes it durable."""
        write = _insert if len(decided) <= FEW else _copy
        async with self._writer.connection() as connection:
            await write(connection, ((DecisionRecord, RECORD, records), (Decided, DECIDED, decided)))


FEW = 16
"""Up to so many decisions go faster row by row in one go, which is one transaction too, than by COPY."""
Rows = Sequence[tuple[type[Model], Sequence[str], Sequence[Row]]]


async def _insert(connection: AsyncConnection[Row], tables: Rows) -> None:
    async with connection.pipeline():
        for model, columns, rows in tables:
            for row in rows:
                await connection.execute(_insertion(model, columns), row, prepare=True)


@cache
def _insertion(model: type[Model], columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"


async def _copy(connection: AsyncConnection[Row], tables: Rows) -> None:
    async with connection.transaction():
        for model, columns, rows in tables:
            names = ", ".join(f'"{column}"' for column in columns)
            into = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
            async with connection.cursor().copy(into) as copy:
                for row in rows:
                    await copy.write_row(row)


ONE_PLAN = "-c plan_cache_mode=force_generic_plan"
"""By itself PostgreSQL would plan each statement anew for each list of values, which takes longer than carrying it out."""


def _pool(address: dict[str, Any], size: int) -> AsyncConnectionPool[AsyncConnection[Row]]:
    settings = {**address, "autocommit": True, "options": f"{address.get('options', '')} {ONE_PLAN}"}
    return AsyncConnectionPool(kwargs=settings, min_size=size, max_size=size, open=False, timeout=5)


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
    with transaction.atomic():
        DecisionRecord.objects.bulk_create(DecisionRecord(**dict(zip(RECORD, row))) for row in records)
        Decided.objects.bulk_create(Decided(**dict(zip(DECIDED, row))) for row in decided)


def database(readers: int = 2) -> Database:
    """The one in the settings."""
    return Postgres(readers) if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else InThreads()
