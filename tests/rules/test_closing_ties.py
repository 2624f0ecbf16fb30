"""Where two things fall on one day, the content decides, never the order in which they were read."""

import pytest

from inzage.rules.closing import outcome_of
from inzage.rules.facts import Anchor
from inzage.rules.names import Event
from tests.rules.cases import BOOKS, case, day, executed, grant, outcome, owned


@pytest.mark.parametrize("flip", [1, -1])
def test_of_owner_terms_that_end_on_one_day_the_later_assigned_is_named_then_the_first_by_code(
    flip: int,
) -> None:
    later = (owned("2025-02-01", "2025-04-01", "SIF"), owned("2025-03-01", "2025-04-01", "WIJ3"))[::flip]
    tied = (owned("2025-02-01", "2025-04-01", "WIJ3"), owned("2025-02-01", "2025-04-01", "SIF"))[::flip]
    assert outcome(case(grant("2025-01-15"), owns=later)).verdict.rule.id == "closing.owner.WIJ3"
    assert outcome(case(grant("2025-01-15"), owns=tied)).verdict.rule.id == "closing.owner.SIF"


@pytest.mark.parametrize("flip", [1, -1])
@pytest.mark.parametrize("later", ["2025-08-27", "2025-08-28", "2025-08-30", "2025-08-31"])
def test_of_two_assignments_under_one_service_the_one_that_ended_later_is_named(
    later: str, flip: int
) -> None:
    """From the 28th of August on all terms of six months end on the last of February (decision 0002)."""
    twice = (owned("2025-02-01", "2025-08-26"), owned("2025-02-01", later))[::flip]
    tied = (owned("2025-02-01", "2025-08-28"), owned("2025-02-01", later))[::flip]
    named = [outcome(case(grant("2025-01-15"), owns=owns)).verdict.anchor for owns in (twice, tied)]
    ends = [day(later), max(day("2025-08-28"), day(later))]
    assert named == [Anchor(Event.OWNERSHIP_ENDED, on) for on in ends]


@pytest.mark.parametrize("flip", [1, -1])
def test_an_ownership_that_stands_twice_ends_once_whichever_of_them_says_when_it_was_recorded(
    flip: int,
) -> None:
    twice = (owned("2025-02-01", "2025-04-01"), owned("2025-02-01", "2025-04-01", recorded="2025-12-01"))
    ends = outcome(case(grant("2025-01-15"), owns=twice[::flip]))
    assert ends.verdict.anchor == Anchor(Event.OWNERSHIP_ENDED, day("2025-04-01"))
    assert ends.last_day == day("2025-12-01")


def test_what_happens_on_the_last_day_looked_at_takes_part() -> None:
    closing = case(grant("2025-01-15"), does=(executed(started="2025-02-01", closed="2025-03-01"),))
    known = outcome_of(closing, BOOKS, since=day("2025-01-15"), until=day("2025-03-01"))
    not_yet = outcome_of(closing, BOOKS, since=day("2025-01-15"), until=day("2025-02-28"))
    assert (known.last_day, not_yet.last_day) == (day("2025-09-01"), None)
