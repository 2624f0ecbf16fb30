"""A past day on which a right was held is answered with what it was: usable, while a person had not answered."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from inzage.oversight.past_days import as_of, compared, end_of
from inzage.view_rights.answering_held import answer_held
from inzage.view_rights.held import Answer
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these
from tests.view_rights.test_holding import ENDS, UNTIL, check, unverified
from tests.world import World, day, noon, origin

ANSWERED = "2025-07-15"


@pytest.fixture
def right(world: World, settings: Settings) -> ViewRight:
    """Spoor's right on Piet's dossier, held since the evening of ENDS."""
    settings.REQUIRE_VERIFIED_RULES = True
    right = unverified(world)
    check(ENDS)
    return right


def stands(right: ViewRight, on: str) -> tuple[bool, bool]:
    """Whether it stood on that day, as known at its end and as known now."""
    found = compared(these(right.dossier_id), day(on))
    return any(one.then for one in found), any(one.now for one in found)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(ENDS, True), ("2025-07-11", True), (UNTIL, True), ("2025-08-10", False)],
)
def test_without_an_answer_it_stood_until_it_ended_by_itself(
    world: World, right: ViewRight, on: str, expected: bool
) -> None:
    world.night("2025-08-10")
    assert stands(right, on) == (expected, expected)


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-07-11", True), ("2025-07-14", True), (ANSWERED, False), ("2025-07-16", False)]
)
def test_confirmed_later_it_stood_until_the_answer(right: ViewRight, on: str, expected: bool) -> None:
    answer_held([right.pk], Answer.CONFIRMED, "Nagekeken.", origin=origin(ANSWERED))
    assert stands(right, on) == (expected, expected)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-07-11", True),
        ("2025-07-14", True),
        (ANSWERED, True),
        ("2026-01-15", True),
        ("2026-01-16", False),
    ],
)
def test_kept_it_stood_before_and_after_the_answer(
    world: World, settings: Settings, right: ViewRight, on: str, expected: bool
) -> None:
    answer_held([right.pk], Answer.KEPT, "Blijft.", origin=origin(ANSWERED))
    settings.REQUIRE_VERIFIED_RULES = False
    world.night("2026-01-16")
    assert stands(right, on) == (expected, expected)


def test_before_its_evening_nobody_knew_that_it_would_be_held(right: ViewRight) -> None:
    eve = day(ENDS) - timedelta(days=1)
    known_then = as_of(these(right.dossier_id), eve, end_of(eve))
    assert [str(one.last_day) for one in known_then] == [ENDS]
    next_day = as_of(these(right.dossier_id), day(ENDS) + timedelta(days=1), noon("2025-07-09"))
    assert next_day == []
