"""What each sentence of the manual rests on: where the statement, the rule and the source behind it are told."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from inzage.rules.rulebook import FALLBACK
from inzage.view_rights.explaining import sentences
from inzage.view_rights.manual.saying import Sentence, Support, anchor
from inzage.view_rights.manual.texts import words


class Index(NamedTuple):
    """Where a statement is told, and the numbers of the sources, in the order in which they are first used."""

    told_at: dict[str, str]
    sources: dict[str, int]
    language: str

    def supported(self, sentence: Sentence) -> Sentence:
        """The sentence with its mark, and with what it rests on."""
        mark = sentences(self.language)["statuses"][sentence.status] if sentence.is_unsure else ""
        return sentence._replace(mark=mark, rests_on=tuple(self._support(sentence)))

    def _support(self, sentence: Sentence) -> Iterator[Support]:
        for number in sentence.statements:
            yield Support("statement", number, self.told_at[number])
        if len(sentence.rules) == 1:
            yield Support("rule", sentence.rules[0], sentence.id)
        elif sentence.rules:  # services that point at the fallback
            yield Support("rule", FALLBACK, anchor(FALLBACK))
        if sentence.source:
            place = self.sources[sentence.source]
            yield Support("source", words("source", self.language).format(number=place), source_anchor(place))


def index(said: Sequence[Sentence], language: str) -> Index:
    """Of all sentences. A statement stands where it is told in its own words, or else first."""
    told_at: dict[str, str] = {}
    sources: dict[str, int] = {}
    for sentence in said:
        for number in sentence.statements:
            if sentence.id == anchor(number):
                told_at[number] = sentence.id
            told_at.setdefault(number, sentence.id)
        if sentence.source:
            sources.setdefault(sentence.source, len(sources) + 1)
    return Index(told_at, sources, language)


def source_anchor(number: int) -> str:
    """The id of a source."""
    return f"bron-{number}"
