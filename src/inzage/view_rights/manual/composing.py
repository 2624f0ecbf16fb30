"""The manual put together: sections, parts and sentences, each with its source, how sure it is, and an example."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from inzage.rules.names import Status
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.ending_soon import COMING, NEAR
from inzage.view_rights.explaining import in_words, sentences
from inzage.view_rights.manual.examples import example
from inzage.view_rights.manual.from_book import from_book
from inzage.view_rights.manual.saying import Sentence
from inzage.view_rights.manual.texts import layout, statements

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


class Manual(NamedTuple):
    """The manual as it is today."""

    language: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All of them, in their order."""
        for section in self.sections:
            for part in section.parts:
                yield from part.sentences


@lru_cache(maxsize=12)
def manual(books: RuleBooks, today: date, language: str) -> Manual:
    """The manual of that day under these books: what they say and nothing else."""
    text, book = layout(), books.on(today)
    version = in_words(book.starts_on, language)
    lead = text["lead"][language].format(day=in_words(today, language), version=version)
    sections = tuple(_section(one, books, today, language) for one in text["section"])
    return Manual(language, text["title"][language], lead, sections)


def _section(section: Line, books: RuleBooks, today: date, language: str) -> Section:
    parts = []
    for part in section["part"]:
        said = [one for line in part["lines"] for one in _said(line, books, today, language)]
        parts.append(Part(part["id"], part[language], tuple(said)))
    return Section(section["id"], section[language], tuple(parts))


def _said(line: Line, books: RuleBooks, today: date, language: str) -> Iterator[Sentence]:
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
    yield Sentence(line["id"], _own(line, language), source, line.get("status", ""), numbers, example=shown)


def _own(line: Line, language: str) -> str:
    """A sentence of the manual itself, or one that the pages say too."""
    for place, key in (("way", "ways"), ("rule_book", "rule_book")):
        if place in line:
            return sentences(language)[key][line[place]]
    return str(line[language]).format(near=NEAR, coming=COMING)
