"""What a proof finds to be something else than it should be."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from inzage.oversight.models import Differing


class Difference(NamedTuple):
    """A right, ground or fact that is not what it should be; `right` or `unit` is empty where it is of none."""

    right: int | None
    dossier: int
    unit: int | None
    stored: str
    proven: str
    kind: str = Differing.Kind.RIGHT


def in_words(values: Iterable[Any]) -> str:
    """These values, as far as there are any."""
    return " ".join(str(value) for value in values if value not in (None, "", False)) or "nothing"
