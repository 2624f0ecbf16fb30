"""What a later import changes in an activity, Actiris hears as of a change made in use (S13)."""

import json

import pytest

from inzage.dossiers.models import Client
from inzage.outbox.models import Delivery
from tests.importing.conftest import Region
from tests.importing.test_correcting import SECOND_DAY, activity

PLACES = {"21004": True, "11002": False}


def told() -> list[tuple[str, str]]:
    """Of each message: the last word of its type, and the state."""
    bodies = [json.loads(each.body) for each in Delivery.objects.order_by("pk")]
    return [(body["type"].rpartition(".")[2], body["data"]["state"]) for body in bodies]


@pytest.mark.parametrize("code", PLACES)
def test_a_changed_and_a_new_line_of_a_known_client_are_told_and_the_first_import_is_not(
    region: Region, code: str
) -> None:
    row = "K1,85073099932,Verzonnen,Piet,{},"
    region.write("clients.csv", row.format(code))
    region.write("activities.csv", activity())
    region.imported()
    assert Client.objects.get().nis_code == code
    assert told() == []  # a register that comes in whole is no course of activities
    region.write("activities.csv", activity("2025-09-15"), "X2,K1,OE1,training,Lassen,,,,2025-09-20,,")
    assert region.imported(on=SECOND_DAY).corrected_clients == 1
    assert told() == ([("corrected", "closed"), ("started", "running")] if PLACES[code] else [])
    region.imported(on=SECOND_DAY)
    assert len(told()) == (2 if PLACES[code] else 0)
