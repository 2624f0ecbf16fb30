"""What a desk is told where IBIS says otherwise than a line that has begun: Dutch sentences with Dutch words (S15)."""

from typing import Any

import pytest

from inzage.dossiers.models import Activity
from inzage.journal.models import Origin
from inzage.tasks.models import Task
from inzage.view_rights.registering import Actor, start
from tests.ibis import a_request, come_in
from tests.world import World, day, noon

NEXT = "2026-03-03"
STAYED = "De lijn is hier al begonnen of afgelopen, en bleef zoals ze was."


def corrected(**said: Any) -> str:
    """What the desk is told once the line has begun and IBIS says this."""
    come_in(a_request())
    start(Activity.objects.get().pk, on=day(NEXT), actor=Actor(Origin("person:1", noon(NEXT), "portal")))
    come_in(a_request(revision=2, status="corrected", **said), on="2026-03-05")
    return Task.objects.get().detail


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"remark": "XXXXX/0012345/OE1"}, "cursusnummer XXXXX (hier A1B2C)"),
        ({"remark": "A1B2C/7654321/OE1"}, "uitbestedingsnummer 7654321 (hier 0012345)"),
        (
            {"remark": "PRJLEW/0012345/OE1"},
            "soort project (hier opleiding), cursusnummer PRJLEW (hier A1B2C)",
        ),
        ({"registered_on": "2026-03-01"}, "dag van registratie 01/03/2026 (hier 02/03/2026)"),
    ],
)
def test_each_difference_is_named_in_dutch(world: World, said: dict[str, str], told: str) -> None:
    assert corrected(**said) == f"Aanvraag R1, versie 2. IBIS zegt nu: {told}. {STAYED}"


def test_another_unit_is_named(world: World) -> None:
    told = f"dossier {world.piet.reference}, organisatie {world.haven}, met dezelfde nummers"
    assert corrected(remark="A1B2C/0012345/OE3") == f"Aanvraag R1, versie 2. IBIS zegt nu: {told}. {STAYED}"
