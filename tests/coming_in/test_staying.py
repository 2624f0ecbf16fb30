"""A page that stays open says in good time that the session ends, and who presses a button stays."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.coming_in.conftest import Clock
from tests.coming_in.pretending import Pretending
from tests.coming_in.travelling import in_by, is_in, provider
from tests.portal.reading import markup, text

__all__ = ["provider"]
LEFT, STAY, PAGE = "/aanmelden/duur/", "/aanmelden/blijven/", "/organisatie/"
MINUTE = timedelta(minutes=1)
DELAY = re.compile(r'hx-get="/aanmelden/duur/" hx-trigger="load delay:(\d+)s"')


@pytest.fixture
def browser(provider: Pretending) -> Browser:
    """In which somebody is signed in."""
    browser = Browser()
    in_by(browser)
    return browser


def look_in(browser: Browser, page: str) -> list[int]:
    """After how many seconds that page asks again."""
    return [int(seconds) for seconds in DELAY.findall(markup(browser.get(page)))]


def stays_busy(browser: Browser, time: Clock, *, until: timedelta) -> None:
    """A page every twenty minutes."""
    while time.ahead + 20 * MINUTE < until:
        time.ahead += 20 * MINUTE
        assert is_in(browser)


def test_a_page_asks_three_minutes_before_the_end_and_a_strangers_page_never(
    browser: Browser, settings: Settings
) -> None:
    assert look_in(browser, PAGE) == [27 * 60]
    assert look_in(Browser(), "/aanmelden/") == []
    settings.SESSION_IDLE_MINUTES = 5
    assert look_in(browser, PAGE) == [2 * 60]


def test_the_part_says_nothing_until_two_minutes_before_the_end(browser: Browser, time: Clock) -> None:
    time.ahead = 27 * MINUTE
    assert text(browser.get(LEFT)).strip() == ""
    (seconds,) = look_in(browser, LEFT)
    time.ahead += timedelta(seconds=seconds + 1)
    assert text(browser.get(LEFT)).split("Blijf")[0].strip() == (
        "Binnen 2 minuten wordt u afgemeld, want u deed lang niets."
    )
    time.ahead = 29.5 * MINUTE
    assert "Binnen 1 minuut wordt u afgemeld" in text(browser.get(LEFT))


def test_asking_is_not_being_there_and_pressing_the_button_is(browser: Browser, time: Clock) -> None:
    for minutes in (10, 20, 29):
        time.ahead = minutes * MINUTE
        assert browser.get(LEFT).status_code == 200
    assert f'hx-post="{STAY}"' in markup(browser.get(LEFT))
    assert "U blijft aangemeld." in text(browser.post(STAY))
    time.ahead = 58.9 * MINUTE
    assert browser.get(LEFT).status_code == 200
    time.ahead = 59.1 * MINUTE
    assert not is_in(browser)


def test_after_staying_the_part_asks_again_in_good_time(browser: Browser, time: Clock) -> None:
    time.ahead = 29 * MINUTE
    (seconds,) = [int(one) for one in DELAY.findall(markup(browser.post(STAY)))]
    assert seconds == 28 * 60


def test_who_was_there_in_another_tab_is_not_warned_in_this_one(browser: Browser, time: Clock) -> None:
    time.ahead = 15 * MINUTE
    assert is_in(browser)
    time.ahead = 29 * MINUTE
    assert text(browser.get(LEFT)).strip() == ""


def test_the_end_of_a_days_work_is_told_in_time_and_no_button_puts_it_off(
    browser: Browser, time: Clock
) -> None:
    stays_busy(browser, time, until=8 * 60 * MINUTE)
    time.ahead = timedelta(hours=7, minutes=45)
    (seconds,) = look_in(browser, PAGE)
    assert 12 * 60 < seconds <= 13 * 60
    time.ahead = timedelta(hours=7, minutes=58, seconds=30)
    part = browser.get(LEFT)
    assert "Binnen 2 minuten eindigt uw sessie: langer mag zij niet duren." in text(part)
    assert STAY not in markup(part)


def test_when_it_ended_the_part_says_that_what_was_written_can_still_be_sent(
    browser: Browser, time: Clock
) -> None:
    time.ahead = 30 * MINUTE
    for answer in (browser.get(LEFT), browser.post(STAY), browser.get(LEFT)):
        assert (answer.status_code, DELAY.findall(markup(answer))) == (200, [])
        assert "verstuur het, en meld u daarna opnieuw aan" in text(answer)


def test_who_signed_out_elsewhere_is_not_promised_that_it_is_kept(browser: Browser) -> None:
    browser.post("/afmelden/")
    for answer in (browser.get(LEFT), browser.post(STAY)):
        assert "U bent hier niet meer aangemeld." in text(answer)
        assert "verstuur het" not in text(answer)


def test_a_page_that_swaps_a_part_never_leaves_what_was_written(browser: Browser, time: Clock) -> None:
    time.ahead = 31 * MINUTE
    for answer in (
        browser.get(LEFT, headers={"HX-Request": "true"}),
        browser.post(STAY, headers={"HX-Request": "true"}),
    ):
        assert answer.status_code == 200
        assert "HX-Redirect" not in answer.headers
