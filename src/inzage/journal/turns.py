"""Taking turns over something that has no row to lock yet: a record on its way in, a person about to be known."""

import hashlib

from django.db import connection


def take_turn(subject: str) -> None:
    """Wait until no other transaction has its turn over `subject`, and keep it until this one ends.

    On SQLite there is nothing to wait for: one writes at a time.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(subject)])


def take_turn_if_free(subject: str) -> bool:
    """Take the turn over `subject` until this transaction ends, unless another has it; whether it was taken.

    On SQLite this transaction is the only one that writes, so it is.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_number(subject)])
        (taken,) = cursor.fetchone()
    return bool(taken)


def keep_turn_free(subject: str) -> None:
    """Nobody takes the turn over `subject` until this transaction ends: for who relies on what is decided in turn.

    Many may at once. On SQLite this transaction is the only one that writes.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_number(subject)])


def _number(subject: str) -> int:
    return int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), signed=True)
