"""Words reach a screen through the translation files alone: none stands in a template or in Python as it is."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tools.catalogs import KEYWORDS, MAILS, PORTAL, TEMPLATES, words_in

PAGES = sorted(path for path in (*PORTAL.rglob("*"), *MAILS.rglob("*")) if path.suffix in TEMPLATES)
MODULES = sorted((*PORTAL.rglob("*.py"), *MAILS.rglob("*.py")))
WORD = re.compile(r"[^\W\d_]{2,}")
IN_A_FILTER = re.compile(r"\|(?:default|default_if_none|yesno|pluralize|join|add):(\"[^\"]*\"|'[^']*')")
ATTRIBUTES_ALONE = re.compile(r"\s*[\w-]+=\"[^<]*$")
"""A template that is included within a tag."""
SPOKEN = {
    "aria-label",
    "data-label",
    "title",
    "placeholder",
    "alt",
    "aria-description",
    "aria-roledescription",
}
NAMES = {"Inzage", "VDAB"}
"""They are the same in every language, as commands are."""


class Reader(HTMLParser):
    """Collects what a reader or a listener gets to know of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        spoken = SPOKEN | ({"value"} if tag == "input" and ("type", "submit") in attrs else set())
        self.found += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        self.within.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.within[-1:] != ["code"]:
            self.found.append(data)


def untranslated(template: str) -> list[str]:
    """The words of a template that no translation reaches."""
    reader, inside = Reader(), False
    markup, in_filters = [], []
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            inside = tag in ("blocktranslate", "blocktrans") or (
                inside and not tag.startswith("endblocktrans")
            )
        if token.token_type == TokenType.TEXT and not inside:
            markup.append(token.contents)
        elif token.token_type in (TokenType.VAR, TokenType.BLOCK):
            in_filters += [found for found in IN_A_FILTER.findall(token.contents) if "=" not in found]
    text = "".join(markup)
    reader.feed(f"<p {text}>" if ATTRIBUTES_ALONE.match(text) else text)
    reader.close()
    return [word for text in (*reader.found, *in_filters) for word in WORD.findall(text) if word not in NAMES]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(PORTAL.parent)))
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    assert untranslated(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Dag</p>", ["Dag"]),
        ('<td data-label="Dag">{{ day }}</td>', ["Dag"]),
        ('<nav aria-label="Hoofdmenu"></nav>', ["Hoofdmenu"]),
        ('<input type="submit" value="Zoeken">', ["Zoeken"]),
        ('hx-boost="true" hx-target="#lijst"', []),
        ('hx-boost="true" title="Dag"', ["Dag"]),
        ('<input type="hidden" name="step" value="close">', []),
        ("<p><code>make demo</code> later</p>", ["later"]),
        ('{{ name|default:"zonder titel" }}', ["zonder", "titel"]),
        ('{{ told|yesno:"ja,nee" }}', ["ja", "nee"]),
        ('{% translate "Dag" %} · {{ day|date:"j F Y" }}', []),
        ("{% blocktranslate %}Dag {{ day }}{% endblocktranslate %}{% if day %}later{% endif %}", ["later"]),
        ('<a class="back" href="/dossiers/">Inzage</a> – {{ line.day|default:"–" }}', []),
    ],
)
def test_words_of_its_own_are_found_wherever_they_stand(template: str, found: list[str]) -> None:
    assert untranslated(template) == found


def in_python(tree: ast.AST) -> Iterator[ast.expr]:
    """What becomes a label, a help text, an error, a message: the places from where texts reach a screen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg in ("label", "help_text", "legend"))
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("success", "info", "warning", "error", "add_error"):
                yield from node.args[1:2]
            if called in ("ValidationError", "AlreadyThere", "NotReceived"):
                yield from node.args[:1]
        if isinstance(node, ast.Dict):
            yield from (
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in ("required", "invalid")
            )


def as_it_is(value: ast.expr) -> bool:
    """Whether a text is put there as it is, or has such a text in it."""
    if isinstance(value, ast.JoinedStr):
        return any(as_it_is(part) for part in value.values)
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and bool(WORD.search(value.value))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PORTAL.parent)))
def test_what_python_says_on_a_page_is_translated(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert [ast.unparse(value) for value in in_python(tree) if as_it_is(value)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PORTAL.parent)))
def test_what_python_asks_to_translate_the_files_know(path: Path) -> None:
    known = {words.one for words in words_in(path)}
    assert [asked for asked in _asked_in(ast.parse(path.read_text("utf-8"))) if asked not in known] == []


def _asked_in(tree: ast.AST) -> Iterator[str]:
    """The words of each call that translates; for one whose words are not written there, how it is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            words = node.args[1 if node.func.id.startswith(("pgettext", "npgettext")) else 0]
            is_text = isinstance(words, ast.Constant) and isinstance(words.value, str)
            yield words.value if is_text else ast.unparse(node)  # type: ignore[attr-defined]
