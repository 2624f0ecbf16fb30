"""What docs/api.md tells those who connect is what there is: words, reasons, limits, and the client's names."""

import ast
import re

import pytest

import inzage.client
from inzage.client import building
from inzage.decision_api.authzen import evaluating, searching
from inzage.decision_api.callers.gate import AUDIT, DECIDE
from inzage.rules.names import Part, Way
from inzage.rules.viewing import YES, Reason, Verb
from inzage.view_rights.questions import Subject
from tests.consistency.reading import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
ON_THE_COMMAND_LINE = {Reason.UNKNOWN_CLIENT, Reason.UNKNOWN_UNIT}
"""Where a client or a unit is named that isn't there; over the API that is no right."""
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_each_reason_is_explained_once_with_the_decision_it_goes_with() -> None:
    rows = re.findall(r"^\| (`.+?) \| (yes|no) \| .+ \|$", TEXT, re.MULTILINE)
    explained = {word: decision for words, decision in rows for word in re.findall(r"`(\w+)`", words)}
    assert sum(words.count("`") for words, _ in rows) == 2 * len(explained)
    assert explained == {
        str(reason): "yes" if reason in YES else "no" for reason in set(Reason) - ON_THE_COMMAND_LINE
    }


@pytest.mark.parametrize("word", [*Subject, *Verb, *Part, *Way, DECIDE, AUDIT])
def test_each_word_of_the_api_is_named(word: str) -> None:
    assert f"`{word}`" in TEXT


def test_limits_are_those_of_the_code() -> None:
    assert f"up to {evaluating.MOST:,} questions" in TEXT
    assert f"{searching.LIMIT} results, or `page.limit` ({searching.LARGEST_LIMIT} at most)" in TEXT
    assert (building.AT_ONCE, building.PAGE) == (evaluating.MOST, searching.LARGEST_LIMIT)


def test_words_of_the_client_are_those_of_the_register() -> None:
    client = inzage.client
    assert {client.PARTNER_USER, client.MEDIATOR, client.CLIENT} == {str(subject) for subject in Subject}
    assert {client.VIEW, client.REGISTER} == {str(verb) for verb in Verb}
    assert {client.GENERAL, client.STEPS, client.CONFIDENTIAL} == {str(part) for part in Part}


def test_the_code_shown_is_python_and_imports_what_there_is() -> None:
    (shown,) = PYTHON
    (imported,) = (node for node in ast.walk(ast.parse(shown)) if isinstance(node, ast.ImportFrom))
    assert imported.module == "inzage.client"
    assert {alias.name for alias in imported.names} <= set(inzage.client.__all__)
