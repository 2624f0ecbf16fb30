"""What the manual tells of rights that are held or were restored, and of unusual evenings: by the settings in force."""

import re
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from inzage.rules.closing import outcome_of
from inzage.rules.holding import DAYS, UNANSWERED
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.explaining import LANGUAGES, in_words, sentences
from inzage.view_rights.manual.cases import granted
from inzage.view_rights.manual.composing import manual
from tests.view_rights.manuals import BOOKS, SHORT_TERMS, TODAY, told_as


def the_day_that_waits(books: RuleBooks) -> date:
    """The last day of a right that was granted today, and of which nothing else is known."""
    last_day = outcome_of(granted(TODAY), books, since=TODAY).last_day
    assert last_day is not None
    return last_day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("books", [*BOOKS.values(), *SHORT_TERMS])
def test_a_right_that_nobody_answers_for_ends_thirty_days_later_and_the_officer_hears_of_it(
    books: RuleBooks, language: str
) -> None:
    told, day = told_as(manual(books, TODAY, language), "zonder-antwoord"), the_day_that_waits(books)
    assert f" {DAYS} " in told.text
    assert f" {UNANSWERED} " in told.text
    for waits_for in (day, day + timedelta(days=DAYS), day + timedelta(days=UNANSWERED)):
        assert in_words(waits_for, language) in told.example


def test_what_the_worked_examples_of_held_rights_come_to_today() -> None:
    """By hand: six months from 2 March, held, and answered or moved ten days later."""
    made = manual(BOOKS["packaged"], TODAY, "en")
    assert "on 2 September 2026" in told_as(made, "zonder-antwoord").example
    assert "2 October 2026 is the last day" in told_as(made, "zonder-antwoord").example
    assert "no answer by 22 September 2026" in told_as(made, "zonder-antwoord").example
    assert "last day is 12 March 2027" in told_as(made, "antwoord").example
    assert told_as(made, "intussen").example.endswith(sentences("en")["relations"]["executor"])
    assert "12 September 2026 is the first day without" in told_as(made, "nooit-aangehouden").example


def test_a_restored_right_shows_the_days_without_and_counts_from_its_approval() -> None:
    shown = told_as(manual(BOOKS["packaged"], TODAY, "en"), "nieuw-recht").example
    assert "closed from 20 February 2026 on, and open again from 2 March 2026 on" in shown
    assert shown.endswith("The last day is 2 September 2026, counted from the last grant on 2 March 2026.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_an_unverified_rule_holds_is_told_as_it_is_set(settings: Settings, language: str) -> None:
    told = {}
    for settings.REQUIRE_VERIFIED_RULES in (True, False):
        told[settings.REQUIRE_VERIFIED_RULES] = told_as(
            manual(BOOKS["packaged"], TODAY, language), "regel-niet-nagekeken"
        )
    assert told[True].text != told[False].text
    assert sentences(language)["held"]["rule"] in told[True].example
    assert told[False].example == ""


def test_a_rule_that_is_verified_is_no_example_of_one_that_holds(settings: Settings) -> None:
    settings.REQUIRE_VERIFIED_RULES = True
    assert told_as(manual(BOOKS["other terms"], TODAY, "en"), "regel-niet-nagekeken").example == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_unusual_is_told_by_the_limits_that_are_set(settings: Settings, language: str) -> None:
    limits = {"times": 7, "least": 41, "nights": 13, "floor": 777, "percent": 9}
    settings.EVENING_LIMITS = limits
    told = told_as(manual(BOOKS["packaged"], TODAY, language), "ongewoon-veel").text
    assert set(limits.values()) <= set(map(int, re.findall(r"\d+", told)))
