"""What the tests with real processes need: a database of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell import Shell, own_database


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A migrated database of our own."""
    yield from own_database(tmp_path)
