"""What is already past when a right is looked at: it ends the right at once, and no day that was used."""

from dataclasses import replace

import pytest

from inzage.rules.closing import NoGround, outcome_of
from inzage.rules.facts import Anchor
from inzage.rules.names import ClosingReason, Event, Relation
from inzage.rules.rulebook import RuleBook, RuleBooks
from tests.rules.cases import BOOKS, case, day, executed, grant, owned

CLOSED = Anchor(Event.ACTIVITY_CLOSED, day("2025-03-01"))


@pytest.mark.parametrize(
    ("since", "last_day", "anchor"),
    [
        ("2025-02-28", "2025-02-28", None),
        ("2025-03-01", "2025-02-28", None),
        ("2025-03-02", "2025-03-01", CLOSED),
        ("2025-03-10", "2025-03-09", CLOSED),
    ],
)
def test_a_right_that_still_stands_after_a_death_ends_on_the_eve_of_the_day_it_is_looked_at(
    since: str, last_day: str, anchor: Anchor | None
) -> None:
    done = (executed(started="2025-02-01", closed="2025-03-01"),)
    ends = outcome_of(case(grant("2025-01-15"), does=done, died="2025-03-01"), BOOKS, since=day(since))
    assert (ends.last_day, ends.reason) == (day(last_day), ClosingReason.DECEASED)
    assert (ends.verdict.relation, ends.verdict.anchor) == (Relation.EXECUTOR, anchor)


def test_a_death_ends_an_owners_right_too_and_its_verdict_names_the_owners_rule() -> None:
    standing = case(grant("2025-01-15"), owns=(owned("2025-01-15"),), died="2025-03-01")
    ends = outcome_of(standing, BOOKS, since=day("2025-03-10"))
    assert (ends.last_day, ends.reason) == (day("2025-03-09"), ClosingReason.DECEASED)
    assert (ends.verdict.rule.id, ends.verdict.anchor) == ("closing.owner.TIBB4", None)


@pytest.mark.parametrize("died", ["2025-01-14", "2025-01-15"])
def test_a_right_granted_on_or_after_a_death_has_no_day_on_which_to_be_judged(died: str) -> None:
    with pytest.raises(NoGround):
        outcome_of(case(grant("2025-01-15"), died=died), BOOKS, since=day("2025-01-15"))


@pytest.mark.parametrize(
    ("new_book", "version"), [("2025-02-28", "2025-02-28"), ("2025-03-01", "2000-01-01")]
)
def test_what_ends_at_once_while_it_runs_is_judged_by_the_book_of_its_last_day(
    new_book: str, version: str
) -> None:
    books = RuleBooks([BOOKS.on(day("2025-01-01")), _copy_from(new_book)])
    runs = case(grant("2025-01-15"), does=(executed(started="2025-02-01"),), died="2025-03-01")
    ends = outcome_of(runs, books, since=day("2025-02-01"))
    assert (ends.last_day, ends.verdict.rule.version) == (day("2025-02-28"), version)


def _copy_from(starts_on: str) -> RuleBook:
    """The packaged book, as one that starts on that day."""
    packaged = BOOKS.on(day(starts_on))
    executor = replace(packaged.executor, version=starts_on)
    return replace(packaged, starts_on=day(starts_on), version=starts_on, executor=executor)
