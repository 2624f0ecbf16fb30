"""Six months the Belgian way (docs/decisions/0002), day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest

from inzage.rules.periods import day_after, ends_month, eve, last_day_after

VECTORS = [
    ("2025-01-15", "2025-07-15"),
    ("2025-02-28", "2025-08-31"),
    ("2024-02-29", "2024-08-31"),
    ("2025-04-30", "2025-10-31"),
    ("2025-06-30", "2025-12-31"),
    ("2025-08-27", "2026-02-27"),
    ("2025-08-28", "2026-02-28"),
    ("2025-08-29", "2026-02-28"),
    ("2025-08-30", "2026-02-28"),
    ("2025-08-31", "2026-02-28"),
    ("2023-08-31", "2024-02-29"),
    ("2025-12-31", "2026-06-30"),
]


@pytest.mark.parametrize(("event", "last_day"), VECTORS)
def test_six_months_end_on_the_day_the_vectors_give(event: str, last_day: str) -> None:
    assert last_day_after(date.fromisoformat(event), months=6) == date.fromisoformat(last_day)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12, 18, 24])
def test_every_day_of_eight_years_ends_on_its_own_number_or_at_a_month_end(months: int) -> None:
    for event in days(date(2023, 1, 1), date(2030, 12, 31)):
        last_day = last_day_after(event, months=months)
        assert (last_day.year - event.year) * 12 + last_day.month - event.month == months
        length = monthrange(last_day.year, last_day.month)[1]
        ends = event.day == monthrange(event.year, event.month)[1]
        assert last_day.day == (length if ends or event.day > length else event.day)


def test_the_table_never_goes_back_as_days_go_on() -> None:
    table = [last_day_after(event, months=6) for event in days(date(2023, 1, 1), date(2030, 12, 31))]
    assert table == sorted(table)


def test_clamping_differs_on_five_hundred_days_of_this_century() -> None:
    """Why no library's month arithmetic is used: it forgets that a term from a month's end ends at a month's end."""
    differing = 0
    for event in days(date(2000, 1, 1), date(2099, 12, 31)):
        last_day = last_day_after(event, months=6)
        clamped = min(event.day, monthrange(last_day.year, last_day.month)[1])
        differing += last_day.day != clamped
    assert differing == 500


def test_the_eve_and_the_day_after_undo_each_other() -> None:
    for day in days(date(2024, 2, 27), date(2024, 3, 2)):
        assert eve(day_after(day)) == day
        assert day_after(day) - eve(day) == timedelta(days=2)


def test_a_month_ends_once() -> None:
    assert [day.day for day in days(date(2024, 2, 1), date(2024, 3, 31)) if ends_month(day)] == [29, 31]
