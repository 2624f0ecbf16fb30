"""What a rule book can say of terms: in months or days, for one kind of end alone, who approved it; and migrations."""

from datetime import date, timedelta

import pytest

from inzage.rules.closing import judge, outcome_of
from inzage.rules.facts import facts_on
from inzage.rules.names import Event, OwnershipEnd, Status
from inzage.rules.periods import Period
from inzage.rules.reading_books import packaged_books, read_book
from inzage.rules.rulebook import Migration, RuleBook, RuleBooks
from inzage.rules.unreadable import UnreadableBook
from tests.rules.cases import case, day, executed, grant, owned

BOOK = """
starts_on = 2020-01-01
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
months = 6
source = "a page"
status = "verified"
approved_by = "the board"
approved_on = 2019-12-02
[executor.after.activity_cancelled]
days = 30
source = "a letter"
status = "assumption"
[no_activity]
months = 6
source = "a page"
status = "verified"
[owner]
months = 9
source = "a guess"
status = "assumption"
[owner.after.not_started]
days = 14
source = "a guess"
status = "unknown"
[services.SIF]
status = "unknown"
maximum = { months = 12, source = "a subsidy", status = "verified" }
[services.TWE]
months = 12
source = "a contract"
status = "verified"
[services.TWE.after.work_started]
months = 3
source = "its annex"
status = "verified"
"""


def book(text: str = BOOK) -> RuleBook:
    return read_book(text, name="test.toml")


def test_a_term_of_days_does_not_count_the_day_of_the_event() -> None:
    assert Period(days=14).last_day(date(2025, 2, 20)) == date(2025, 3, 6)


@pytest.mark.parametrize(
    ("service", "ended_by", "rule", "period"),
    [
        ("TWE", "", "closing.owner.TWE", Period(12)),
        ("TWE", "work_started", "closing.owner.TWE.work_started", Period(3)),
        ("TWE", "not_started", "closing.owner.TWE", Period(12)),
        ("SIF", "", "closing.owner.SIF", Period(9)),
        ("SIF", "not_started", "closing.owner.SIF.not_started", Period(days=14)),
        ("NIEUW", "not_started", "closing.owner.NIEUW.not_started", Period(days=14)),
        ("NIEUW", "work_started", "closing.owner.NIEUW", Period(9)),
    ],
)
def test_a_services_rule_for_an_end_goes_before_its_own_and_the_fallbacks(
    service: str, ended_by: str, rule: str, period: Period
) -> None:
    found = book().owner_rule(service, ended_by)
    assert (found.id, found.period) == (rule, period)
    assert book().rule(rule) == found


def test_a_row_that_points_at_the_fallback_keeps_its_own_status_for_each_end() -> None:
    assert book().owner_rule("SIF", "not_started").status is Status.UNKNOWN
    assert book().owner_rule("SIF").status is Status.UNKNOWN


def test_every_kind_of_end_can_have_its_own_term() -> None:
    for end in OwnershipEnd:
        text = BOOK.replace("after.work_started", f"after.{end}")
        assert book(text).owner_rule("TWE", end).period == Period(3)


def test_an_executor_of_a_cancelled_activity_goes_by_the_rule_for_that() -> None:
    assert book().executor_rule(Event.ACTIVITY_CANCELLED).period == Period(days=30)
    assert book().executor_rule(Event.ACTIVITY_CLOSED).period == Period(6)


def test_a_rule_that_a_book_has_not_is_the_one_that_counts_that_end_in_it() -> None:
    plain = book(BOOK.replace("[executor.after.activity_cancelled]", "[services.OLD]"))
    assert plain.rule("closing.executor.activity_cancelled").period == Period(6)
    assert plain.rule("closing.owner.TWE.not_started").period == Period(12)


def test_a_value_says_who_approved_it_and_when() -> None:
    origin = book().executor.origin
    assert (origin.approved_by, origin.approved_on) == ("the board", date(2019, 12, 2))


def test_a_longest_trajectory_is_known_per_service_and_ends_nothing() -> None:
    assert {code: longest.period for code, longest in book().longest.items()} == {"SIF": Period(12)}
    long_owned = case(grant("2020-01-10"), owns=(owned("2020-01-10", service="SIF"),))
    books = RuleBooks([book()])
    assert outcome_of(long_owned, books, since=day("2020-01-10")).last_day is None


@pytest.mark.parametrize(
    ("ended_by", "last_day", "rule"),
    [
        ("", "2022-03-15", "closing.owner.TWE"),
        ("work_started", "2021-06-15", "closing.owner.TWE.work_started"),
        ("contract_ended", "2022-03-15", "closing.owner.TWE"),
    ],
)
def test_an_ownership_ends_by_the_term_of_its_own_kind_of_end(
    ended_by: str, last_day: str, rule: str
) -> None:
    ownership = owned("2020-01-10", "2021-03-15", service="TWE")._replace(ended_by=ended_by)
    ended = case(grant("2020-01-10"), owns=(ownership,))
    outcome = outcome_of(ended, RuleBooks([book()]), since=day("2020-01-10"))
    assert (outcome.last_day, outcome.verdict.rule.id) == (day(last_day), rule)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('[rounding]\nmonths = "nth-to-eve"\n', "[rounding]\n", "line 3: rounding.months is missing"),
        ('days = "after-the-event"\n', "", "line 3: rounding.days is missing"),
        ('"nth-to-eve"', '"clamp"', "line 4: rounding.months is 'clamp'; expected \"nth-to-eve\""),
        ("[executor.after.activity_cancelled]", "[executor.after.granted]", "is no end that we know"),
        ("after.work_started", "after.retired", "line 35: services.TWE.after.retired is no end that we know"),
        (
            "months = 12\nsource",
            "months = 12\ndays = 3\nsource",
            "has months and days; expected one of the two",
        ),
        ("months = 12\nsource", "mnths = 12\nsource", "line 32: services.TWE.mnths is not known here"),
        ("[services.TWE]", "[services.sif]", "is the second row for SIF; expected one row a service"),
        ("[services.TWE]", "[services.SIF]", "not TOML"),
        ('approved_by = "the board"\n', "", "executor.approved_by is missing; expected who approved it"),
        ("approved_on = 2019-12-02", "approved_on = 2019", "executor.approved_on is 2019; expected a date"),
        (
            "days = 14",
            "days = 0",
            "line 25: owner.after.not_started.days is 0; expected a whole number from 1 to",
        ),
        ('source = "its annex"\n', "", "line 35: services.TWE.after.work_started.source is missing"),
        ("months = 12, source", "months = 0, source", "line 30: services.SIF.maximum.months is 0"),
    ],
)
def test_a_book_with_two_rules_a_gap_or_a_slip_is_refused_with_its_line(
    old: str, new: str, said: str
) -> None:
    assert old in BOOK
    with pytest.raises(UnreadableBook, match=r"^test\.toml") as refused:
        book(BOOK.replace(old, new))
    assert said in str(refused.value)


def test_two_books_that_start_on_one_day_are_refused() -> None:
    with pytest.raises(UnreadableBook, match="two books start on 2020-01-01"):
        RuleBooks([book(), book()])


SHORTER = BOOK.replace("2020-01-01", "2025-03-01").replace("months = 6", "months = 2")
CLOSED = case(grant("2024-06-10"), does=(executed(started="2024-07-01", closed="2025-01-15"),))


def both(*moves: str) -> RuleBooks:
    """Six months, then two from March 2025 on; running terms moved on these days."""
    return RuleBooks([book(), book(SHORTER)], [Migration(day(on), date(2025, 3, 1)) for on in moves])


def test_a_new_book_moves_no_running_term() -> None:
    outcome = outcome_of(CLOSED, both(), since=day("2024-06-10"))
    assert (outcome.last_day, outcome.verdict.rule.version) == (day("2025-07-15"), "2020-01-01")


@pytest.mark.parametrize(
    ("moved", "last_day", "version"),
    [
        ("2025-03-10", "2025-03-15", "2025-03-01"),
        ("2025-03-15", "2025-03-15", "2025-03-01"),
        ("2025-03-16", "2025-03-16", "2025-03-01"),
        ("2025-07-15", "2025-07-15", "2025-03-01"),
        ("2025-07-16", "2025-07-15", "2020-01-01"),
    ],
)
def test_a_migration_moves_a_running_term_from_its_day_on_and_ends_nothing_before_it(
    moved: str, last_day: str, version: str
) -> None:
    outcome = outcome_of(CLOSED, both(moved), since=day("2024-06-10"))
    assert (outcome.last_day, outcome.verdict.rule.version) == (day(last_day), version)


def test_the_day_before_a_migration_a_right_is_judged_by_the_book_of_its_event() -> None:
    moved = day("2025-03-10")
    before = judge(facts_on(CLOSED, moved), both("2025-03-10"), on=moved - timedelta(days=1))
    on = judge(facts_on(CLOSED, moved), both("2025-03-10"), on=moved)
    assert (before.last_day, on.last_day) == (day("2025-07-15"), day("2025-03-15"))


def test_a_migration_leaves_alone_what_began_under_the_new_book() -> None:
    late = case(grant("2024-06-10"), does=(executed(started="2024-07-01", closed="2025-03-05"),))
    outcomes = [outcome_of(late, books, since=day("2024-06-10")) for books in (both(), both("2025-03-10"))]
    assert [outcome.last_day for outcome in outcomes] == [day("2025-05-05")] * 2


def test_a_migration_ends_nothing_before_its_day_where_a_shorter_term_had_run_out_meanwhile() -> None:
    """The ownership kept it open until the migration; the activity's term, by the new book, was over by then."""
    of = case(
        grant("2025-01-10"),
        owns=(owned("2025-01-10", "2025-02-20"),),
        does=(executed(started="2025-02-01", closed="2025-03-01"),),
    )
    books = [book(), book(SHORTER.replace("months = 9", "months = 1"))]
    moved = RuleBooks(books, [Migration(day("2025-06-02"), date(2025, 3, 1))])
    assert outcome_of(of, RuleBooks(books), since=day("2025-01-10")).last_day == day("2025-11-20")
    assert outcome_of(of, moved, since=day("2025-01-10")).last_day == day("2025-06-02")


def test_of_two_migrations_the_one_to_the_later_book_counts_whichever_came_last() -> None:
    later = SHORTER.replace("2025-03-01", "2025-04-01").replace("months = 2", "months = 5")
    moves = [Migration(day("2025-04-01"), date(2025, 4, 1)), Migration(day("2025-04-10"), date(2025, 3, 1))]
    books = RuleBooks([book(), book(SHORTER), book(later)], moves)
    assert outcome_of(CLOSED, books, since=day("2024-06-10")).last_day == day("2025-06-15")


def test_a_migration_can_lengthen_too() -> None:
    longer = RuleBooks(
        [book(), book(SHORTER.replace("months = 2", "months = 8"))],
        [Migration(day("2025-03-10"), date(2025, 3, 1))],
    )
    assert outcome_of(CLOSED, longer, since=day("2024-06-10")).last_day == day("2025-09-15")


def test_the_packaged_book_knows_the_longest_trajectories_that_were_found() -> None:
    longest = packaged_books().on(date(2026, 1, 1)).longest
    assert {code: one.period.months for code, one in longest.items()} == {
        "WIJ": 6,
        "TWE": 24,
        "SIF": 12,
        "ACT": 18,
    }
    assert all(one.origin.source for one in longest.values())


@pytest.mark.parametrize(
    ("rule", "period"),
    [
        ("closing.executor.activity_cancelled", Period(6)),
        ("closing.owner.TWE.work_started", Period(12)),
        ("closing.owner.fallback.not_started", Period(9)),
        ("closing.owner.A.B.C", Period(9)),
        ("closing.owner.TWE.B", Period(9)),
    ],
)
def test_a_rule_that_a_book_lacks_is_answered_with_the_one_that_stands_in(rule: str, period: Period) -> None:
    plain = BOOK.partition("[executor.after")[0] + "[no_activity]" + BOOK.partition("[no_activity]")[2]
    without = plain.replace("[owner.after.not_started]", "[services.X]").partition("[services.TWE.after")[0]
    assert book(without).rule(rule).period == period


@pytest.mark.parametrize("name", ["fallback", "not_started", '"A.B"', '""'])
def test_a_service_is_not_named_as_what_would_be_read_as_something_else(name: str) -> None:
    with pytest.raises(UnreadableBook, match="is no code of a service"):
        book(BOOK.replace("services.SIF", f"services.{name}"))


@pytest.mark.parametrize(
    "name", ["executor.after.'NO.activity_cancelled'", 'owner.after."NO.not_started"', "owner.after.'.x'"]
)
def test_a_kind_of_end_is_named_as_it_is_and_not_by_what_follows_a_point(name: str) -> None:
    more = f'[{name}]\nmonths = 1\nsource = "x"\nstatus = "verified"\n'
    with pytest.raises(UnreadableBook, match="is no end that we know"):
        book(BOOK + more)


def test_the_fallback_of_owners_has_no_longest_trajectory_that_would_be_lost() -> None:
    maximum = 'maximum = { months = 12, source = "x", status = "verified" }'
    with pytest.raises(UnreadableBook, match=r"owner\.maximum is not known here"):
        book(BOOK.replace("[owner]", f"[owner]\n{maximum}"))


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_no_book_starts_in_a_year_beyond_reckoning(year: str) -> None:
    with pytest.raises(UnreadableBook, match="a date from 1900 to 2199"):
        book(BOOK.replace("starts_on = 2020", f"starts_on = {year}"))
