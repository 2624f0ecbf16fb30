"""What a person reads when the surroundings fail: what happened, where, and what to do."""

import errno
import re
import sqlite3
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from inzage.adapters.failing import Failed
from inzage.register_files.holding import Held
from inzage.register_files.places import UnusablePlace
from inzage.register_files.reading import UnreadableFile

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
AGAIN = "What was finished is kept, nothing is half-done: run the command again"


class NotReady(Exception):
    """The database is not prepared, or not for this version."""


def sentence(error: BaseException) -> str:
    """The sentence for an error that comes from disk, database or settings."""
    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, DatabaseError | sqlite3.Error):
        return _of_the_database(error, said)
    if isinstance(error, ImproperlyConfigured):
        return f"a setting is wrong: {said.rstrip('.')}. Correct it (docs/operations.md), and run the command again."
    if isinstance(error, Held):
        return f"another import is running ({said} is in use). Nothing was done: run this one when it has finished."
    if isinstance(error, BrokenProcessPool):
        return (
            "one of the processes that did the work was stopped from outside, often for want of memory. "
            f"{AGAIN}, with fewer at once, such as --processes 1."
        )
    if isinstance(error, Failed):
        what = (
            "Run the command again later"
            if error.again
            else "Check its address and the secret, and both clocks"
        )
        return f"the other side gave no list that can be used: {said}. {what}. Nothing was done."
    if isinstance(error, NotReady | UnreadableFile | UnusablePlace):
        return str(error)
    return f"unexpected: {type(error).__name__}: {said}. Add --traceback to see where."


def refuse_unless_migrated() -> None:
    """Raises `NotReady` where `inzage migrate` has something to do."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(
            f"the database ({_name()}) is not prepared for this version. Run `inzage migrate` first."
        )


def _of_the_system(error: OSError) -> str:
    if error.errno in FULL:
        return f"the disk is full. Make room. {AGAIN}."
    what = error.strerror or str(error)
    return f"{what}: {error.filename or 'a file'}. Check that it is there and may be used."


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _of_the_database(error: Exception, said: str) -> str:
    """By the code that PostgreSQL gives, or else by what is said."""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if isinstance(error, IntegrityError | sqlite3.IntegrityError):
        return _of_a_constraint(said)
    by_code = [sentence_for for codes, _words, sentence_for in SAID if code in codes]
    by_words = [sentence_for for _codes, words, sentence_for in SAID if re.search(words, said, re.IGNORECASE)]
    for sentence_for in by_code + by_words:
        return sentence_for(said)
    return f"the database refused ({said}). Check INZAGE_DATABASE_URL and that the server runs."


def _of_a_constraint(said: str) -> str:
    return (
        f"the database refuses what Inzage would have stored ({said}). That is a fault of Inzage, not of yours. "
        "What was finished is kept, nothing is half-done. Report it: this message, the command and the version, "
        "without personal data."
    )


SAID: tuple[tuple[set[str], str, Callable[[str], str]], ...] = (
    (
        {"3D000"},
        r"database .* does not exist",
        lambda said: (
            f"there is no such database ({said}). Make it (`createdb`), or correct INZAGE_DATABASE_URL."
        ),
    ),
    (
        {"28000", "28P01"},
        r"role .* does not exist|authentication failed|no password supplied",
        lambda said: (
            f"the database server doesn't let this user in ({said}). Make the user (`createuser`), "
            "or correct the name and password in INZAGE_DATABASE_URL."
        ),
    ),
    (
        {"42P01"},
        r"no such table|^relation .* does not exist",
        lambda said: f"the database is not ready ({said}). Run `inzage migrate` first.",
    ),
    (
        {"42703"},
        r"no such column|has no column named|column .* does not exist",
        lambda said: f"the database is of an older version ({said}). Run `inzage migrate` first.",
    ),
    (
        {"XX001", "XX002"},
        r"malformed|not a database",
        lambda said: (
            f"the database {_name()} is damaged, or is not one ({said}). Leave it as it is, and restore a backup "
            "(docs/operations.md), or correct INZAGE_DATABASE_URL."
        ),
    ),
    (
        {"55P03", "40P01"},
        r"locked|lock timeout|deadlock",
        lambda _said: f"the database is locked by another process. {AGAIN} when the other is done.",
    ),
    (
        set(),
        r"unable to open database file",
        lambda _said: (
            f"the database file {_name()} can't be opened. Check that its folder is there, and that you may read "
            "and write in it; INZAGE_VAR or INZAGE_DATABASE_URL says where it is."
        ),
    ),
    (
        set(),
        r"readonly database",
        lambda _said: (
            f"the database file {_name()} can't be written. Check that you may write it and in its folder."
        ),
    ),
    (
        {"53100"},
        r"disk|full|No space",
        lambda said: f"the disk could not be written ({said}). Make room. {AGAIN}.",
    ),
)
"""What PostgreSQL's codes, or an engine's words, come down to: the first that fits."""
