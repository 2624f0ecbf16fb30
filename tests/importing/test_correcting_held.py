"""A correction of a right that is held, or was kept: judged as it stands; what ends tonight by it is looked at."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from inzage.oversight.proving import prove
from inzage.rules.days import midnight
from inzage.view_rights.answering_held import answer_held
from inzage.view_rights.held import Answer
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import ViewRight
from tests.importing.conftest import TODAY, Region
from tests.register_files.conftest import client
from tests.world import origin

FORM = "C1,K1,OE1,training,form,2025-01-10,,,"
ENDS_TODAY, LATER = "2025-04-01", "2025-04-05"
NEXT_DAY = date(2025, 10, 2)


def activity(closed_on: str, number: str = "1") -> str:
    return f"X{number},K{number},OE1,training,Lassen,,,,2025-01-15,{closed_on},"


def right() -> ViewRight:
    """The one right."""
    return ViewRight.objects.get()


def proven(on: date = NEXT_DAY) -> bool:
    """Every right is what its facts say."""
    return not prove(today=on, processes=1).differences


@pytest.fixture
def held(region: Region, settings: Settings) -> Region:
    """K1's right ends today, and is held: whatever ends is too much."""
    settings.EVENING_LIMITS = {"times": 1, "least": 0, "nights": 20, "floor": 0, "percent": 0}
    region.write("consents.csv", FORM)
    region.write("activities.csv", activity(ENDS_TODAY))
    region.imported()
    check_evening(TODAY, clock=lambda: midnight(TODAY) + timedelta(hours=11))
    assert (right().held, right().proposed_last_day) == ("threshold", TODAY)
    return region


def test_what_moves_nothing_leaves_it_held(held: Region) -> None:
    held.write("clients.csv", client("K1").replace("Piet", "Anders"))
    assert held.imported(on=NEXT_DAY).corrected_clients == 1
    assert (right().held, right().closed_on) == ("threshold", None)
    assert proven()


def test_a_correction_of_the_end_itself_lifts_it(held: Region) -> None:
    held.write("activities.csv", activity(LATER))
    held.imported(on=NEXT_DAY)
    assert (right().held, str(right().last_day)) == ("", "2025-10-05")
    assert proven()


def test_a_kept_right_goes_on_after_a_correction(held: Region) -> None:
    answer_held([right().pk], Answer.KEPT, "Blijft.", origin=origin("2025-10-02"))
    held.write("activities.csv", activity(LATER))
    held.imported(on=NEXT_DAY)
    assert (right().closed_on, str(right().last_day)) == (None, "2026-04-02")
    assert proven()


def test_a_consent_that_never_was_ends_it(held: Region) -> None:
    held.write("consents.csv", FORM.rstrip(",") + ",,,2025-01-10")
    held.imported(on=NEXT_DAY)
    assert right().closing_reason == "withdrawn"


def test_what_a_correction_ends_tonight_after_the_check_is_held_too(held: Region) -> None:
    held.write("clients.csv", client("K1"), client("K2", 2))
    held.write("consents.csv", FORM, FORM.replace("1,K1", "2,K2"))
    held.write("activities.csv", activity(ENDS_TODAY), activity("", "2"))
    held.imported()
    held.write("activities.csv", activity(ENDS_TODAY), activity(ENDS_TODAY, "2"))
    held.imported()
    assert ViewRight.objects.filter(held="threshold").count() == 2
