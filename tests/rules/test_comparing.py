"""The check that needs no population: faults planted in drafts, each found with its smallest example."""

from dataclasses import replace
from datetime import date

import pytest

from inzage.rules.combinations import Bound, every_combination
from inzage.rules.comparing import Change, Comparison, Example, compare
from inzage.rules.names import Event
from inzage.rules.periods import Period
from inzage.rules.rulebook import RuleBook, RuleBooks
from inzage.rules.telling import UNKNOWN, telling
from inzage.rules.unreadable import UnreadableBook
from tests.rules.cases import BOOKS, day
from tests.rules.drafts import STARTS_ON, draft, row, term

SMALL = Bound(activities=1, ownerships=1, grants=2)
SHORT_OWNERS = RuleBooks([draft(term("owner", "months = 3"), starts_on=date(2000, 1, 1))])


def found(
    of: RuleBook, *, books: RuleBooks = BOOKS, moved_on: date | None = None, bound: Bound = SMALL
) -> Comparison:
    return compare(of, books, moved_on=moved_on, bound=bound)


def changes(of: Comparison) -> set[Change]:
    return {change for change, _rule in of.examples}


def days(example: Example) -> tuple[date | None, date | None]:
    """The last day now, and by the draft."""
    now, then = (right and right.outcome.last_day for right in (example.now, example.then))
    return now, then


def test_a_draft_that_says_the_same_changes_nothing() -> None:
    same = found(draft())
    assert (same.differing, same.examples, same.unasked) == (0, {}, [])


def test_a_longer_term_for_one_kind_of_end_of_one_service_is_found() -> None:
    """Fault 1: nine months where the others have six."""
    planted = draft(
        row(
            "TIBB4", 'months = 6, after = { work_started = { months = 9, source = "x", status = "unknown" } }'
        )
    )
    ((key, example),) = found(planted).examples.items()
    assert key == (Change.LENGTHENS, "closing.owner.TIBB4.work_started")
    (ownership,) = example.combination.history.ownerships
    assert (ownership.service, ownership.ended_by) == ("TIBB4", "work_started")
    assert (ownership.ended_on, *days(example)) == (STARTS_ON, day("2027-09-01"), day("2027-12-01"))


@pytest.mark.parametrize(
    ("said", "longer"), [("days = 180", False), ("days = 181", False), ("days = 182", True)]
)
def test_days_where_months_were_meant_are_found_where_they_are_longer(said: str, longer: bool) -> None:
    """Fault 2: half a year in days is longer than the months of a short February, and only then."""
    of = found(draft(term("no_activity", said)), bound=Bound(activities=0, ownerships=0, grants=1))
    assert {Change.SHORTENS} <= changes(of)
    assert (Change.LENGTHENS in changes(of)) is longer
    if longer:
        example = of.examples[Change.LENGTHENS, "closing.no-activity"]
        (granted,) = example.combination.history.grants
        assert (granted.granted_on, *days(example)) == (
            day("2028-08-31"),
            day("2029-02-28"),
            day("2029-03-01"),
        )


def test_a_fallback_that_lengthens_services_without_a_rule_of_their_own_is_found() -> None:
    """Fault 3: every service that is known keeps its number, so only those that nobody thought of get longer."""
    kept = {code: replace(rule, period=Period(6)) for code, rule in BOOKS.on(STARTS_ON).owners.items()}
    planted = replace(draft(term("owner", "months = 12")), owners=kept)
    ((key, example),) = found(planted).examples.items()
    assert key == (Change.LENGTHENS, f"closing.owner.{UNKNOWN}")
    assert days(example) == (day("2027-09-01"), day("2028-03-01"))


def test_a_migration_that_lengthens_what_runs_is_found_and_it_revives_nothing() -> None:
    """Fault 4: a right on its very last day gets two months more; one that ended the day before gets nothing."""
    planted = draft(term("owner", "months = 8"))
    moved = found(planted, moved_on=STARTS_ON)
    example = moved.examples[Change.LENGTHENS_RUNNING, "closing.owner.ACT"]
    assert example.combination.history.ownerships[0].ended_on == day("2026-09-01")
    assert days(example) == (STARTS_ON, day("2027-05-01"))
    assert changes(found(planted)) == {Change.LENGTHENS}


def test_cancelled_activities_that_keep_a_right_longer_than_closed_ones_are_found() -> None:
    """Fault 5."""
    after = (
        '[executor.after.activity_cancelled]\nmonths = 12\nsource = "x"\nstatus = "unknown"\n\n[no_activity]'
    )
    ((key, example),) = found(draft(("[no_activity]", after))).examples.items()
    assert key == (Change.LENGTHENS, "closing.executor.activity_cancelled")
    assert [done.ended_by for done in example.combination.history.executions] == [Event.ACTIVITY_CANCELLED]


def test_a_shorter_term_can_lengthen_what_comes_after_it() -> None:
    """A consent after the shorter term opens a right of its own, that has no ownership any more and lives longer."""
    of = found(draft(term("owner", "months = 1")), books=SHORT_OWNERS)
    assert Change.SHORTENS in changes(of)
    (example,) = of.of(Change.LENGTHENS)
    assert example.rule == "closing.no-activity"
    assert example.now
    assert example.then
    assert example.now.case.granted_on < example.then.case.granted_on


def test_a_registration_that_grants_by_itself_opens_what_is_closed_now() -> None:
    """S23."""
    (example,) = found(draft(("grants_at_once = false", "grants_at_once = true"))).examples.values()
    assert (example.change, example.combination.registered_on, example.now) == (Change.OPENS, STARTS_ON, None)


@pytest.mark.parametrize("moved_on", [None, STARTS_ON])
def test_a_shorter_term_takes_days_off_one_that_runs_with_a_migration_or_by_a_later_event(
    moved_on: date | None,
) -> None:
    of = found(draft(term("executor", "months = 1")), moved_on=moved_on)
    (example,) = of.of(Change.SHORTENS_RUNNING)
    assert of.unasked == [example]
    (done,) = example.combination.history.executions
    assert done.ended_on
    assert (done.ended_on < STARTS_ON) is (moved_on is not None)
    if moved_on:
        assert days(example) == (day("2027-03-02"), STARTS_ON)


def test_with_every_fact_within_the_bounds_the_smallest_example_stays_the_same() -> None:
    planted = draft(term("owner", "months = 8"))
    every, few = found(planted, bound=Bound()), found(planted)
    assert every.combinations > few.combinations
    assert every.examples == few.examples


def test_within_the_bounds_are_two_activities_two_ownerships_and_three_grants_withdrawals_and_deaths() -> (
    None
):
    histories = [one.history for one in every_combination(telling(draft(), BOOKS, None), Bound())]
    shapes = {(len(one.executions), len(one.ownerships), len(one.grants)) for one in histories}
    assert {(2, 2, 3), (2, 0, 3), (0, 2, 3), (2, 1, 3), (0, 0, 3)} <= shapes
    assert max(shapes) == (2, 2, 3)
    assert any(one.deceased_on for one in histories)
    assert any(owned.assigned_on == owned.ended_on for one in histories for owned in one.ownerships)
    assert any(grant.withdrawn_on for one in histories for grant in one.grants)
    assert {done.trajectory for one in histories for done in one.executions} == {True, False}


def test_no_combination_of_several_facts_comes_twice() -> None:
    every = [one for one in every_combination(telling(draft(), BOOKS, None), SMALL) if one.history.ownerships]
    several = [one for one in every if len(one.history.ownerships) + len(one.history.executions) > 1]
    assert len(several) == len(set(several)) > 1000


def test_a_draft_that_starts_with_another_book_is_refused() -> None:
    with pytest.raises(UnreadableBook, match="two books start on 2000-01-01"):
        found(draft(starts_on=date(2000, 1, 1)))
