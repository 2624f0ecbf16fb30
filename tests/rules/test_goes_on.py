"""What no rule can end: enumerated over days around the one that is asked about."""

from itertools import product

import pytest

from inzage.rules.closing import outcome_of
from inzage.rules.facts import Case, goes_on
from inzage.rules.names import Ground
from tests.rules.cases import BOOKS, case, day, executed, grant, owned

ON = "2025-03-01"
AROUND = ("2025-02-28", ON, "2025-03-02")
LATER = (None, "2025-03-02", "2025-06-01")
CASES = [
    case(grant("2025-01-15", withdrawn, ground), does=done, owns=owns, died=died)
    for withdrawn, ground, died in product(LATER, (Ground.FORM, Ground.RESTORED), LATER)
    for done in [(), *((executed(started=begun, closed=end),) for begun, end in product(AROUND, LATER))]
    for owns in [(), *((owned(begun, end),) for begun, end in product(AROUND, LATER))]
    if not any(fact[2] and fact[1] > fact[2] for fact in (*done, *owns))
]


def test_what_goes_on_has_no_last_day_however_its_facts_lie() -> None:
    going_on = [each for each in CASES if goes_on(each, day(ON))]
    assert going_on
    assert all(outcome_of(each, BOOKS, since=day(ON)).last_day is None for each in going_on)


@pytest.mark.parametrize(("begun", "is_so"), [("2025-02-28", True), (ON, True), ("2025-03-02", False)])
def test_it_goes_on_from_the_day_on_which_it_begins(begun: str, is_so: bool) -> None:
    assert goes_on(case(grant("2025-01-15"), does=(executed(started=begun),)), day(ON)) is is_so
    assert goes_on(case(grant("2025-01-15"), owns=(owned(begun),)), day(ON)) is is_so


@pytest.mark.parametrize(
    "ends",
    [
        case(grant("2025-01-15"), does=(executed(started="2025-02-01", closed="2025-06-01"),)),
        case(grant("2025-01-15", withdrawn="2025-06-01"), does=(executed(started="2025-02-01"),)),
        case(grant("2025-01-15"), does=(executed(started="2025-02-01"),), died="2025-06-01"),
        case(grant("2025-03-02"), does=(executed(started="2025-02-01"),)),
    ],
)
def test_an_end_that_is_known_and_a_ground_to_come_are_judged(ends: Case) -> None:
    assert not goes_on(ends, day(ON))
