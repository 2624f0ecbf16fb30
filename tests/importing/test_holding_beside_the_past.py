"""What ended before midnight of clients whom the register did not know is the past, and counts in no night (S22)."""

from collections.abc import Sequence

import pytest
from pytest_django import Settings

from inzage.register_files.lines import Bundle
from inzage.view_rights import importing
from inzage.view_rights.importing import import_files
from inzage.view_rights.models import ViewRight
from inzage.view_rights.replaying import Surroundings, store_new
from tests.importing.conftest import TODAY, Region
from tests.importing.hands import LATE, TOMORROW, Hands
from tests.register_files.conftest import client


def consents(region: Region, granted: str, *numbers: str) -> None:
    """These clients, each with a consent of that day."""
    region.write("clients.csv", *(client(number, day) for day, number in enumerate(numbers, start=1)))
    region.write("consents.csv", *(f"C{one},{one},OE1,training,form,{granted},,," for one in numbers))


def test_new_clients_whose_right_ended_before_they_came_in_hold_nobody_elses(
    region: Region, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than two are too many: two came in after midnight as past, and one that was known ends by a correction."""
    settings.EVENING_LIMITS = {"times": 3, "least": 1, "nights": 20, "floor": 2, "percent": 50}
    consents(region, "2025-06-10", "K1")
    region.imported()
    consents(region, "2025-04-01", "K1", "K2", "K3")
    hands = Hands(LATE)

    def stored(bundles: Sequence[Bundle], around: Surroundings) -> int:
        hands.move()
        return store_new(bundles, around)

    monkeypatch.setattr(importing, "store_new", stored)
    import_files(region.folder, clock=hands, scratch=region.scratch, rejected=region.rejected)
    rights = ViewRight.objects.values_list("held", "last_day", "closed_on")
    assert list(rights) == [("", TODAY, TOMORROW)] * 3
