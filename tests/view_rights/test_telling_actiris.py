"""A correction goes to Actiris where it changes something that Actiris gets, and only then (S13)."""

import json
from typing import Any

import pytest

from inzage.dossiers.models import Activity
from inzage.outbox.models import Delivery
from tests import ibis
from tests.vdab import saying
from tests.world import World

CORRECTED = "corrected"


def told() -> list[str]:
    """Of each message what became of the activity."""
    return [json.loads(each.body)["type"].rpartition(".")[2] for each in Delivery.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("said", "news"),
    [
        ({"title": "Lassen, gevorderd"}, []),
        ({"title": "Lassen, gevorderd", "remark": "XXXXX/0012345/OE1"}, [CORRECTED]),
        ({"remark": "A1B2C/7654321/OE1"}, [CORRECTED]),
        ({"registered_on": "2026-03-01"}, [CORRECTED]),
    ],
    ids=["the title", "the title and the course", "the outsourcing number", "the day"],
)
def test_of_a_request_corrected_in_ibis(world: World, said: dict[str, Any], news: list[str]) -> None:
    world.lives_in("21004")
    ibis.come_in(ibis.a_request())
    ibis.come_in(ibis.a_request(revision=2, status="corrected", **said))
    assert Activity.objects.get().title == said.get("title", "Lassen")
    assert told() == ["requested", *news]


@pytest.mark.parametrize(
    ("said", "news"), [({"title": "Lassen II"}, []), ({"kind": "trajectory"}, [CORRECTED])]
)
def test_of_an_activity_called_otherwise_by_vdab(world: World, said: dict[str, str], news: list[str]) -> None:
    world.lives_in("21004")
    saying.tell(
        saying.activity(1, started_on="2025-01-15"), saying.activity(2, started_on="2025-01-15", **said)
    )
    assert told() == ["started", *news]
