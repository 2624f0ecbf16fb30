"""A database that is kept busy by somebody else: said with what to do, and not as a defect."""

import sqlite3

from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import get_template

LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NOT_AVAILABLE = {"55P03", "40P01", "40001"}
"""PostgreSQL waited in vain for a lock, or ended one of two that waited for each other."""


def answer_when_busy(error: Exception) -> HttpResponse | None:
    """The answer, where a lock was the trouble; nothing was changed, and a moment later it works."""
    if not isinstance(error, OperationalError) or not _locked(error.__cause__):
        return None
    page = get_template("503.html").render()  # without a request: the page asks the database nothing
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def _locked(cause: BaseException | None) -> bool:
    """Whether the database says that it is locked; an extended code of SQLite holds the plain one in its last byte."""
    if code := getattr(cause, "sqlite_errorcode", None):
        return code & 0xFF in LOCKED
    return getattr(cause, "sqlstate", None) in NOT_AVAILABLE
