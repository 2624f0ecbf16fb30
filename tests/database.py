"""What the database itself refuses, whoever asks it."""

from typing import Any

from django.db import DatabaseError, connection, transaction


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses this statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount > 0, "the statement touched nothing"
            connection.check_constraints()
    except DatabaseError:
        return True
    return False
