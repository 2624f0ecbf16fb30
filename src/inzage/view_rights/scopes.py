"""Which dossiers a question is about, one or five million, and the rows that are stored about them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Max, Min, Model, QuerySet

from inzage.dossiers.models import Dossier
from inzage.view_rights.prepared import PreparedRows, Row

SAMPLES = {"any": [-1], "gte": -2, "lte": -3}
"""A value for each lookup of a scope, to compile queries with."""


class Scope(NamedTuple):
    """Which dossiers to look at, as lookups on a dossier's id."""

    lookups: tuple[tuple[str, Any], ...]

    def on(self, column: str) -> dict[str, Any]:
        """As a filter on `column`."""
        return {f"{column}__{lookup}": value for lookup, value in self.lookups}


def these(*dossier_ids: int) -> Scope:
    """Exactly these dossiers."""
    return Scope((("any", list(dossier_ids)),))


def between(first: int, last: int) -> Scope:
    """All dossiers from id `first` up to and including `last`."""
    return Scope((("gte", first), ("lte", last)))


def ranges(size: int) -> Iterator[tuple[int, int]]:
    """All dossiers in ranges of so many ids: the first and the last id of each."""
    ends = Dossier.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for first in range(ends["first"], ends["last"] + 1, size):
            yield first, min(first + size - 1, ends["last"])


def stored(model: type[Model], columns: tuple[str, ...], scope: Scope, on: str, **only: Any) -> list[Row]:
    """Rows as they are now, of the dossiers in `scope`, which `on` points at."""
    return prepared(model, columns, scope, on, **only).rows(**dict(scope.lookups))


def as_written(model: type[Model], columns: tuple[str, ...], scope: Scope, on: str) -> list[Row]:
    """The same, in the order in which they were written."""
    return _compiled(model, columns, on, tuple(dict(scope.lookups)), (), "id").rows(**dict(scope.lookups))


def prepared(
    model: type[Model], columns: tuple[str, ...], scope: Scope, on: str, **only: Any
) -> PreparedRows:
    """The query for these rows, which takes the lookups of a scope as its values."""
    return _compiled(model, columns, on, tuple(dict(scope.lookups)), tuple(only.items()))


@cache
def _compiled(
    model: type[Model],
    columns: tuple[str, ...],
    on: str,
    lookups: tuple[str, ...],
    only: tuple[tuple[str, Any], ...],
    *order: str,
) -> PreparedRows:
    def ask(**values: Any) -> QuerySet[Any, Any]:
        scope = Scope(tuple(values.items()))
        rows = model._default_manager.filter(**scope.on(on), **dict(only))
        return rows.order_by(*order).values_list(*columns)

    return PreparedRows(ask, **{lookup: SAMPLES[lookup] for lookup in lookups})
