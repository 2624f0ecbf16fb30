"""What can't be read as a rule book, as a rule manager is told it; and how a book is written."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from inzage.portal.rule_manager.drafts.reference import OF_NAMES, OF_ROUNDING, OF_SECTIONS, reference
from inzage.portal.rule_manager.drafts.unreadable import EXPECTED, FAULTS, LONGEST, refused_in_words
from inzage.rules.names import OwnershipEnd, Status
from inzage.rules.reading_books import (
    EXECUTOR_ENDS,
    OF_SERVICE,
    OWNER_ENDS,
    ROUNDING,
    SECTIONS,
    SWITCH,
    read_book,
)
from inzage.rules.unreadable import Expected, Fault, Refusal, UnreadableBook
from inzage.view_rights.explaining import LANGUAGES
from tests.portal.office import Tab
from tests.portal.reading import markup, text
from tests.rules.test_book_terms import BOOK
from tests.rules.unreadable import WAYS, Way

NEW = "/regels/ontwerpen/nieuw/"
CODE = re.compile("<code.*?</code>", re.DOTALL)


def refusal_on_the_page(tab: Tab, book: str) -> str:
    page = markup(tab.post(NEW, {"name": "Ontwerp", "text": book}))
    found = re.search(r'<p class="error" id="id_text_error">(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1]


def words(of: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d]+", re.sub(r"%\(\w+\)s|\{\w+\}", " ", of))}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.fault.name} {way.expected.name}")
def test_no_english_of_the_reader_remains_on_the_dutch_page(rudi: Tab, way: Way) -> None:
    with pytest.raises(UnreadableBook) as refused:
        read_book(way.text, name="x")
    refusal = refused.value.refusal
    said = refusal_on_the_page(rudi, way.text)
    assert said.count("Lijn ") == bool(refusal.line)
    assert f"Lijn {refusal.line}: " in said or not refusal.line
    assert "Verwacht: " in said
    plain = unescape(strip_tags(CODE.sub("", said)))
    for given in (refusal.where, refusal.of, refusal.value):
        plain = plain.replace(given, " ") if given else plain
    dutch = set().union(*(words(str(sentence)) for sentence in [*FAULTS.values(), *EXPECTED.values()]))
    english = set().union(*(words(sentence) for sentence in [*Fault, *Expected])) - dutch
    assert not words(plain) & english


def test_every_fault_and_expectation_has_its_sentence_in_three_languages() -> None:
    assert set(FAULTS) == set(Fault)
    assert set(EXPECTED) == set(Expected)
    for code, sentence in [*FAULTS.items(), *EXPECTED.items()]:
        said = set()
        for language in LANGUAGES:
            with override(language):
                said.add(str(sentence))
        assert len(said) == len(LANGUAGES) or code is Expected.EXACTLY, code


@pytest.mark.parametrize(("language", "line"), [("nl", "Lijn 7: "), ("fr", "Ligne 7 : "), ("en", "Line 7: ")])
def test_a_line_is_no_rule(language: str, line: str) -> None:
    refusal = Refusal(Fault.MISSING, Expected.SOURCE, where="owner.source", line=7)
    with override(language):
        assert refused_in_words(refusal, "x\n" * 9).startswith(line)


def test_the_line_that_is_wrong_is_quoted_as_it_was_written_and_cut(rudi: Tab) -> None:
    said = refusal_on_the_page(rudi, BOOK.replace("months = 6", f"months = '<b>{'x' * 100}'", 1))
    assert "<b>" not in said
    quoted = next(unescape(strip_tags(code)) for code in CODE.findall(said))
    assert quoted == f"months = '<b>{'x' * 100}"[: LONGEST - 1] + "…"


def test_a_name_of_any_length_is_cut_too(rudi: Tab) -> None:
    said = refusal_on_the_page(rudi, BOOK.replace("[rounding]", f"'{'x' * 10_000}' = 1\n[rounding]"))
    assert len(said) < 1000


def test_the_reference_knows_every_word_that_the_reader_knows(rudi: Tab) -> None:
    page = text(rudi.get(NEW))
    assert "Hoe schrijf ik een regelboek?" in page
    for language in LANGUAGES:
        with override(language):
            named = [[row.name for row in part.rows] for part in reference()]
            assert all(row.meaning for part in reference() for row in part.rows)
        assert named == [
            list(SECTIONS),
            [*OF_SERVICE, SWITCH],
            list(ROUNDING),
            list(OWNER_ENDS),
            list(EXECUTOR_ENDS),
            list(Status),
        ]
    assert not {*OF_SECTIONS, *OF_NAMES, *OF_ROUNDING} - {*SECTIONS, *OF_SERVICE, *ROUNDING, SWITCH}
    assert f"{OwnershipEnd.NOT_STARTED} de klant is niet opgedaagd (no-show)" in page


def test_every_example_of_the_reference_is_read() -> None:
    sections, names, rounding, of_owners, of_executors, statuses = (
        {row.name: row.example for row in part.rows} for part in reference()
    )
    origin = "\n".join([names["source"], names["approved_by"], names["approved_on"]])
    for status in statuses.values():
        term = f"{names['months']}\n{origin}\n{status}\n"
        text = "\n".join(
            [
                sections["starts_on"],
                sections["rounding"],
                *rounding.values(),
                *(f"{sections[name]}\n{term}" for name in ("executor", "no_activity", "owner")),
                *(f"{example}\n{term}" for example in [*of_owners.values(), *of_executors.values()]),
                f"{sections['services']}\n{names['days']}\n{origin}\n{names['status']}\n{names['maximum']}",
                f"{names['after']}\n{term}",
                f"{sections['prjlew']}\n{names[SWITCH]}\n{origin}\n{status}\n",
            ]
        )
        assert len(read_book(text, name="x").after) == len(OWNER_ENDS) + len(EXECUTOR_ENDS) + 1
