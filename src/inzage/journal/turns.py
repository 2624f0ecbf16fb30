"""Taking turns over something that has no row to lock yet: a record on its way in, a person about to be known."""

import hashlib
from time import monotonic, sleep

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

IN_LINE = "500ms"
ASIDE = 0.5
"""For how long who steps aside stands in line, and then lets others pass, in seconds."""


def take_turn(subject: str) -> None:
    """Wait until no other transaction has its turn over `subject`, and keep it until this one ends.

    On SQLite there is nothing to wait for: one writes at a time.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(subject)])


def take_turn_among_many(subject: str) -> None:
    """The same where many keep the turn free: whoever waits in line holds up all that come after, so it steps aside
    again and again. Raises OperationalError where it was not free for as long as anything waits for a lock.
    """
    if connection.vendor != "postgresql":
        return
    deadline = monotonic() + settings.LOCK_SECONDS
    while True:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [IN_LINE])
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(subject)])
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or monotonic() > deadline:
                raise
            sleep(ASIDE)


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
