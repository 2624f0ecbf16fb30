"""What the register needs of a database: statements asked at once, records kept durably."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import psycopg
from django import db

from inzage.access_log.models import Decided, DecisionRecord
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import Row

RECORD = tuple(field.attname for field in DecisionRecord._meta.concrete_fields)
DECIDED = tuple(field.attname for field in Decided._meta.concrete_fields)
"""The columns of what is kept, in the order in which rows are given."""
AWAY = (psycopg.OperationalError, db.OperationalError, TimeoutError)
"""What is raised where the database can't be had, or not in time."""
UNFIT = (psycopg.DataError, db.DataError, ValueError)
"""What a database, or its driver, says of a value that it can't take."""
PATIENCE = 5
"""Seconds after which a database counts as one that doesn't answer."""


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
