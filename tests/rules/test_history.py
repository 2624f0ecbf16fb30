"""The fold: dated facts of one unit in one dossier become the rights that stood."""

import pytest

from inzage.rules.facts import Execution, Grant, Ownership
from inzage.rules.history import History, Right, grants_at_all, rights_of
from inzage.rules.names import ClosingReason, Ground
from tests.rules.cases import BOOKS, day, executed, grant, opt


def fold(
    *grants: Grant,
    owns: tuple[Ownership, ...] = (),
    does: tuple[Execution, ...] = (),
    died: str | None = None,
    until: str = "2030-01-01",
) -> list[Right]:
    return list(rights_of(History(grants, owns, does, opt(died)), BOOKS, until=day(until)))


def test_nothing_granted_is_no_right_whatever_is_executed() -> None:
    assert fold(does=(executed(started="2025-01-01"),)) == []


def test_a_grant_while_a_right_stands_joins_it_and_one_after_it_opens_the_next() -> None:
    first, second = fold(
        grant("2025-01-15"), grant("2025-07-15", ground=Ground.MEDIATOR), grant("2026-01-16")
    )
    assert (first.case.granted_on, first.outcome.last_day) == (day("2025-01-15"), day("2026-01-15"))
    assert [given.ground for given in first.case.grants] == [Ground.FORM, Ground.MEDIATOR]
    assert (second.case.granted_on, len(second.case.grants)) == (day("2026-01-16"), 1)


@pytest.mark.parametrize(("again", "rights"), [("2025-07-15", 1), ("2025-07-16", 2), ("2025-07-17", 2)])
def test_the_last_day_still_belongs_to_the_right(again: str, rights: int) -> None:
    assert len(fold(grant("2025-01-15"), grant(again))) == rights


def test_grants_come_in_any_order() -> None:
    grants = grant("2025-01-15"), grant("2026-01-16"), grant("2025-03-01")
    assert fold(*grants) == fold(*sorted(grants, key=lambda given: given.granted_on))


@pytest.mark.parametrize(("until", "rights"), [("2025-01-14", 0), ("2025-01-15", 1), ("2025-07-16", 2)])
def test_only_what_is_granted_up_to_the_day_asked_opens(until: str, rights: int) -> None:
    assert len(fold(grant("2025-01-15"), grant("2025-07-16"), until=until)) == rights


@pytest.mark.parametrize(("withdrawn", "granted"), [("2025-01-14", 0), ("2025-01-15", 0), ("2025-01-16", 1)])
def test_a_consent_withdrawn_on_or_before_its_day_grants_nothing(withdrawn: str, granted: int) -> None:
    assert len(fold(grant("2025-01-15", withdrawn=withdrawn))) == granted


@pytest.mark.parametrize(
    ("died", "granted"), [("2025-01-14", False), ("2025-01-15", False), ("2025-01-16", True)]
)
def test_nothing_opens_on_or_after_a_death(died: str, granted: bool) -> None:
    assert grants_at_all(grant("2025-01-15"), opt(died)) is granted
    assert bool(fold(grant("2025-01-15"), died=died)) is granted


def test_a_withdrawal_and_a_new_consent_on_one_day_close_one_right_and_open_the_next() -> None:
    first, second = fold(grant("2025-01-15", withdrawn="2025-03-01"), grant("2025-03-01"))
    assert (first.outcome.last_day, first.outcome.reason) == (day("2025-02-28"), ClosingReason.WITHDRAWN)
    assert second.case.granted_on == day("2025-03-01")


def test_a_right_granted_anew_counts_an_old_closing_from_the_new_grant() -> None:
    does = (executed(started="2025-01-20", closed="2025-02-01"),)
    _first, second = fold(grant("2025-01-15"), grant("2026-01-01"), does=does)
    assert second.outcome.last_day == day("2026-07-01")


def test_an_activity_reaches_a_right_only_while_it_stands() -> None:
    does = (executed(started="2025-08-01"),)
    first, second = fold(grant("2025-01-15"), grant("2025-09-01"), does=does)
    assert first.outcome.last_day == day("2025-07-15")
    assert second.outcome.last_day is None
