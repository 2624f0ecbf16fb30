"""A right that a move of running terms cuts off says so: its fact was known in time, and no other reason is made up."""

import pytest

from inzage.rule_books.publishing import take_back
from inzage.view_rights.explaining import LANGUAGES, explain, sentences, state_in_words
from inzage.view_rights.models import ViewRight, ViewRightVersion
from tests.view_rights.test_carrying_out import carried_out, decide
from tests.world import World, day, origin

MOVED = "On 20 March 2026 running terms move to the rule book of 1 March 2026; no term ends before that day."


@pytest.fixture
def right(world: World) -> ViewRight:
    """By the first book until 15 July; by the shorter one, of 1 March, it would be until 15 March."""
    right = world.grant("2025-06-10")
    world.close(world.activity("2025-07-01"), "2026-01-15")
    decide("publish", "2026-03-01")
    return right


def said(right: ViewRight, language: str = "en") -> str:
    right.refresh_from_db()
    return " ".join(explain(right, today=day("2026-02-05"), language=language))


def test_the_day_of_the_move_is_the_reason_and_no_late_news(right: ViewRight) -> None:
    decide("migrate", "2026-03-20")
    carried_out("2026-02-04")
    assert "The last day is 20 March 2026, counted from" in said(right)
    assert MOVED in said(right)
    for language in LANGUAGES:
        late = sentences(language)["right"]["known_late"].partition("{")[0]
        assert late not in said(right, language)


def test_a_term_that_is_over_after_the_move_needs_no_reason(right: ViewRight) -> None:
    decide("migrate", "2026-03-10")
    carried_out("2026-02-04")
    assert "The last day is 15 March 2026, counted from" in said(right)
    assert "running terms move" not in said(right)


def test_what_became_known_after_the_move_is_late_news_still(world: World) -> None:
    right = world.grant("2025-06-10")
    line = world.activity("2025-07-01")
    decide("publish", "2026-03-01")
    decide("migrate", "2026-03-20")
    carried_out("2026-02-04")
    world.close(line, "2026-01-15", entered="2026-04-01")
    assert "That became known on 1 April 2026 only" in said(right)
    assert "running terms move" not in said(right)


def test_a_move_that_was_taken_back_stays_the_reason_of_what_it_once_gave(right: ViewRight) -> None:
    moving = decide("migrate", "2026-03-20")
    carried_out("2026-02-04")
    take_back(moving, "Te streng", origin=origin("2026-02-05"))
    assert MOVED in said(right)  # until the worker has carried that out
    carried_out("2026-02-05")
    assert "running terms move" not in said(right)
    told = [" ".join(state_in_words(one, "en")) for one in ViewRightVersion.objects.filter(right=right.pk)]
    assert any(MOVED in one for one in told)
    assert not any("became known" in one for one in told)
