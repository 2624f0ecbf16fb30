"""The manual says what the rule book in force says: it can't be older than the system."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from inzage.rules.rulebook import Migration, RuleBook, RuleBooks
from inzage.view_rights.explaining import LANGUAGES, in_words, sentences
from inzage.view_rights.manual.as_markdown import as_markdown
from inzage.view_rights.manual.composing import Manual, manual
from inzage.view_rights.manual.examples import example
from inzage.view_rights.manual.saying import Sentence
from inzage.view_rights.manual.texts import statements
from inzage.view_rights.rules_in_words import period_in_words, rule_in_words
from tests.view_rights.manuals import BOOKS, OTHER, PACKAGED, SHORT_TERMS, TODAY, told_as


def of_rule(made: Manual, rule_id: str) -> Sentence:
    """The sentence of the book in force that tells this rule."""
    return next(one for one in made.sentences() if rule_id in one.rules)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("books", BOOKS.values(), ids=BOOKS)
def test_every_rule_in_force_is_told_in_words_with_its_source_and_status(
    books: RuleBooks, language: str
) -> None:
    made, book = manual(books, TODAY, language), books.on(TODAY)
    for rule in book.every_rule():
        told = of_rule(made, rule.id)
        assert (told.source, told.status, told.version) == (rule.source, rule.status, book.version)
        if len(told.rules) == 1 and "zonder-eigen-regel" not in told.id:
            assert told.text == rule_in_words(rule, language)
            assert period_in_words(rule.period, language) in told.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("books", BOOKS.values(), ids=BOOKS)
def test_every_statement_is_in_it(books: RuleBooks, language: str) -> None:
    made = manual(books, TODAY, language)
    assert {number for one in made.sentences() for number in one.statements} == set(statements())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_is_told_in_the_policys_own_words_unless_a_rule_says_it(language: str) -> None:
    made = {one.id: one.text for one in manual(BOOKS["packaged"], TODAY, language).sentences()}
    told = {number for number, one in statements().items() if made.get(number.lower()) == one[language]}
    assert set(statements()) - told == {"S20", "S21"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_begins_with_a_capital_after_its_colon(language: str) -> None:
    examples = [one.example for one in manual(BOOKS["packaged"], TODAY, language).sentences() if one.example]
    assert examples
    assert all(example[0].islower() for example in examples)


def the_day_of(book: RuleBook, name: str) -> date:
    """The last day that the book's rule gives to what happens today."""
    rules = {"executor": book.executor, "none": book.no_activity, "owner": book.owner_rule("TIBB4")}
    return rules[name].last_day(TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "rule_id"), [("executor", "closing.executor"), ("none", "closing.no-activity")]
)
def test_another_book_changes_the_sentence_and_the_day_of_its_example(
    name: str, rule_id: str, language: str
) -> None:
    before, after = (of_rule(manual(books, TODAY, language), rule_id) for books in BOOKS.values())
    assert before.text != after.text
    assert in_words(the_day_of(PACKAGED, name), language) in before.example
    assert in_words(the_day_of(OTHER, name), language) in after.example
    assert before.example != after.example


def test_a_service_with_a_rule_of_its_own_has_its_own_sentence_and_example() -> None:
    told = of_rule(manual(BOOKS["other terms"], TODAY, "en"), "closing.owner.TIBB4")
    assert told.rules == ("closing.owner.TIBB4",)
    assert in_words(the_day_of(OTHER, "owner"), "en") in told.example


def test_a_kind_of_end_with_a_term_of_its_own_is_told_with_that_end() -> None:
    told = of_rule(manual(BOOKS["other terms"], TODAY, "en"), "closing.owner.TIBB4.not_started")
    assert sentences("en")["ends"]["not_started"] in told.example
    assert "7 March 2026" in told.example


@pytest.mark.parametrize("name", ["withdrawn", "deceased", "given_back", "revoked", "objected", "corrected"])
@pytest.mark.parametrize("books", [*BOOKS.values(), *SHORT_TERMS])
def test_an_end_at_once_is_shown_as_one_however_short_the_terms_are(books: RuleBooks, name: str) -> None:
    shown = example(name, books, today=TODAY, language="en")
    closed = sentences("en")["right"]["closed"].format(
        closed_on=in_words(TODAY, "en"), reason=sentences("en")["closing_reasons"][name]
    )
    assert shown.endswith(closed)
    assert in_words(TODAY - timedelta(days=1), "en") in shown


@pytest.mark.parametrize("books", [*BOOKS.values(), *SHORT_TERMS])
def test_what_keeps_a_right_open_finds_it_open_however_short_the_terms_are(books: RuleBooks) -> None:
    begun_again = example("begun_again", books, today=TODAY, language="en")
    assert begun_again.endswith(sentences("en")["relations"]["executor"])
    granted_later = example("granted_later", books, today=TODAY, language="en")
    assert in_words(books.on(TODAY).executor.last_day(TODAY), "en") in granted_later


def test_what_no_page_bears_out_is_marked_and_what_is_verified_is_not() -> None:
    told = {one.rules: one.is_unsure for one in manual(BOOKS["other terms"], TODAY, "nl").sentences()}
    assert told["closing.no-activity",]
    assert told["closing.executor.activity_cancelled",]
    assert not told["closing.executor",]
    assert not told["closing.owner.TIBB4",]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_that_is_still_to_come_is_told_before_its_day_and_governs_from_it_on(language: str) -> None:
    books, eve, first = BOOKS["other terms"], date(2026, 1, 14), date(2026, 1, 15)
    coming = [one for one in manual(books, eve, language).sentences() if one.version == OTHER.version]
    assert {rule for one in coming for rule in one.rules} >= {"closing.executor", "closing.no-activity"}
    assert all(in_words(OTHER.starts_on, language) in one.text for one in coming)
    assert of_rule(manual(books, eve, language), "closing.executor").version == PACKAGED.version
    assert of_rule(manual(books, first, language), "closing.executor").version == OTHER.version


@pytest.mark.parametrize(("today", "told"), [("2026-03-31", True), ("2026-04-01", False)])
def test_running_terms_that_will_move_are_told_until_they_have(today: str, told: bool) -> None:
    books = RuleBooks([PACKAGED, OTHER], [Migration(date(2026, 4, 1), OTHER.starts_on)])
    made = manual(books, date.fromisoformat(today), "en")
    assert any("On 1 April 2026 running terms move" in one.text for one in made.sentences()) is told


@pytest.mark.parametrize("books", BOOKS.values(), ids=BOOKS)
def test_no_two_sentences_parts_or_sections_share_an_anchor(books: RuleBooks) -> None:
    made = manual(books, TODAY, "nl")
    parts = [part for section in made.sections for part in section.parts]
    anchors = [section.id for section in made.sections] + [part.id for part in parts]
    anchors += [sentence.id for sentence in made.sentences()]
    assert sorted(anchors) == sorted(set(anchors))
    assert all(re.fullmatch(r"[a-z0-9_-]+", anchor) for anchor in anchors)


def test_what_follows_a_decision_names_one_that_is_on_record() -> None:
    made = manual(BOOKS["packaged"], TODAY, "nl")
    named = {number for one in made.sentences() for number in re.findall(r"besluit (\d{4})", one.source)}
    decided = {path.name[:4] for path in (Path(__file__).parents[2] / "docs/decisions").glob("[0-9]*.md")}
    assert named
    assert named <= decided


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_markdown_it_holds_each_sentence_its_example_and_its_mark(language: str) -> None:
    made = manual(BOOKS["other terms"], TODAY, language)
    text = as_markdown(made)
    for one in made.sentences():
        mark = f" **[{sentences(language)['statuses'][one.status]}]**" if one.is_unsure else ""
        assert f'- <a id="{one.id}"></a>{one.text}{mark}' in text
        assert one.example in text
    assert not re.search(r"\{\w*\}", text), "a place was not filled in"


def test_of_an_owner_who_also_executed_the_later_end_is_shown() -> None:
    """OTHER counts one month for TIBB4, and four for an executor."""
    shown = told_as(manual(BOOKS["other terms"], TODAY, "en"), "eigenaar-en-uitvoerder").example
    assert in_words(the_day_of(OTHER, "executor"), "en") in shown


def test_a_trajectory_activity_is_called_one() -> None:
    assert "trajectory activity" in example("trajectory_only", BOOKS["packaged"], today=TODAY, language="en")


@pytest.mark.parametrize("books", BOOKS.values(), ids=BOOKS)
def test_whatever_a_sentence_rests_on_stands_in_the_manual(books: RuleBooks) -> None:
    made = manual(books, TODAY, "nl")
    anchors = {one.id for one in made.sentences()} | {source.id for source in made.sources}
    for one in made.sentences():
        assert {support.anchor for support in one.rests_on} <= anchors
        assert [support.text for support in one.rests_on if support.kind == "statement"] == list(
            one.statements
        )
        rules = [support.text for support in one.rests_on if support.kind == "rule"]
        assert rules == (list(one.rules) if len(one.rules) < 2 else ["closing.owner.fallback"])
        sources = {source.id: source.text for source in made.sources}
        cited = [sources[support.anchor] for support in one.rests_on if support.kind == "source"]
        assert cited == ([one.source] if one.source else [])
