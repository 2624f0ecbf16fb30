"""Where two things fall on one day, the content decides, never the order in which they were read."""

import pytest

from inzage.rules.closing import outcome_of
from tests.rules.cases import BOOKS, case, day, executed, grant, outcome, owned


@pytest.mark.parametrize("flip", [1, -1])
def test_of_owner_terms_that_end_on_one_day_the_later_assigned_is_named_then_the_first_by_code(
    flip: int,
) -> None:
    later = (owned("2025-02-01", "2025-04-01", "SIF"), owned("2025-03-01", "2025-04-01", "WIJ3"))[::flip]
    tied = (owned("2025-02-01", "2025-04-01", "WIJ3"), owned("2025-02-01", "2025-04-01", "SIF"))[::flip]
    assert outcome(case(grant("2025-01-15"), owns=later)).verdict.rule.id == "closing.owner.WIJ3"
    assert outcome(case(grant("2025-01-15"), owns=tied)).verdict.rule.id == "closing.owner.SIF"


def test_what_happens_on_the_last_day_looked_at_takes_part() -> None:
    closing = case(grant("2025-01-15"), does=(executed(started="2025-02-01", closed="2025-03-01"),))
    known = outcome_of(closing, BOOKS, since=day("2025-01-15"), until=day("2025-03-01"))
    not_yet = outcome_of(closing, BOOKS, since=day("2025-01-15"), until=day("2025-02-28"))
    assert (known.last_day, not_yet.last_day) == (day("2025-09-01"), None)
