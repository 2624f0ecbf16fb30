"""What a person reads when the surroundings fail: what happened, where, and what to do."""

import errno
import sqlite3

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
AGAIN = "What was finished is kept, nothing is half-done: run the command again"


def sentence(error: Exception) -> str:
    """The sentence for an error that comes from disk, database or settings."""
    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, DatabaseError | sqlite3.Error):
        return _of_the_database(said)
    if isinstance(error, ImproperlyConfigured):
        return f"the settings are not complete: {said}"
    return f"unexpected: {type(error).__name__}: {said}. Add --traceback to see where."


def _of_the_system(error: OSError) -> str:
    if error.errno in FULL:
        return f"the disk is full. Make room. {AGAIN}."
    what = error.strerror or str(error)
    return f"{what}: {error.filename or 'a file'}. Check that it is there and may be used."


def _of_the_database(said: str) -> str:
    if "no such table" in said or "does not exist" in said:
        return f"the database is not ready ({said}). Run `inzage migrate` first."
    if "locked" in said or "lock timeout" in said:
        return f"the database is locked by another process. {AGAIN} when the other is done."
    if "disk" in said or "full" in said or "No space" in said:
        return f"the disk could not be written ({said}). Make room. {AGAIN}."
    return f"the database refused ({said}). Check INZAGE_DATABASE_URL and that the server runs."
