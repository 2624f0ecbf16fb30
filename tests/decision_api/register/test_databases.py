"""The database as the decision API asks it: whole or not at all, and there again as soon as the database is."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from pytest_django import DjangoDbBlocker

from inzage.decision_api.register import scoping
from inzage.decision_api.register.databases import database
from inzage.decision_api.register.ledger import new_identity
from inzage.decision_api.register.postgres import FEW
from inzage.decision_api.register.storage import AWAY, DECIDED, RECORD, Database
from inzage.view_rights.gathering_elsewhere import gathered, needed
from inzage.view_rights.prepared import Row
from tests.migrated import file_of
from tests.shell import Shell, own_database

BACK_WITHIN = 5
"""Seconds after which an answer is there again at the latest; the pool's own pauses would take longer."""


@pytest.fixture
def own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[Shell]:
    """A database of its own, which knows the caller mlp; connections made here are made to it."""
    for shell in own_database(tmp_path):
        code, _out, err = shell.run(
            "caller", "add", "mlp", "--name", "MLP", "--all-units", "--parts", "general"
        )
        assert code == 0, err
        with django_db_blocker.unblock():
            address = shell.environment["INZAGE_DATABASE_URL"]
            name = address.rpartition("/")[2] if connection.vendor == "postgresql" else file_of(shell.address)
            monkeypatch.setitem(connections.settings[DEFAULT_DB_ALIAS], "NAME", name)
            yield shell


def count(own: Shell, table: str) -> int:
    """How many rows there are."""
    return int(own.asked(f"SELECT count(*) FROM access_log_{table}"))


def rows(many: int, *, position: int | None = None) -> tuple[list[Row], list[Row]]:
    """A record with so many decisions, each in its own position or all in the same."""
    identity = new_identity()
    record = dict.fromkeys(RECORD, "") | {"id": identity, "timestamp": datetime(2025, 3, 1, tzinfo=UTC)}
    nothing = dict.fromkeys(DECIDED, "") | dict.fromkeys(
        ("person", "dossier", "asked_about", "right", "anchor_on", "last_day")
    )
    decided = [
        nothing
        | {"record_id": identity, "position": place if position is None else position, "allowed": True}
        for place in range(many)
    ]
    return [tuple(record.values())], [tuple(each.values()) for each in decided]


def with_database(act: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
    """Run `act` with an open database."""

    async def run() -> None:
        opened = database()
        await opened.open()
        try:
            await act(opened)
        finally:
            await opened.close()

    asyncio.run(run())


async def callers(asked: Database) -> list[str]:
    """A question that any database answers."""
    return [name for name, *_ in (await asked.ask(scoping.needed(["mlp"], [])))["callers"]]


def test_the_facts_behind_a_right_are_asked_without_waiting_as_well(own: Shell) -> None:
    """Each of the statements by which an answer is explained is one that this database takes."""

    async def act(opened: Database) -> None:
        nothing: dict[str, list[Row]] = {name: [] for name in needed([])}
        found = await opened.ask(needed([1, 2]))
        assert found == nothing
        assert gathered(found) == gathered(nothing)

    with_database(act)


@pytest.mark.parametrize("many", [2, FEW + 2])
def test_a_record_and_its_decisions_are_kept_together_or_not_at_all(own: Shell, many: int) -> None:
    """Row by row in one go, and copied: where a later row is refused, none stays; what comes after is kept."""

    async def act(opened: Database) -> None:
        with pytest.raises((Error, psycopg.Error)):
            await opened.keep(*rows(many, position=1))
        await opened.keep(*rows(many))

    with_database(act)
    assert (count(own, "decisionrecord"), count(own, "decided")) == (1, many)


def broken(own: Shell) -> None:
    """Every connection to this database, as by a server that starts again."""
    if connection.vendor == "postgresql":
        own.asked(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_where_all_connections_broke_the_next_question_is_answered_and_the_next_answer_kept(
    own: Shell,
) -> None:
    """Whoever asks first after the server started again notices nothing."""

    async def act(opened: Database) -> None:
        assert await callers(opened) == ["mlp"]
        for many in (1, FEW + 2):
            await opened.keep(*rows(1))
            await asyncio.to_thread(broken, own)
            assert await callers(opened) == ["mlp"]
            await opened.keep(*rows(many))

    with_database(act)
    assert count(own, "decided") == 1 + 1 + 1 + FEW + 2


class Gateway:
    """Stands before the server, and can be away."""

    def __init__(self, host: str, port: int) -> None:
        self.behind = (host, port)
        self.ways: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def come(self) -> None:
        """Be there, at the same port as before."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def leave(self) -> None:
        """Break all connections, and take no new one."""
        self._server.close()
        for way in self.ways:
            way.close()
        self.ways.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self.behind)
        self.ways |= {writer, back}
        await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
    writer.close()


def test_a_server_that_was_away_is_found_as_soon_as_it_is_back(
    own: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it was away: meanwhile a question fails in good time, and the next one after it is answered."""
    if connection.vendor == "sqlite":  # a file is not away
        with_database(_answers)
        return
    settings = connections.settings[DEFAULT_DB_ALIAS]
    gateway = Gateway(settings["HOST"] or "127.0.0.1", int(settings["PORT"]))

    async def act() -> None:
        await gateway.come()
        with monkeypatch.context() as patched:
            patched.setitem(settings, "HOST", "127.0.0.1")
            patched.setitem(settings, "PORT", gateway.port)
            opened = database()
        await opened.open()
        await _answers(opened)
        await gateway.leave()
        for _ in range(3):
            with pytest.raises(AWAY):
                await callers(opened)
        with pytest.raises(AWAY):
            await opened.keep(*rows(1))
        await gateway.come()
        async with asyncio.timeout(BACK_WITHIN):
            await _answers(opened)
            await opened.keep(*rows(1))
        await opened.close()
        await gateway.leave()

    asyncio.run(act())
    assert count(own, "decided") == 1


async def _answers(opened: Database) -> None:
    assert await callers(opened) == ["mlp"]
