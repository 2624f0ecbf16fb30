"""The example of an MLP, served on loopback before a decision point in the hands of the test."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from examples.mlp.app import application
from inzage.client import PARTNER_USER, AsyncInzage, Subject
from tests.examples.decision_point import Clock, DecisionPoint, Right
from tests.loopback import served

ANNA, BERT = "6f1c1f0e-7a52-4c55-9d0e-6b8a4b6f4f10", "0b9b7a52-3f86-44d1-8f1c-2d6b1a6c9e21"
STRANGER = "b1f0d5a4-0d5c-4b55-8a53-2f4c7d6e9a01"


@pytest.fixture
def point() -> DecisionPoint:
    """Two rights stand; of one no end is in sight, the other ends in years."""
    point = DecisionPoint(Clock())
    point.rights[ANNA] = Right()
    point.rights[BERT] = Right(datetime(2026, 8, 31, 22, tzinfo=UTC), "assumption")
    return point


@pytest.fixture
def mlp(point: DecisionPoint) -> Iterator[str]:
    """The address of the application, for somebody of a partner."""
    with served(point.app) as decides:
        person = Subject(PARTNER_USER, "carla", unit="OE1001")
        inzage = AsyncInzage(decides, clock=point.clock)
        with served(application(inzage, person, point.clock)) as url:
            yield url
