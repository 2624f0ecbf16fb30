"""What `inzage explain` says fits the day it says, also where an end became known late or is only announced."""

import pytest

from inzage.view_rights.explaining import explain
from inzage.view_rights.withdrawing import withdraw
from tests.world import World, day, origin


def said(world: World, on: str) -> str:
    """The explanation of Spoor's right on Piet's dossier, on that day."""
    right = world.right()
    right.refresh_from_db()
    return " ".join(explain(right, today=day(on), language="en"))


@pytest.mark.parametrize(
    ("entered", "last_day", "late"),
    [
        ("2025-02-10", "10 August 2025", False),
        ("2025-08-10", "10 August 2025", False),  # entered on the last day itself
        ("2025-08-11", "11 August 2025", True),
    ],
)
def test_an_end_that_became_known_late_says_why_the_day_is_later(
    world: World, entered: str, last_day: str, late: bool
) -> None:
    world.grant("2025-01-10")
    world.close(world.activity("2025-01-15"), "2025-02-10", entered=entered)
    text = said(world, entered)
    assert f"The last day is {last_day}, counted from" in text
    assert (f"became known on {last_day} only" in text) is late


@pytest.mark.parametrize(("on", "ground"), [("2025-01-20", "form"), ("2025-01-31", "form")])
def test_a_ground_counts_until_the_day_its_withdrawal_was_announced_for(
    world: World, on: str, ground: str
) -> None:
    right = world.grant("2025-01-10")
    form = right.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-01-15"))
    assert f"on the ground of: {ground}." in said(world, on)


@pytest.mark.parametrize(("on", "grounds"), [("2025-02-28", "form"), ("2025-03-01", "form, assignment")])
def test_a_ground_still_to_come_is_not_named_yet(world: World, on: str, grounds: str) -> None:
    world.grant("2025-01-10")
    world.assign("2025-02-01", from_="2025-03-01")
    world.night(on)
    assert f"on the ground of: {grounds}." in said(world, on)
