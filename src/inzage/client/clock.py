"""The clock of whoever uses the client, where they bring none of their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the moment it is, with its offset."""


def now() -> datetime:
    """By the clock of this machine."""
    return datetime.now(UTC)
