"""A query compiled once and prepared by the database: for the question that every screen and every program asks."""

from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from psycopg import Cursor

Row = TypeVar("Row", bound=Model)


class Prepared(Generic[Row]):
    """The first row of a queryset that takes named values, compiled with `samples`, which must differ from each other.

    PostgreSQL keeps the plan. SQLite, to which nothing is sent anywhere, is asked the queryset itself.
    """

    def __init__(self, ask: Callable[..., QuerySet[Row]], **samples: Any) -> None:
        self._ask, self._samples = ask, samples

    def first(self, **values: Any) -> Row | None:
        """The first row for these values, if there is one."""
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor != "postgresql":
            return next(iter(self._first(**values)), None)
        database.ensure_connection()
        with database.wrap_database_errors:
            cursor = Cursor(database.connection)
            row = cursor.execute(self.statement, self._order(values), prepare=True).fetchone()
        return None if row is None else self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row)

    def _first(self, **values: Any) -> QuerySet[Row]:
        asked = self._ask(**values)
        return (asked if asked.ordered else asked.order_by("pk"))[:1]

    def fit(self, **values: Any) -> tuple[Any, ...]:
        """The values in the order in which the statement asks for them."""
        return self._order(values)

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...]]:
        return self._first(**self._samples).query.sql_with_params()

    @cached_property
    def statement(self) -> str:
        """The SQL, as the queryset says it."""
        return self._compiled[0]

    @cached_property
    def _order(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        names = {sample: name for name, sample in self._samples.items()}
        return itemgetter(*(names[value] for value in self._compiled[1]))

    @cached_property
    def _model(self) -> type[Row]:
        return self._ask(**self._samples).model

    @cached_property
    def _columns(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]
