"""What a rehearsal says of a right that is held: that it ends after thirty days, or what a move of its terms lifts."""

import pytest
from pytest_django import Settings

from inzage.oversight.rehearsing import rehearse
from inzage.rules.days import midnight
from inzage.view_rights.holding import check_evening
from tests.oversight.drafts import draft, draft_text, publish
from tests.world import World, day

GRANTED, ENDS, UNTIL = "2025-01-10", "2025-07-10", "2025-08-09"
"""An assignment that ended on that day; the last day that the rules give; 30 days later."""
TODAY = "2025-07-20"
LONGER, SHORTER, AS_IT_WAS = {"owner": "months = 8"}, {"owner": "months = 4"}, {"owner": "months = 6"}
LONGER_ENDS = "2025-09-10"


@pytest.fixture
def held(world: World, settings: Settings) -> World:
    """Spoor's right on Piet's dossier is held since the evening of ENDS."""
    settings.REQUIRE_VERIFIED_RULES = True
    assignment = world.assign("2024-06-01")
    world.end_assignment(assignment, GRANTED)
    assert check_evening(day(ENDS), clock=lambda: midnight(day(ENDS)).replace(hour=20)).held_by_rule == 1
    return world


@pytest.mark.parametrize(
    ("periods", "moves_on", "then"),
    [
        (LONGER, "2025-08-01", LONGER_ENDS),
        (LONGER, "2025-08-09", LONGER_ENDS),
        (LONGER, "2025-08-10", None),
        (SHORTER, "2025-08-01", None),
        (AS_IT_WAS, "2025-08-01", None),
    ],
)
def test_a_held_right_is_promised_the_day_that_publishing_and_the_nights_give(
    held: World, periods: dict[str, str], moves_on: str, then: str | None
) -> None:
    book = draft("2025-08-01", **periods)
    found = rehearse(book, today=day(TODAY), on=day(moves_on), processes=1)
    assert found.moves() == ({"later": 1} if then else {})
    assert dict(found.counts.days_now) == {day(UNTIL): 1}
    assert dict(found.counts.days_then) == {day(then or UNTIL): 1}
    publish(draft_text("2025-08-01", **periods), moves_on=day(moves_on), by=day(TODAY))
    held.night(before=moves_on)
    assert held.last_day() == (then or UNTIL)
