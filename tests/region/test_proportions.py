"""What the pure fold makes of a region: how many rights stand, and what the nights around the last day close."""

from collections import Counter
from datetime import date, timedelta

import pytest

from inzage.region.endings import event_before
from inzage.rules.history import Right
from inzage.rules.names import ClosingReason
from inzage.rules.periods import last_day_after
from inzage.rules.rulebook import EXECUTOR, NO_ACTIVITY, OWNER
from tests.region.standing import BOOKS, histories, rights

UNTIL = date(2026, 3, 10)
COUNT = 2000


@pytest.fixture(scope="module")
def opened() -> list[Right]:
    return [
        right for history in histories(COUNT, until=UNTIL, seed=7) for right in rights(history, until=UNTIL)
    ]


def test_a_third_of_all_rights_still_stand(opened: list[Right]) -> None:
    standing = [
        right for right in opened if right.outcome.last_day is None or right.outcome.last_day >= UNTIL
    ]

    assert len(opened) > COUNT
    assert 0.30 < len(standing) / len(opened) < 0.40


def test_rights_end_around_the_last_day(opened: list[Right]) -> None:
    nights = [right.outcome.last_day for right in opened if right.outcome.last_day]
    around = [day for day in nights if abs(day - UNTIL) <= timedelta(days=1)]

    assert 0.002 < len(around) / len(opened) < 0.01
    assert {day - UNTIL for day in around} == {timedelta(days=days) for days in (-1, 0, 1)}


def test_the_first_night_closes_rights_under_every_rule(opened: list[Right]) -> None:
    tonight = [right.outcome.verdict for right in opened if right.outcome.last_day == UNTIL]
    rules = Counter(verdict.rule.id for verdict in tonight)

    assert rules[EXECUTOR]
    assert rules[NO_ACTIVITY]
    assert any(rule.startswith(OWNER) for rule in rules)
    assert any(verdict.rule_gap for verdict in tonight)
    assert any(not verdict.rule_gap and verdict.rule.id == EXECUTOR for verdict in tonight)


def test_rights_closed_by_term_by_withdrawal_and_by_death(opened: list[Right]) -> None:
    reasons = {
        right.outcome.reason for right in opened if right.outcome.last_day and right.outcome.last_day < UNTIL
    }

    assert reasons == {ClosingReason.TERM, ClosingReason.WITHDRAWN, ClosingReason.DECEASED}


def test_some_rights_rest_on_more_than_one_ground(opened: list[Right]) -> None:
    assert any(len({grant.ground for grant in right.case.grants}) > 1 for right in opened)


def test_an_ending_falls_on_the_day_meant_or_on_the_first_that_a_term_reaches() -> None:
    months = BOOKS.on(UNTIL).executor.period.months
    for meant in (UNTIL + timedelta(days=days) for days in range(4 * 366)):
        event = event_before(meant)

        assert last_day_after(event - timedelta(days=1), months=months) < meant
        assert last_day_after(event, months=months) >= meant
