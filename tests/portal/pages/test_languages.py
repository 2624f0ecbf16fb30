"""On a French or an English page no word is left in Dutch, in any state of any page."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from tests.portal.office import Office
from tests.portal.pages.every import STATES
from tests.portal.pages.visiting import State, answer_to
from tests.portal.reading import markup
from tools.catalogs import LANGUAGES, catalog_at, forms_of, messages_of, path_of, sources

SPOKEN = ("aria-label", "data-label", "title", "placeholder", "alt")
EMPTY = {"input", "br", "link", "meta", "img", "rect", "hr"}
FILLED_IN = re.compile(r"%\(\w+\)\w|\{\w+\}")
WORD = re.compile(r"[^\W\d_]{3}")
TAG = re.compile(r"<[^>]+>")


class Reader(HTMLParser):
    """Collects what a page says in its own language: what is marked as another language's is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language, self.within, self.said = "", [True], [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given["lang"] or ""
        own = self.within[-1] and given.get("lang", self.language) == self.language
        if tag not in EMPTY:
            self.within.append(own)
        self.said += [given[name] or "" for name in SPOKEN if own and name in given]

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if self.within[-1]:
            self.said.append(" ".join(data.split()))


@cache
def in_dutch(language: str) -> re.Pattern[str]:
    """What a page in that language does not say: the Dutch of all that it says otherwise, whatever is filled in."""
    dutch: set[str] = set()
    own: set[str] = set()
    for folder in sources():
        for words, message in messages_of(catalog_at(path_of(folder, language))).items():
            own |= _texts_in(*forms_of(message))
            dutch |= _texts_in(words.one, words.many)
    return re.compile("|".join(f"(?:{_pattern(text)})" for text in sorted(dutch - own)))


def _texts_in(*texts: str) -> set[str]:
    """The texts between the markup, where there is a word in them that is not filled in."""
    parts = {part.strip() for text in texts for part in TAG.split(text)}
    return {part for part in parts if WORD.search(FILLED_IN.sub("", part))}


def _pattern(text: str) -> str:
    return ".+".join(re.escape(part) for part in FILLED_IN.split(text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES, ids=str)
def test_nothing_on_a_page_is_left_in_dutch(office: Office, state: State, language: str) -> None:
    visit = state.prepare(office)
    if visit.made is not None:
        return
    if visit.sent and "language" in visit.sent:  # a page that is chosen with what is sent in
        visit = visit._replace(sent={**visit.sent, "language": language})
    reader = Reader()
    reader.feed(markup(answer_to(visit, language)))
    assert reader.language == language
    assert [text for text in reader.said if in_dutch(language).fullmatch(text)] == []
