"""A query compiled once and prepared by the database: for what every screen, every use case and the proof ask."""

from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from psycopg import Cursor

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]


class PreparedRows:
    """A queryset of plain rows that takes named values, compiled with `samples`, which nothing else in it equals.

    PostgreSQL keeps the plan. SQLite, to which nothing is sent anywhere, is asked the queryset itself.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], **samples: Any) -> None:
        self._ask, self._samples = ask, samples

    def rows(self, **values: Any) -> list[Row]:
        """All rows for these values."""
        return self._fetched(values) if _on_postgresql() else list(self._ask(**values))

    def fit(self, **values: Any) -> Row:
        """The values in the order in which the statement asks for them."""
        names, constants = self._order
        return names({**constants, **values})

    @cached_property
    def statement(self) -> str:
        """The SQL, as the queryset says it."""
        return self._compiled[0]

    def _fetched(self, values: dict[str, Any]) -> list[Row]:
        database = connections[DEFAULT_DB_ALIAS]
        database.ensure_connection()
        with database.wrap_database_errors:
            cursor = Cursor(database.connection)
            return cursor.execute(self.statement, self.fit(**values), prepare=True).fetchall()

    @cached_property
    def _compiled(self) -> tuple[str, Row]:
        return self._ask(**self._samples).query.sql_with_params()

    @cached_property
    def _order(self) -> tuple[Callable[[dict[str, Any]], Row], dict[str, Any]]:
        """How to bring the values into order, among the constants that the queryset has itself."""
        names, constants = [], {}
        for place, value in enumerate(self._compiled[1]):
            name = next(
                (name for name, sample in self._samples.items() if sample == value), f"constant {place}"
            )
            names.append(name)
            if name not in self._samples:
                constants[name] = value
        if len(names) == 1:  # an itemgetter of one gives the item itself
            return lambda given: (given[names[0]],), constants
        return itemgetter(*names), constants


class Prepared(PreparedRows, Generic[M]):
    """The same for whole rows of a model."""

    def all(self, **values: Any) -> list[M]:
        """All of them, for these values."""
        if not _on_postgresql():
            return list(self._ask(**values))
        return [self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row) for row in self._fetched(values)]

    def first(self, **values: Any) -> M | None:
        """The first one for these values, if there is one."""
        return next(iter(self.all(**values)), None)

    @cached_property
    def _model(self) -> type[M]:
        return self._ask(**self._samples).model

    @cached_property
    def _columns(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]


def _on_postgresql() -> bool:
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"
