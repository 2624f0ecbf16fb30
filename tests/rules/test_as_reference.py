"""Production's fold against the plain reference: every right of many random clients, on many days, key by key."""

from collections.abc import Callable

import pytest

from tests.rules.against_reference import END, compare
from tests.rules.occurrences import PRINTED, Occurrences

HISTORIES = 20_000
PARTS = 4
"""Each part is a test of its own, so that several cores share them."""


@pytest.mark.parametrize("seed", range(PARTS))
def test_every_right_on_every_day_is_what_the_reference_says(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    """S01 to S05, S18 to S22; under the packaged book, and under random ones."""
    seen = Occurrences(END)
    compare(seed, HISTORIES // PARTS, seen)
    record_property(PRINTED, seen.table())
    assert seen.rare(below=0.01) == []
