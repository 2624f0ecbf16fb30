"""One region for the tests that only read it."""

import pytest

from inzage.region.records import History
from tests.region.standing import COUNT, UNTIL, Told, histories


@pytest.fixture(scope="module")
def region() -> list[History]:
    return histories(COUNT, until=UNTIL)


@pytest.fixture(scope="module")
def told(region: list[History]) -> Told:
    return Told(
        [history.client for history in region],
        [line for history in region for line in history.assignments],
        [line for history in region for line in history.consents],
        [line for history in region for line in history.activities],
    )
