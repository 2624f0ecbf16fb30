"""Rule books: dated, sourced, and refused with a sentence when they can't be carried out."""

from datetime import date, timedelta

import pytest

from inzage.rules.names import Status
from inzage.rules.reading_books import packaged_books, read_book
from inzage.rules.rulebook import EXECUTOR, NO_ACTIVITY, RuleBook, RuleBooks
from inzage.rules.unreadable import UnreadableBook

BOOK = """
starts_on = {starts_on}
[rounding]
months = "nth-to-eve"
[executor]
months = {months}
source = "a page"
status = "verified"
[no_activity]
months = 6
source = "a page"
status = "verified"
[owner]
months = 9
source = "a guess"
status = "assumption"
[services]
SIF = {{ status = "unknown" }}
TWE = {{ months = 12, source = "a contract", status = "verified" }}
"""


def book(starts_on: str = "2020-01-01", months: str = "6") -> RuleBook:
    return read_book(BOOK.format(starts_on=starts_on, months=months), name="test.toml")


def test_the_packaged_book_has_the_two_published_terms_verified_and_no_owner_rule_verified() -> None:
    packaged = packaged_books().on(date(2026, 1, 1))
    assert (packaged.executor.id, packaged.executor.period.months, packaged.executor.status) == (
        EXECUTOR,
        6,
        "verified",
    )
    assert (packaged.no_activity.id, packaged.no_activity.period.months) == (NO_ACTIVITY, 6)
    assert packaged.no_activity.status is Status.VERIFIED
    assert all(rule.status is not Status.VERIFIED for rule in packaged.owners.values())
    assert packaged.fallback.status is Status.ASSUMPTION


@pytest.mark.parametrize("code", ["TIBB4", "WIJ3", "TWE_WZ", "SIF", "ACT", "GOB"])
def test_each_known_service_has_a_row_that_points_at_the_fallback(code: str) -> None:
    packaged = packaged_books().on(date(2026, 1, 1))
    assert packaged.knows(code)
    rule = packaged.owner_rule(code)
    assert rule.id == f"closing.owner.{code}"
    assert (rule.period.months, rule.source) == (packaged.fallback.period.months, packaged.fallback.source)


def test_a_service_without_a_row_gets_the_fallback_under_its_own_id() -> None:
    rule = book().owner_rule("NIEUW")
    assert not book().knows("NIEUW")
    assert (rule.id, rule.period.months, rule.status) == ("closing.owner.NIEUW", 9, Status.ASSUMPTION)


def test_a_row_with_its_own_months_uses_them_and_one_without_keeps_its_own_status() -> None:
    assert (book().owner_rule("TWE").period.months, book().owner_rule("TWE").status) == (12, Status.VERIFIED)
    assert (book().owner_rule("SIF").period.months, book().owner_rule("SIF").status) == (9, Status.UNKNOWN)


def test_every_rule_says_its_id_where_its_number_comes_from_and_of_which_version_it_is() -> None:
    rules = {
        "closing.executor": (book().executor, "a page"),
        "closing.no-activity": (book().no_activity, "a page"),
        "closing.owner.fallback": (book().fallback, "a guess"),
        "closing.owner.SIF": (book().owner_rule("SIF"), "a guess"),
        "closing.owner.TWE": (book().owner_rule("TWE"), "a contract"),
        "closing.owner.NIEUW": (book().owner_rule("NIEUW"), "a guess"),
    }
    for rule_id, (rule, source) in rules.items():
        assert (rule.id, rule.source, rule.version) == (rule_id, source, "2020-01-01")


def test_a_book_need_not_name_services() -> None:
    without = read_book(
        BOOK.format(starts_on="2020-01-01", months="6").split("[services]")[0], name="test.toml"
    )
    assert dict(without.owners) == {}


def test_a_missing_status_is_refused_with_the_words_it_may_have() -> None:
    text = BOOK.format(starts_on="2020-01-01", months="6").replace('status = "assumption"', "")
    with pytest.raises(
        UnreadableBook, match=r"owner\.status is missing; expected one of verified, assumption, unknown\."
    ):
        read_book(text, name="test.toml")


def test_a_bad_section_is_named() -> None:
    text = BOOK.format(starts_on="2020-01-01", months="6").replace(
        'months = 6\nsource = "a page"', 'months = 0\nsource = "a page"'
    )
    with pytest.raises(UnreadableBook, match=r"^test\.toml, line 6: executor\.months is 0"):
        read_book(text, name="test.toml")
    text = text.replace("months = 0", "months = 6", 1)
    with pytest.raises(UnreadableBook, match=r"^test\.toml, line 10: no_activity\.months is 0"):
        read_book(text, name="test.toml")


def test_the_book_of_the_day_governs_from_its_start_day_on() -> None:
    books = RuleBooks([book("2025-03-01", "3"), book("2020-01-01", "6")])
    start = date(2025, 3, 1)
    assert books.on(start - timedelta(days=1)).executor.period.months == 6
    assert books.on(start).executor.period.months == 3
    assert books.on(start + timedelta(days=1)).executor.period.months == 3
    assert books.on(date(1999, 12, 31)).executor.period.months == 6


def test_a_rule_is_found_by_its_id() -> None:
    for rule_id in (EXECUTOR, NO_ACTIVITY, "closing.owner.TWE", "closing.owner.NIEUW"):
        assert book().rule(rule_id).id == rule_id


def test_a_rule_counts_its_own_months() -> None:
    assert book(months="3").executor.last_day(date(2025, 1, 31)) == date(2025, 4, 30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("starts_on = ", "not TOML"),
        ("starts_on = 'soon'", "starts_on is 'soon'; expected a date"),
        (BOOK.format(starts_on="2020-01-01T10:00:00", months="6"), "expected a date"),
        ("starts_on = 2020-01-01", "section [executor] is missing"),
        (
            BOOK.format(starts_on="2020-01-01", months="0"),
            "executor.months is 0; expected a whole number from 1 to 120",
        ),
        (BOOK.format(starts_on="2020-01-01", months="121"), "executor.months is 121"),
        (BOOK.format(starts_on="2020-01-01", months="true"), "executor.months is true"),
        (BOOK.format(starts_on="2020-01-01", months='"6"'), "executor.months is '6'"),
        (
            BOOK.format(starts_on="2020-01-01", months="6").replace('"a page"', '" "', 1),
            "executor.source is ' '",
        ),
        (
            BOOK.format(starts_on="2020-01-01", months="6").replace('"verified"', '"sure"', 1),
            "executor.status is 'sure'",
        ),
        (
            BOOK.format(starts_on="2020-01-01", months="6").replace('"unknown"', '"?"'),
            "services.SIF.status is '?'",
        ),
        (
            BOOK.format(starts_on="2020-01-01", months="6").replace("months = 12", "months = 1.5"),
            "services.TWE.months",
        ),
    ],
)
def test_a_book_that_cannot_be_carried_out_is_refused_with_place_value_and_expectation(
    text: str, said: str
) -> None:
    with pytest.raises(UnreadableBook, match=r"test\.toml") as refused:
        read_book(text, name="test.toml")
    assert said in str(refused.value)


@pytest.mark.parametrize("months", ["1", "120"])
def test_the_shortest_and_the_longest_term_are_taken(months: str) -> None:
    assert book(months=months).executor.period.months == int(months)


AT_ONCE = """
[prjlew]
grants_at_once = {value}
source = "another page"
status = "assumption"
"""


def test_prjlew_grants_at_once_only_where_a_book_says_so() -> None:
    text = BOOK.format(starts_on="2020-01-01", months="6")
    assert not read_book(text, name="test.toml").prjlew_grants_at_once.on
    assert not packaged_books().on(date(2026, 1, 1)).prjlew_grants_at_once.on
    switch = read_book(text + AT_ONCE.format(value="true"), name="test.toml").prjlew_grants_at_once
    assert (switch.on, switch.source, switch.status) == (True, "another page", Status.ASSUMPTION)


@pytest.mark.parametrize("value", ["1", '"yes"', "[]"])
def test_a_switch_is_true_or_false(value: str) -> None:
    text = BOOK.format(starts_on="2020-01-01", months="6") + AT_ONCE.format(value=value)
    with pytest.raises(UnreadableBook, match=r"prjlew\.grants_at_once is .*; expected true or false\."):
        read_book(text, name="test.toml")
    with pytest.raises(UnreadableBook, match=r"section \[prjlew\] is true; expected a section"):
        read_book("prjlew = true\n" + BOOK.format(starts_on="2020-01-01", months="6"), name="test.toml")
