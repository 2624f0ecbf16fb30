"""Which rule, which event, which last day (S18 to S21), one sentence of the mission at a time."""

from datetime import timedelta

import pytest

from inzage.rules.closing import NoGround, judge, outcome_of
from inzage.rules.facts import Anchor, facts_on
from inzage.rules.names import ClosingReason, Event, Ground, Relation
from inzage.rules.reading_books import read_book
from inzage.rules.rulebook import RuleBooks
from tests.rules.cases import BOOKS, case, day, executed, grant, outcome, owned
from tests.rules.test_rulebook import BOOK


def test_executor_on_nothing_ends_six_months_after_the_grant() -> None:
    ends = outcome(case(grant("2025-01-15")))
    assert (ends.verdict.relation, ends.verdict.rule.id) == (Relation.NONE, "closing.no-activity")
    assert ends.verdict.anchor == Anchor(Event.GRANTED, day("2025-01-15"))
    assert (ends.last_day, ends.closed_on(), ends.reason) == (
        day("2025-07-15"),
        day("2025-07-16"),
        ClosingReason.TERM,
    )


def test_the_last_of_several_grants_counts() -> None:
    ends = outcome(case(grant("2025-01-15"), grant("2025-03-01", ground=Ground.MEDIATOR)))
    assert ends.verdict.anchor == Anchor(Event.GRANTED, day("2025-03-01"))
    assert ends.last_day == day("2025-09-01")


def test_a_running_activity_keeps_the_right_open_a_requested_one_too() -> None:
    for running in (executed(started="2025-02-01"), executed(requested="2025-02-01")):
        ends = outcome(case(grant("2025-01-15"), does=(running,)))
        assert (ends.verdict.relation, ends.verdict.rule.id) == (Relation.EXECUTOR, "closing.executor")
        assert (ends.verdict.anchor, ends.last_day, ends.closed_on()) == (None, None, None)


def test_executor_ends_six_months_after_the_last_closing() -> None:
    done = (
        executed(started="2025-02-01", closed="2025-03-10"),
        executed(started="2025-02-01", closed="2025-02-28"),
    )
    ends = outcome(case(grant("2025-01-15"), does=done))
    assert ends.verdict.anchor == Anchor(Event.ACTIVITY_CLOSED, day("2025-03-10"))
    assert ends.last_day == day("2025-09-10")
    assert not ends.verdict.rule_gap


def test_another_activity_that_still_runs_keeps_it_open_a_trajectory_activity_too() -> None:
    closed, running = (
        executed(started="2025-02-01", closed="2025-03-10"),
        executed(started="2025-02-01", trajectory=True),
    )
    assert outcome(case(grant("2025-01-15"), does=(closed, running))).last_day is None


@pytest.mark.parametrize(
    ("closed", "anchor", "last_day"),
    [
        ("2025-01-14", Anchor(Event.GRANTED, day("2025-01-15")), "2025-07-15"),
        ("2025-01-15", Anchor(Event.ACTIVITY_CLOSED, day("2025-01-15")), "2025-07-15"),
        ("2025-01-16", Anchor(Event.ACTIVITY_CLOSED, day("2025-01-16")), "2025-07-16"),
    ],
)
def test_a_closing_before_the_grant_counts_from_the_grant(closed: str, anchor: Anchor, last_day: str) -> None:
    ends = outcome(case(grant("2025-01-15"), does=(executed(started="2024-12-01", closed=closed),)))
    assert ends.verdict.relation is Relation.EXECUTOR
    assert (ends.verdict.anchor, ends.last_day) == (anchor, day(last_day))


def test_an_owner_keeps_the_right_and_a_former_owner_has_the_services_term() -> None:
    given = grant("2025-01-15", ground=Ground.ASSIGNMENT)
    standing = outcome(case(given, owns=(owned("2025-01-15"),)))
    assert (standing.verdict.relation, standing.verdict.rule.id) == (Relation.OWNER, "closing.owner.TIBB4")
    assert (standing.verdict.anchor, standing.last_day) == (None, None)
    ended = outcome(case(given, owns=(owned("2025-01-15", "2025-04-30"),)))
    assert ended.verdict.relation is Relation.FORMER_OWNER
    assert ended.verdict.anchor == Anchor(Event.OWNERSHIP_ENDED, day("2025-04-30"))
    assert ended.last_day == day("2025-10-31")


def test_owner_goes_before_executor() -> None:
    ends = outcome(
        case(grant("2025-01-15"), owns=(owned("2025-01-15"),), does=(executed(started="2025-02-01"),))
    )
    assert ends.verdict.relation is Relation.OWNER


def test_the_later_assigned_of_two_running_services_names_the_rule() -> None:
    both = (owned("2025-02-01", service="WIJ3"), owned("2025-01-15", service="TIBB4"))
    for owns in (both, both[::-1]):
        assert outcome(case(grant("2025-01-15"), owns=owns)).verdict.rule.id == "closing.owner.WIJ3"


@pytest.mark.parametrize(("until", "relation"), [("2025-01-14", "none"), ("2025-01-15", "former_owner")])
def test_an_ownership_that_ended_before_the_right_began_does_not_count(until: str, relation: str) -> None:
    ends = outcome(case(grant("2025-01-15"), owns=(owned("2024-06-01", until),)))
    assert ends.verdict.relation == relation


@pytest.mark.parametrize(
    ("closed", "relation", "last_day"),
    [
        ("2025-03-30", Relation.FORMER_OWNER, "2025-09-30"),
        ("2025-03-31", Relation.FORMER_OWNER, "2025-09-30"),
        ("2025-04-01", Relation.EXECUTOR, "2025-10-01"),
    ],
)
def test_of_two_ends_the_later_last_day_counts_and_the_owners_on_a_tie(
    closed: str, relation: Relation, last_day: str
) -> None:
    owns, does = (owned("2025-01-15", "2025-03-30"),), (executed(started="2025-02-01", closed=closed),)
    ends = outcome(case(grant("2025-01-15"), owns=owns, does=does))
    assert (ends.verdict.relation, ends.last_day) == (relation, day(last_day))


def test_a_former_owner_who_still_executes_stays_open_as_executor() -> None:
    owns, does = (owned("2025-01-15", "2025-03-30"),), (executed(started="2025-02-01"),)
    ends = outcome(case(grant("2025-01-15"), owns=owns, does=does))
    assert (ends.verdict.relation, ends.verdict.anchor, ends.last_day) == (Relation.EXECUTOR, None, None)


def test_the_ended_service_whose_term_ends_last_names_the_rule_the_later_assigned_on_a_tie() -> None:
    early, late = owned("2025-01-15", "2025-03-01", "WIJ3"), owned("2025-01-20", "2025-03-10", "TIBB4")
    for owns in ((early, late), (late, early)):
        assert outcome(case(grant("2025-01-15"), owns=owns)).verdict.rule.id == "closing.owner.TIBB4"
    tied = late._replace(ended_on=early.ended_on)
    for owns in ((early, tied), (tied, early)):
        assert outcome(case(grant("2025-01-15"), owns=owns)).verdict.rule.id == "closing.owner.TIBB4"


def test_the_no_activity_rule_is_not_for_a_former_owner() -> None:
    ends = outcome(case(grant("2025-01-15"), grant("2025-03-01"), owns=(owned("2025-01-15", "2025-02-01"),)))
    assert ends.verdict.rule.id == "closing.owner.TIBB4"
    assert ends.verdict.anchor == Anchor(Event.GRANTED, day("2025-03-01"))


def test_trajectory_activities_only_is_treated_as_executor_and_reported_as_a_gap() -> None:
    ends = outcome(
        case(
            grant("2025-01-15"), does=(executed(started="2025-02-01", closed="2025-03-10", trajectory=True),)
        )
    )
    assert (ends.verdict.rule.id, ends.last_day) == ("closing.executor", day("2025-09-10"))
    assert ends.verdict.rule_gap
    running = outcome(case(grant("2025-01-15"), does=(executed(started="2025-02-01", trajectory=True),)))
    assert running.verdict.rule_gap


def test_one_other_activity_closes_the_gap() -> None:
    both = (
        executed(started="2025-02-01", closed="2025-03-10", trajectory=True),
        executed(started="2025-02-01", closed="2025-03-01"),
    )
    for does in (both, both[::-1]):
        assert not outcome(case(grant("2025-01-15"), does=does)).verdict.rule_gap


def test_cancelled_after_it_ran_counts_as_an_end_that_day() -> None:
    ends = outcome(case(grant("2025-01-15"), does=(executed(started="2025-02-01", cancelled="2025-03-10"),)))
    assert ends.verdict.anchor == Anchor(Event.ACTIVITY_CANCELLED, day("2025-03-10"))


def test_cancelled_before_it_ran_never_counted() -> None:
    ends = outcome(
        case(grant("2025-01-15"), does=(executed(requested="2025-02-01", cancelled="2025-03-10"),))
    )
    assert (ends.verdict.rule.id, ends.last_day) == ("closing.no-activity", day("2025-07-15"))
    assert not ends.verdict.rule_gap


def test_no_fact_ends_a_right_before_that_facts_own_day() -> None:
    ends = outcome(
        case(grant("2025-01-15"), does=(executed(requested="2025-02-01", cancelled="2025-09-10"),))
    )
    assert (ends.verdict.anchor, ends.last_day) == (
        Anchor(Event.GRANTED, day("2025-01-15")),
        day("2025-09-10"),
    )


@pytest.mark.parametrize(
    ("recorded", "last_day"),
    [
        (None, "2025-08-01"),
        ("2025-07-31", "2025-08-01"),
        ("2025-08-01", "2025-08-01"),
        ("2025-08-02", "2025-08-02"),
    ],
)
def test_no_fact_ends_a_right_before_it_was_recorded(recorded: str | None, last_day: str) -> None:
    done = executed(started="2025-01-20", closed="2025-02-01", recorded=recorded)
    assert outcome(case(grant("2025-01-15"), does=(done,))).last_day == day(last_day)


def test_an_end_of_ownership_recorded_late_bites_from_its_recording() -> None:
    owns = (owned("2025-01-15", "2025-02-01", recorded="2025-10-10"),)
    assert outcome(case(grant("2025-01-15"), owns=owns)).last_day == day("2025-10-10")


def test_withdrawal_of_the_only_ground_ends_at_once_judged_on_the_eve() -> None:
    ends = outcome(
        case(
            grant("2025-01-15", withdrawn="2025-03-01"),
            does=(executed(started="2025-02-01", closed="2025-03-01"),),
        )
    )
    assert (ends.last_day, ends.closed_on(), ends.reason) == (
        day("2025-02-28"),
        day("2025-03-01"),
        ClosingReason.WITHDRAWN,
    )
    assert (ends.verdict.relation, ends.verdict.anchor) == (Relation.EXECUTOR, None)


def test_a_ground_given_on_the_day_of_the_withdrawal_comes_too_late() -> None:
    ends = outcome(case(grant("2025-01-15", withdrawn="2025-03-01"), grant("2025-03-01")))
    assert (ends.last_day, ends.reason) == (day("2025-02-28"), ClosingReason.WITHDRAWN)


def test_withdrawal_with_another_ground_only_moves_the_last_grant() -> None:
    stays = case(grant("2025-01-15"), grant("2025-03-01", withdrawn="2025-04-01"))
    assert (outcome(stays).last_day, outcome(stays).reason) == (day("2025-07-15"), ClosingReason.TERM)
    late = case(grant("2025-01-15"), grant("2025-06-01", withdrawn="2025-09-01"))
    assert (outcome(late).last_day, outcome(late).verdict.anchor) == (
        day("2025-09-01"),
        Anchor(Event.GRANTED, day("2025-01-15")),
    )


def test_a_death_ends_at_once_and_a_withdrawal_of_that_day_goes_first() -> None:
    ends = outcome(case(grant("2025-01-15"), died="2025-03-01"))
    assert (ends.last_day, ends.reason) == (day("2025-02-28"), ClosingReason.DECEASED)
    both = outcome(case(grant("2025-01-15", withdrawn="2025-03-01"), died="2025-03-01"))
    assert (both.last_day, both.reason) == (day("2025-02-28"), ClosingReason.WITHDRAWN)


@pytest.mark.parametrize(("died", "reason"), [("2025-07-15", "deceased"), ("2025-07-16", "term")])
def test_what_happens_after_the_last_day_changes_nothing(died: str, reason: str) -> None:
    assert outcome(case(grant("2025-01-15"), died=died)).reason == reason


@pytest.mark.parametrize(("started", "last_day"), [("2025-07-15", None), ("2025-07-16", "2025-07-15")])
def test_an_activity_keeps_a_right_open_if_it_begins_on_the_last_day_not_after(
    started: str, last_day: str | None
) -> None:
    ends = outcome(case(grant("2025-01-15"), does=(executed(started=started),)))
    assert ends.last_day == (day(last_day) if last_day else None)


def test_a_closing_in_the_future_counts_in_the_outcome_and_not_yet_in_the_facts() -> None:
    planned = case(grant("2025-01-15"), does=(executed(started="2025-02-01", closed="2025-05-05"),))
    eve = day("2025-05-05") - timedelta(days=1)
    assert outcome_of(planned, BOOKS, since=day("2025-02-01")).last_day == day("2025-11-05")
    assert outcome_of(planned, BOOKS, since=day("2025-02-01"), until=eve).last_day is None
    assert facts_on(planned, eve).executes
    assert not facts_on(planned, day("2025-05-05")).executes


@pytest.mark.parametrize(("closed", "last_day"), [("2025-02-28", "2025-08-31"), ("2025-03-01", "2025-06-01")])
def test_the_book_in_force_on_the_day_of_the_event_governs(closed: str, last_day: str) -> None:
    books = RuleBooks(
        [
            read_book(BOOK.format(starts_on=starts_on, months=months), name="test.toml")
            for starts_on, months in (("2020-01-01", 6), ("2025-03-01", 3))
        ]
    )
    of = case(grant("2025-01-15"), does=(executed(started="2025-02-01", closed=closed),))
    assert outcome_of(of, books, since=of.granted_on).last_day == day(last_day)
    running = case(grant("2025-01-15"), does=(executed(started="2025-02-01"),))
    for on, version in (("2025-02-28", "2020-01-01"), ("2025-03-01", "2025-03-01")):
        assert judge(facts_on(running, day(on)), books, on=day(on)).rule.version == version
    owner = case(grant("2025-01-15"), owns=(owned("2025-01-15"),))
    for on, version in (("2025-02-28", "2020-01-01"), ("2025-03-01", "2025-03-01")):
        assert judge(facts_on(owner, day(on)), books, on=day(on)).rule.version == version


def test_the_outcome_is_over_the_day_after_the_last_day() -> None:
    ends = outcome(case(grant("2025-01-15")))
    assert not ends.is_over(day("2025-07-15"))
    assert ends.is_over(day("2025-07-16"))
    assert not outcome(case(grant("2025-01-15"), owns=(owned("2025-01-15"),))).is_over(day("2099-01-01"))


def test_a_right_without_grounds_is_not_judged() -> None:
    bare = case(grant("2025-01-15", withdrawn="2025-01-15"))
    with pytest.raises(NoGround, match=r"^no ground is left: a right without grounds is closed, not judged$"):
        judge(facts_on(bare, day("2025-01-15")), BOOKS, on=day("2025-01-15"))
