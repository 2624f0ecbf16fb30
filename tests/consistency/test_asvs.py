"""docs/asvs.md says of each requirement of the standard once how it is met, and what it points to is there."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.consistency.reading import ROOT

DOCS = ROOT / "docs"
TEXT = (DOCS / "asvs.md").read_text("utf-8")
LEVEL_2, _, BEYOND = TEXT.partition("## Beyond level 2")
NUMBER = re.compile(r"V(?:[1-9]|1[0-7])\.[1-9]\.[1-9]\d?")
LINK = re.compile(r"\[`?([^\]`]+)`?\]\(([^)#]+)(?:#[^)]*)?\)")
HERE = [(words, target) for words, target in LINK.findall(TEXT) if not target.startswith("https://")]
STATES = {"met", "partly", "not met", "outside"}


class Row(NamedTuple):
    """One requirement: its number, what it asks in our words, how far it is met, and how."""

    number: str
    asks: str
    state: str
    how: str


def rows(text: str) -> list[Row]:
    """The requirements that apply."""
    cells = [
        line.strip("| ").split(" | ")
        for line in text.splitlines()
        if re.match(r"\| V\d+\.\d+\.\d+ \| ", line)
    ]
    return [Row(*row) for row in cells if len(row) == len(Row._fields)]


def left_out(text: str) -> list[str]:
    """The numbers of those that don't."""
    _, _, part = text.partition("## What does not apply")
    return [number for line in part.splitlines() for number in re.findall(r"V[\d.]+\d", line.split(" | ")[0])]


APPLY, APART = rows(LEVEL_2), left_out(LEVEL_2)


def test_each_requirement_stands_there_once_with_a_number_of_the_standards_form() -> None:
    numbers = [row.number for row in APPLY + rows(BEYOND)] + APART
    assert APPLY
    assert APART
    assert [number for number in numbers if not NUMBER.fullmatch(number)] == []
    assert sorted(number for number in set(numbers) if numbers.count(number) > 1) == []


def test_no_number_is_passed_over_between_two_of_a_section() -> None:
    sections: dict[str, list[int]] = {}
    for number in [row.number for row in APPLY] + APART:
        section, _, place = number.rpartition(".")
        sections.setdefault(section, []).append(int(place))
    for section, places in sections.items():
        assert sorted(places) == list(range(1, len(places) + 1)), section


@pytest.mark.parametrize("row", APPLY + rows(BEYOND), ids=lambda row: row.number)
def test_each_says_in_a_known_word_how_far_it_is_met_and_what_is_missing(row: Row) -> None:
    assert row.state in STATES
    assert row.asks
    assert row.how
    assert ("**missing**" in row.how) == (row.state == "partly") or row.state == "not met"


@pytest.mark.parametrize(("words", "target"), sorted(set(HERE)), ids=lambda part: part)
def test_what_it_points_to_is_there(words: str, target: str) -> None:
    path = (DOCS / target).resolve()
    assert path.exists()
    if words.startswith("test_"):
        assert words in _functions(path)
    elif words.isupper():
        assert words in _settings(path)


def _functions(path: Path) -> set[str]:
    defined = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, defined)}


def _settings(path: Path) -> set[str]:
    """The names that a module gives a value, also within an `if`."""
    names = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.id for node in names if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
