"""What every test may ask for."""

import pytest

from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """A small world, in a transaction that is undone afterwards."""
    return World()
