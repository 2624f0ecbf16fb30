"""A moment falls on a calendar day in Brussels, whatever clock it was written with."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from inzage.rules.days import BRUSSELS, day_of, midnight


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-01-10T22:59:59", date(2025, 1, 10)),
        ("2025-01-10T23:00:00", date(2025, 1, 11)),
        ("2025-07-10T21:59:59", date(2025, 7, 10)),
        ("2025-07-10T22:00:00", date(2025, 7, 11)),
    ],
)
def test_the_day_begins_at_midnight_in_brussels(moment: str, day: date) -> None:
    in_utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert day_of(in_utc) == day
    assert day_of(in_utc.astimezone(timezone(timedelta(hours=-11)))) == day


def test_the_machines_own_clock_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert day_of(datetime(2025, 1, 10, 22, 59, tzinfo=UTC)) == date(2025, 1, 10)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26), date(2025, 7, 1)])
def test_midnight_is_the_first_moment_of_the_day(day: date) -> None:
    assert midnight(day).tzinfo is BRUSSELS
    assert day_of(midnight(day)) == day
    assert day_of(midnight(day).astimezone(UTC) - timedelta(seconds=1)) == day - timedelta(days=1)
