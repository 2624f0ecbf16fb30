"""What the tests with real processes need: a database of their own, and a region in it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from inzage.region.writing import make_region
from tests.shell import Shell, own_database

TODAY = timezone.localdate()
"""The processes read the real clock."""
LATER = str(TODAY + timedelta(days=300))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A migrated database of our own."""
    yield from own_database(tmp_path)


@pytest.fixture
def region(shell: Shell, tmp_path: Path) -> Path:
    """A region of 600 dossiers, imported as it is today."""
    make_region(tmp_path / "region", dossiers=600, seed=5, until=TODAY)
    assert shell.run("import", str(tmp_path / "region"))[0] == 0
    return tmp_path / "region"
