"""Working days: no weekends, none of the ten legal holidays, and the day of the event does not count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inzage.rules.working_days import (
    easter_sunday,
    holidays,
    is_working_day,
    working_day_after,
    working_days_left,
)

DAYS = st.dates(date(1975, 1, 1), date(2199, 1, 1))
TERMS = st.integers(1, 40)
NAMED = {
    "Nieuwjaar": date(2026, 1, 1),
    "Paasmaandag": date(2026, 4, 6),
    "Dag van de Arbeid": date(2026, 5, 1),
    "Onze-Lieve-Heer-Hemelvaart": date(2026, 5, 14),
    "Pinkstermaandag": date(2026, 5, 25),
    "Nationale feestdag": date(2026, 7, 21),
    "Onze-Lieve-Vrouw-Hemelvaart": date(2026, 8, 15),
    "Allerheiligen": date(2026, 11, 1),
    "Wapenstilstand": date(2026, 11, 11),
    "Kerstmis": date(2026, 12, 25),
}


def easter_by_the_tables(year: int) -> date:
    """Easter as Clavius' tables give it: the Sunday after the first full moon from 21 March on, day by day."""
    golden, century = year % 19 + 1, year // 100 + 1
    dropped, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon - dropped) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full = date(year, 3, 1) + timedelta(days=43 - epact)
    while full < date(year, 3, 21):
        full += timedelta(days=30)
    sunday = full + timedelta(days=1)
    while sunday.isoweekday() != 7:
        sunday += timedelta(days=1)
    return sunday


def is_free(day: date) -> bool:
    """The same question again, asked of each holiday by its name's own rule."""
    sunday = easter_by_the_tables(day.year)
    of_easter = {sunday + timedelta(days=1), sunday + timedelta(days=39), sunday + timedelta(days=50)}
    fixed = f"{day:%d-%m}" in {"01-01", "01-05", "21-07", "15-08", "01-11", "11-11", "25-12"}
    return day.isoweekday() in (6, 7) or fixed or day in of_easter


def counted_one_by_one(event: date, days: int) -> date:
    """Cross off a day at a time until the term is used up."""
    day, left = event, days
    while left:
        day += timedelta(days=1)
        if not is_free(day):
            left -= 1
    return day


@pytest.mark.parametrize("year", range(1900, 2200))
def test_easter_is_the_sunday_that_the_tables_give(year: int) -> None:
    assert easter_sunday(year) == easter_by_the_tables(year)


@pytest.mark.parametrize(
    "sunday", [date(1943, 4, 25), date(1981, 4, 19), date(2008, 3, 23), date(2026, 4, 5)]
)
def test_easter_is_the_sunday_that_calendars_print(sunday: date) -> None:
    """The latest day there is, a year with the exception for the epact, a very early one, and a plain one."""
    assert easter_sunday(sunday.year) == sunday


def test_the_ten_legal_holidays_of_a_year() -> None:
    assert holidays(2026) == frozenset(NAMED.values())


def test_labour_day_and_ascension_day_can_be_one_day() -> None:
    assert date(2008, 5, 1) in holidays(2008)
    assert len(holidays(2008)) == len(NAMED) - 1


@pytest.mark.parametrize("name", NAMED)
def test_no_holiday_is_a_working_day(name: str) -> None:
    assert not is_working_day(NAMED[name])


@pytest.mark.parametrize(
    "day", [date(2026, 4, 3), date(2026, 7, 11), date(2026, 11, 2), date(2026, 11, 15), date(2026, 12, 26)]
)
def test_what_is_no_legal_holiday_counts_by_its_weekday_alone(day: date) -> None:
    """Good Friday, the Flemish holiday, All Souls, the King's feast, the day after Christmas."""
    assert is_working_day(day) is (day.isoweekday() <= 5)


@given(DAYS, TERMS)
def test_a_term_is_what_counting_day_by_day_gives(event: date, days: int) -> None:
    assert working_day_after(event, days=days) == counted_one_by_one(event, days)


@given(DAYS, TERMS)
def test_a_term_ends_on_a_working_day_with_as_many_working_days_left_as_it_has(
    event: date, days: int
) -> None:
    last = working_day_after(event, days=days)
    assert is_working_day(last)
    assert working_days_left(event, last) == days
    assert working_days_left(last, last) == 0
    assert working_days_left(last + timedelta(days=3), last) == 0


def test_ten_working_days_over_easter_are_counted_from_the_day_after_and_skip_the_monday() -> None:
    """Asked on Friday 27 March 2026: the first day is Monday 30 March, and Easter Monday is none."""
    assert working_day_after(date(2026, 3, 27), days=10) == date(2026, 4, 13)


@pytest.mark.parametrize(
    ("event", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),
        (date(2026, 3, 6), date(2026, 3, 20)),
        (date(2026, 3, 7), date(2026, 3, 20)),
        (date(2026, 3, 8), date(2026, 3, 20)),
        (date(2026, 3, 9), date(2026, 3, 23)),
    ],
)
def test_a_question_of_the_weekend_counts_as_one_of_the_friday_before(event: date, last: date) -> None:
    assert working_day_after(event, days=10) == last
