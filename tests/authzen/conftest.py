"""What the tests of the layer ask for."""

import pytest

from tests.authzen.layer import Layer


@pytest.fixture
def layer() -> Layer:
    """The layer, with the fixture's policy behind it."""
    return Layer()
