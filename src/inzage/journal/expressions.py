"""What Django's expressions lack, on both engines: check digits as a constraint, a long list as one parameter, and
equality that knows what is empty.
"""

import json
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Field, ForeignKey, Func, Lookup
from django.db.models.functions import Collate
from django.db.models.sql.compiler import SQLCompiler


class HasCheckDigits(Func):
    """`HasCheckDigits("insz", 9)`: nine digits, then two that are 97 minus the nine modulo 97.

    With `or_prefix="2"` the digits may also be right with a 2 before them, as for INSZ numbers of births from 2000 on.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, column: str, body: int, *, or_prefix: str = "", **extra: Any) -> None:
        super().__init__(column, body=body, or_prefix=or_prefix, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        only_digits = "length(%(expressions)s) = {length} AND %(expressions)s NOT GLOB '*[^0-9]*'"
        return super().as_sql(compiler, connection, template=self._template(only_digits))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Any:
        return super().as_sql(
            compiler, connection, template=self._template("%(expressions)s ~ '^[0-9]{{{length}}}$'")
        )

    def _template(self, only_digits: str) -> str:
        body, prefix = self.extra["body"], self.extra["or_prefix"]
        digits = f"substr(%(expressions)s, 1, {body})"
        right = self._right(digits)
        if prefix:
            right += " OR " + self._right(f"('{prefix}' || {digits})")
        return f"CASE WHEN {only_digits.format(length=body + 2)} THEN {right} ELSE FALSE END"

    def _right(self, digits: str) -> str:
        """Modulo in whole numbers: the percent sign would have to survive two rounds of formatting."""
        number = f"CAST({digits} AS bigint)"
        given = f"CAST(substr(%(expressions)s, {self.extra['body'] + 1}, 2) AS bigint)"
        return f"{given} = 97 - ({number} - ({number} / 97) * 97)"


@ForeignKey.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """`dossier_id__any={1, 2, 3}`: as `in`, but one parameter however long the list, and no limit to its length.

    A set, because Django looks at every element of a list.
    """

    lookup_name = "any"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        values = json.dumps(list(self.rhs), default=lambda value: field.get_db_prep_value(value, connection))
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, values]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*params, list(self.rhs)]


@ForeignKey.register_lookup
@Field.register_lookup
class Same(Lookup):
    """`closed_on__same=OuterRef("closed_on")`: equal, or both empty."""

    lookup_name = "same"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return self._compared(compiler, connection, "IS")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return self._compared(compiler, connection, "IS NOT DISTINCT FROM")

    def _compared(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, operator: str) -> Any:
        left, given = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} {operator} {right}", [*given, *more]


def character_by_character(column: str) -> Collate:
    """An order by code points, the same on both engines and under every language of the database."""
    return Collate(column, "C" if connection.vendor == "postgresql" else "BINARY")
