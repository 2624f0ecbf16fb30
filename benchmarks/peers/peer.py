"""What every engine here is: it is handed the rights, and then asked whether a unit may see a dossier."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from itertools import islice
from time import monotonic
from typing import NamedTuple

MOST_SECONDS = 600
"""How long an engine may take to load rights."""


class Right(NamedTuple):
    """A unit may see a dossier up to and including the last day; without one, until further notice."""

    dossier: int
    unit: int
    last_day: date | None


class Peer:
    """An engine, asked about one day; fully consistent: it remembers no answer and no row."""

    name: str
    package: str
    """On PyPI."""
    licence: str
    holds = "no rights: it is handed the row of the one asked about, fetched from the same PostgreSQL"
    not_asked: str
    """What a decision of ours includes, and this one doesn't."""

    @property
    def title(self) -> str:
        """The name with the version."""
        return f"{self.name} {version(self.package)}"

    @property
    def told(self) -> str:
        """What there is to know of it beside its figures."""
        return f"{self.title} ({self.licence}) holds {self.holds}. Not asked of it: {self.not_asked}."

    def prepare(self, rights: Iterable[Right]) -> None:
        """Make ready for questions; an engine that holds the rights itself takes what it can bear from the front."""

    @abstractmethod
    def decide(self, dossier: int, unit: int) -> bool:
        """May this unit see this dossier on the day?"""

    def close(self) -> None:
        """Leave nothing running."""


def in_time(rights: Iterable[Right], most: int) -> Iterator[Right]:
    """The first rights, until there are enough of them or it takes too long."""
    deadline = monotonic() + MOST_SECONDS
    for right in islice(rights, most):
        if monotonic() > deadline:
            return
        yield right
