"""The reference itself, worked out by hand: what takes a right away, what opens none, and who may look."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.rules.cases import day
from tests.rules.random_registers import LAST, random_register
from tests.rules.reference import Life, may_view
from tests.rules.told_shortly import activity, consent, ended, owned, register_of, right, rights


def test_no_fact_ends_a_right_before_its_own_day() -> None:
    """S21: the request kept it open past six months; cancelled, it never counted, from that day on."""
    lines = consent("2025-01-10"), activity(None, requested="2025-02-01", cancelled="2025-12-24")
    assert ended(right(*lines, on="2025-12-23")) == ("closing.executor", None, None)
    of = right(*lines)
    assert ended(of) == ("closing.no-activity", "granted", "2025-12-24")
    assert (of["closed_on"], of["closing_reason"]) == ("2025-12-25", "term")


def test_a_withdrawal_takes_its_grant_back_but_no_day_that_was_used() -> None:
    """S04, S21: the earlier consent alone would have ended on 15 July."""
    lines = consent("2025-01-15"), consent("2025-06-01", withdrawn="2025-08-20", route="mediator")
    assert ended(right(*lines, on="2025-08-19")) == ("closing.no-activity", "granted", "2025-12-01")
    of = right(*lines)
    assert (of["grounds"], of["last_granted_on"], of["last_day"]) == (["form"], "2025-01-15", "2025-08-20")
    assert (of["anchor"]["on"], of["closing_reason"]) == ("2025-01-15", "term")


def test_a_withdrawal_without_ground_left_closes_at_once_as_judged_on_the_eve() -> None:
    """S04."""
    of = right(consent("2025-01-10", withdrawn="2025-02-28"), activity("2025-01-20", "2025-02-28"))
    assert (of["closed_on"], of["closing_reason"]) == ("2025-02-28", "withdrawn")
    assert ended(of) == ("closing.executor", None, "2025-02-27")
    assert (of["grounds"], of["last_granted_on"]) == ([], None)


def test_a_withdrawal_leaves_a_right_that_rests_on_an_ended_assignment() -> None:
    """S02, S04."""
    lines = owned("2025-01-01", "2025-02-01"), consent("2025-03-01", withdrawn="2025-04-01")
    of = right(*lines, on="2025-04-01")
    assert (of["grounds"], of["last_day"], of["closed_on"]) == (["assignment"], "2025-08-01", None)


def test_a_consent_on_the_day_of_a_withdrawal_opens_a_new_right() -> None:
    """S04."""
    first, second = rights(consent("2025-01-10", withdrawn="2025-02-01"), consent("2025-02-01"))
    assert (first["closed_on"], second["granted_on"]) == ("2025-02-01", "2025-02-01")


@pytest.mark.parametrize(("withdrawn", "opened"), [("2025-01-09", 0), ("2025-01-10", 0), ("2025-01-11", 1)])
def test_a_consent_withdrawn_by_the_day_it_would_grant_grants_nothing(withdrawn: str, opened: int) -> None:
    """S04."""
    line = consent("2025-01-02", granted="2025-01-10", withdrawn=withdrawn)
    assert len(rights(line)) == opened


def test_an_incomplete_consent_or_an_uninformed_one_in_brussels_grants_nothing() -> None:
    """S05, S08, S11."""
    assert rights(consent(None, granted="2025-01-10")) == []
    assert rights(consent("2025-01-10", route="brussels_form", told=False)) == []
    assert right(consent("2025-01-10", route="brussels_form"))["grounds"] == ["brussels_form"]
    assert right(consent("2025-01-10", told=False))["grounds"] == ["form"]


def test_an_activity_opens_nothing() -> None:
    """S01, S12."""
    assert rights(activity("2025-01-10")) == []


def test_a_death_closes_that_day_and_nothing_opens_from_then_on() -> None:
    """S18."""
    of = right(owned("2025-01-01"), died="2025-03-01")
    assert (of["last_day"], of["closed_on"], of["closing_reason"]) == ("2025-02-28", "2025-03-01", "deceased")
    assert (of["grounds"], of["relation"], of["anchor"]) == (["assignment"], "owner", None)
    assert rights(consent("2025-03-01"), died="2025-03-01") == []
    assert rights(owned("2025-03-02"), died="2025-03-01") == []


@pytest.mark.parametrize(
    ("died", "reason"), [("2025-07-15", "deceased"), ("2025-07-16", "term"), ("2025-07-17", "term")]
)
def test_the_nights_closing_comes_before_a_death_on_that_day(died: str, reason: str) -> None:
    """S22."""
    assert right(consent("2025-01-15"), died=died)["closing_reason"] == reason


def test_a_withdrawal_comes_before_a_death_on_one_day() -> None:
    """S04."""
    of = right(consent("2025-01-15", withdrawn="2025-03-01"), died="2025-03-01")
    assert of["closing_reason"] == "withdrawn"


def test_a_right_is_the_units_alone_and_rights_come_in_the_order_of_units_and_days() -> None:
    """S03."""
    lines = consent("2025-01-15", unit="OE102"), owned("2025-06-01"), consent("2024-01-15")
    assert [(one["oe_number"], one["granted_on"]) for one in rights(*lines)] == [
        ("OE101", "2024-01-15"),
        ("OE101", "2025-06-01"),
        ("OE102", "2025-01-15"),
    ]


@pytest.mark.parametrize(
    ("on", "may"),
    [("2025-01-14", False), ("2025-01-15", True), ("2025-07-15", True), ("2025-07-16", False)],
)
def test_a_unit_may_look_from_the_grant_through_the_last_day(on: str, may: bool) -> None:
    """S01, S21."""
    register = register_of(consent("2025-01-15"))
    assert may_view(register, "K1", "OE101", day(on)) is may
    assert not may_view(register, "K1", "OE102", day(on))


class EveryDay(Life):
    """Lives through quiet days as well."""

    def _days(self) -> Iterator[date]:
        if known := sorted(super()._days()):
            for place in range((known[-1] - known[0]).days + 400):
                yield known[0] + timedelta(days=place)


def test_days_on_which_nothing_happens_change_nothing() -> None:
    """S22: the night's run finds nothing more on a quiet day."""
    register, end = random_register(5, 60), LAST + timedelta(days=400)
    lived = 0
    for client in register.clients:
        for unit in register.units:
            all_days = EveryDay(register, client, unit).until(end)
            assert all_days == Life(register, client, unit).until(end)
            lived += len(all_days)
    assert lived > 30
