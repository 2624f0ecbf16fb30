"""Many questions to the database that see one state of it, and hold up nobody."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "sqlite": "BEGIN DEFERRED",
}
"""On SQLite a transaction of Django's own begins by keeping all other writers out."""


@contextmanager
def one_view() -> Iterator[None]:
    """What is asked within it belongs together; nothing can be written, and no row is locked."""
    if connection.in_atomic_block:  # somebody else's view goes on
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
