"""PostgreSQL without waiting: the ORM's compiled SQL on connections of psycopg's own."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import orjson
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from psycopg import AsyncConnection, OperationalError
from psycopg_pool import AsyncConnectionPool

from inzage.access_log.models import Decided, DecisionRecord
from inzage.decision_api.register.storage import DECIDED, PATIENCE, RECORD
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row

RECONNECTED_WITHIN = 1
"""Seconds for which a lost connection is sought anew by itself; from then on whoever asks next looks again.

The pool's own pauses double each time, so that it would go on missing a database that is back for as long as that was
away.
"""
T = TypeVar("T")
Connection = AsyncConnection[Row]
Pool = AsyncConnectionPool[Connection]


class Postgres:
    """One connection to write on, some to read on; every statement is prepared."""

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


FEW = 64
"""Up to so many decisions go faster as JSON in one statement, which is one transaction too, than by COPY."""
Rows = Sequence[tuple[type[Model], Sequence[str], Sequence[Row]]]


async def _insert(tables: Rows, connection: Connection) -> None:
    texts = [_in_json(columns, rows) for _model, columns, rows in tables]
    await connection.execute(_insertion(), texts, prepare=True)


def _in_json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    return orjson.dumps([dict(zip(columns, row)) for row in rows]).decode()


@cache
def _insertion() -> str:
    """Both tables in one statement: what it says of one is there with what it says of the other, or not at all."""
    return f"WITH records AS ({_from_json(DecisionRecord, RECORD)}) {_from_json(Decided, DECIDED)}"


def _from_json(model: type[Model], columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    typed = ", ".join(f'"{column}" {kind}' for column, kind in zip(columns, _kinds(model), strict=True))
    rows = f"json_to_recordset(%s) AS given ({typed})"
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {names} FROM {rows}"


async def _copy(tables: Rows, connection: Connection) -> None:
    """In binary, which costs less than text."""
    async with connection.transaction():
        for model, columns, rows in tables:
            names = ", ".join(f'"{column}"' for column in columns)
            into = f"COPY {model._meta.db_table} ({names}) FROM STDIN (FORMAT BINARY)"
            async with connection.cursor().copy(into) as copy:
                copy.set_types(_kinds(model))
                for row in rows:
                    await copy.write_row(row)


@cache
def _kinds(model: type[Model]) -> list[str]:
    """The type of each column, without its length."""
    types = (field.db_type(connections[DEFAULT_DB_ALIAS]) for field in model._meta.concrete_fields)
    return [str(kind).partition("(")[0] for kind in types]


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
