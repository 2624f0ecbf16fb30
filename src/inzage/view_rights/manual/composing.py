"""The manual put together: sections, parts and sentences, each with its source, how sure it is, and an example."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from inzage.rules.holding import DAYS, UNANSWERED
from inzage.rules.names import Status
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.ending_soon import COMING, NEAR
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.manual.examples import example
from inzage.view_rights.manual.from_book import from_book
from inzage.view_rights.manual.resting import Index, index, source_anchor
from inzage.view_rights.manual.saying import Sentence
from inzage.view_rights.manual.texts import layout, statements, words
from inzage.view_rights.usual_nights import NIGHTS

Line = Mapping[str, Any]


class Part(NamedTuple):
    """A few sentences under one heading."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


class Section(NamedTuple):
    """Getting, using or losing a view right."""

    id: str
    title: str
    parts: tuple[Part, ...]


class Source(NamedTuple):
    """What sentences rest on, in its own words (which are Dutch), with its number."""

    id: str
    text: str


class Manual(NamedTuple):
    """The manual as it is today, and the words around it."""

    language: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All of them, in their order."""
        for section in self.sections:
            for part in section.parts:
                yield from part.sentences

    def words(self) -> Mapping[str, str]:
        """What stands around the sentences: how to read it, and headings."""
        return {key: words(key, self.language) for key in ("legend", "contents", "example", "sources")}


class Settings(NamedTuple):
    """What the manual tells of how this register is set: whether rules must be verified, and its numbers by name."""

    verified_rules: bool
    numbers: tuple[tuple[str, int], ...]


def manual(books: RuleBooks, today: date, language: str) -> Manual:
    """The manual of that day under these books and the settings: what they say and nothing else."""
    numbers = {"near": NEAR, "coming": COMING, "held": DAYS, "unanswered": UNANSWERED, "back": NIGHTS}
    numbers |= settings.EVENING_LIMITS
    return _manual(books, Settings(settings.REQUIRE_VERIFIED_RULES, tuple(numbers.items())), today, language)


@lru_cache(maxsize=12)
def _manual(books: RuleBooks, set_so: Settings, today: date, language: str) -> Manual:
    text, book = layout(), books.on(today)
    version = in_words(book.starts_on, language)
    lead = text["lead"][language].format(day=in_words(today, language), version=version)
    sections = [_section(one, books, set_so, today, language) for one in text["section"]]
    said = [one for section in sections for part in section.parts for one in part.sentences]
    found = index(said, language)
    sources = tuple(Source(source_anchor(number), source) for source, number in found.sources.items())
    supported = tuple(_supported(section, found) for section in sections)
    return Manual(language, text["title"][language], lead, supported, sources)


def _supported(section: Section, found: Index) -> Section:
    parts = (part._replace(sentences=tuple(map(found.supported, part.sentences))) for part in section.parts)
    return section._replace(parts=tuple(parts))


def _section(section: Line, books: RuleBooks, set_so: Settings, today: date, language: str) -> Section:
    parts = []
    for part in section["part"]:
        lines = [
            line for line in part["lines"] if line.get("verified_rules") in (None, set_so.verified_rules)
        ]
        said = [one for line in lines for one in _said(line, books, set_so, today, language)]
        parts.append(Part(part["id"], part[language], tuple(said)))
    return Section(section["id"], section[language], tuple(parts))


def _said(line: Line, books: RuleBooks, set_so: Settings, today: date, language: str) -> Iterator[Sentence]:
    """What one line of the layout stands for."""
    if "rules" in line:
        yield from from_book(line["rules"], books, today, language)
        return
    shown = example(line["example"], books, today=today, language=language) if "example" in line else ""
    if "statement" in line:
        number, source = line["statement"], layout()["source"]["statement"]
        text = statements()[number][language]
        yield Sentence(number.lower(), text, source, Status.VERIFIED, (number,), example=shown)
        return
    source = layout()["source"]["decision"].format(decision=line["decision"])
    numbers = tuple(line.get("statements", ()))
    text = _own(line, set_so, language)
    yield Sentence(line["id"], text, source, line.get("status", ""), numbers, example=shown)


def _own(line: Line, set_so: Settings, language: str) -> str:
    """A sentence of the manual itself, or one that the pages say too."""
    for place, key in (("way", "ways"), ("rule_book", "rule_book")):
        if place in line:
            return sentences(language)[key][line[place]]
    return str(line[language]).format(**dict(set_so.numbers))
