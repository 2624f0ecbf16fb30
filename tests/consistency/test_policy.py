"""The policy texts are whole, and true of the code: statements, vocabulary, what software can't carry out."""

import re
from enum import EnumType, StrEnum

import pytest

from inzage.rules import names

from .reading import ROOT, entries, names_in_source, policy_test_names

STATEMENTS = entries("statements.toml", "statement")
TERMS = entries("vocabulary.toml", "term")
NOT_SOFTWARE = entries("not-software.toml", "item")
NUMBERS = [f"S{number:02}" for number in range(1, 24)]
HEADINGS = {"asking", "brussels", "ibis", "closing"}
WAYS = {"carried_out", "planned", "excused"}
FORBIDDEN = {"services", "utils", "helpers", "core", "common", "base", "manager", "misc"}
CLOSED_LISTS = [
    value
    for value in vars(names).values()
    if isinstance(value, EnumType) and issubclass(value, StrEnum) and value is not StrEnum
]


def test_every_statement_is_there_once_and_in_order() -> None:
    assert [statement["number"] for statement in STATEMENTS] == NUMBERS


@pytest.mark.parametrize("statement", STATEMENTS, ids=NUMBERS)
def test_a_statement_stands_under_a_heading_and_says_itself_in_three_languages(
    statement: dict[str, str],
) -> None:
    assert statement["heading"] in HEADINGS
    said = [statement[language] for language in ("nl", "fr", "en")]
    assert all(text.endswith(".") for text in said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("statement", STATEMENTS, ids=NUMBERS)
def test_a_statement_is_carried_out_or_gives_its_reason(statement: dict[str, str]) -> None:
    (way,) = WAYS & statement.keys()
    if way == "carried_out":
        assert statement[way] == "tests"
    else:
        assert len(statement[way]) > 20, "a reason is a sentence"


@pytest.mark.parametrize("number", [each["number"] for each in STATEMENTS if "carried_out" in each])
def test_a_statement_carried_out_has_a_test_that_names_it(number: str) -> None:
    assert [test for test in policy_test_names() if number.lower() in _numbers_in(test)]


def test_tests_of_policy_name_only_statements_that_exist() -> None:
    named = set().union(*(_numbers_in(test) for test in policy_test_names()))

    assert named <= {number.lower() for number in NUMBERS}


def _numbers_in(test: str) -> set[str]:
    return set(re.findall(r"(?<=_)s\d+(?=_|$)", test))


@pytest.mark.parametrize("term", TERMS, ids=[term["en"] for term in TERMS])
def test_a_term_is_said_in_three_languages_and_serves_statements(term: dict[str, str]) -> None:
    assert all(term[language].strip() for language in ("nl", "fr", "en"))
    assert term["statement"]
    assert set(term["statement"]) <= set(NUMBERS)


@pytest.mark.parametrize("code", [term["code"] for term in TERMS])
def test_the_name_of_a_term_is_defined_in_the_source(code: str) -> None:
    assert code in names_in_source()


def test_no_two_terms_share_a_name_in_code_or_a_word() -> None:
    for key in ("code", "nl", "fr", "en"):
        said = [term[key] for term in TERMS]
        assert [word for word in said if said.count(word) > 1] == [], key


@pytest.mark.parametrize("closed_list", CLOSED_LISTS, ids=lambda each: each.__name__)
def test_every_word_of_a_closed_list_is_in_the_vocabulary(closed_list: type[StrEnum]) -> None:
    words = {f"{closed_list.__name__}.{member.name}" for member in closed_list}

    assert words - {term["code"] for term in TERMS} == set()


@pytest.mark.parametrize("item", NOT_SOFTWARE, ids=[item["en"] for item in NOT_SOFTWARE])
def test_what_software_cannot_do_says_why_and_what_is_done_instead(item: dict[str, str]) -> None:
    assert all(item[key].strip() for key in ("nl", "en", "why", "instead"))
    assert item["statement"]
    assert set(item["statement"]) <= set(NUMBERS)


def test_every_decision_is_in_the_index_and_the_index_names_no_other() -> None:
    folder = ROOT / "docs" / "decisions"
    files = {path.name for path in folder.glob("*.md")} - {"README.md"}
    indexed = set(re.findall(r"\]\(([^)]+\.md)\)", (folder / "README.md").read_text("utf-8")))

    assert files
    assert indexed == files


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("0*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    paths = [
        path
        for folder in ("src", "tests", "docs", "policy", "benchmarks", "examples")
        for path in (ROOT / folder).rglob("*")
    ]

    assert paths
    assert [
        str(path.relative_to(ROOT)) for path in paths if path.name.split(".")[0].lower() in FORBIDDEN
    ] == []
