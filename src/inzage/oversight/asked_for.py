"""What somebody asks for on a page and the worker makes: it ends with what was found, or with why there is nothing."""

from collections.abc import Callable
from typing import TypeVar

from inzage.oversight.books_with import NotRehearsed

A = TypeVar("A")


def carried_out(asked: A | None, make: Callable[[A], None], fail: Callable[[A, str], None]) -> A | None:
    """Make it, if anything was asked; `fail` hears in a word why it can't be made, and what went wrong is raised."""
    if asked is None:
        return None
    try:
        make(asked)
    except NotRehearsed as refusal:
        fail(asked, refusal.reason)
    except Exception as error:
        fail(asked, type(error).__name__[:40])
        raise
    return asked
