"""Many rows at once, the fastest way each engine has: COPY and unnest on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add `rows`, each with a value for every one of `columns` (attribute names such as `unit_id`).

    Values go in as the driver takes them: JSON as text, on SQLite a UUID as its hexadecimal digits.
    """
    names = ", ".join(_quoted(model, column) for column in columns)
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    if connection.vendor == "postgresql":
        _copy(into, [_kind(_field(model, column)) for column in columns], rows)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", _adapted(model, columns, rows))


def _copy(into: str, kinds: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """In binary, which costs both sides less than text; but JSON is text already, and as such it goes in."""
    binary = "jsonb" not in kinds
    order = f"COPY {into} FROM STDIN" + (" (FORMAT BINARY)" if binary else "")
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(order) as copy:
        if binary:
            copy.set_types(kinds)
        for row in rows:
            copy.write_row(row)


def _kind(field: Field[Any, Any]) -> str:
    """The type of its column, without its length."""
    return str(field.db_type(connection)).partition("(")[0]


def update(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set `columns` of the rows whose id is the last value of each of `rows`."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        _update_from_arrays(model, columns, rows)
        return
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(f"{_quoted(model, column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {marks} WHERE id = %s", _adapted(model, (*columns, "id"), rows)
        )


def _update_from_arrays(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """One statement: an array for each column, but one value where all rows have the same."""
    table = connection.ops.quote_name(model._meta.db_table)
    *values, ids = (list(column) for column in zip(*rows, strict=True))
    sets, arrays, same = [], [], []
    for place, (column, given) in enumerate(zip(columns, values, strict=True)):
        kind = _field(model, column).db_type(connection)
        if len(set(given)) == 1:
            sets.append(f"{_quoted(model, column)} = %s::{kind}")
            same.append(given[0])
        else:
            sets.append(f"{_quoted(model, column)} = given.v{place}")
            arrays.append((f"v{place}", f"%s::{kind}[]", given))
    names = ", ".join([*(name for name, _array, _given in arrays), "id"])
    marks = ", ".join([*(array for _name, array, _given in arrays), "%s::bigint[]"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(sets)} FROM unnest({marks}) AS given({names}) WHERE {table}.id = given.id",
            [*same, *(given for _name, _array, given in arrays), ids],
        )


def new_ids(model: type[Model], count: int) -> list[int]:
    """`count` unused ids, for rows that point at each other. Call it in the transaction that inserts them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            one = "(SELECT pg_get_serial_sequence(%s, 'id')::regclass)"  # looked up once, not for every row
            cursor.execute(f"SELECT nextval({one}) FROM generate_series(1, %s)", [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + count + 1))


def _adapted(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Values as SQLite stores them: days and moments as Django writes them."""
    adapt = [_adapter(_field(model, column)) for column in columns]
    return [[fit(value, connection) for fit, value in zip(adapt, row, strict=True)] for row in rows]


def _adapter(field: Field[Any, Any]) -> Callable[..., Any]:
    """JSON comes as text already; the rest Django fits to the engine."""
    return (lambda value, _connection: value) if isinstance(field, JSONField) else field.get_db_prep_save


def _field(model: type[Model], column: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _quoted(model: type[Model], column: str) -> str:
    return str(connection.ops.quote_name(str(_field(model, column).column)))
