"""The manual as Markdown."""

from collections.abc import Iterator

from inzage.view_rights.explaining import sentences
from inzage.view_rights.manual.composing import Manual
from inzage.view_rights.manual.saying import Sentence
from inzage.view_rights.manual.texts import layout


def as_markdown(manual: Manual) -> str:
    """The whole of it; under each sentence what it rests on and, where there is one, its example."""
    return "\n".join(_lines(manual)) + "\n"


def _lines(manual: Manual) -> Iterator[str]:
    yield f"# {manual.title}"
    yield ""
    yield manual.lead
    for section in manual.sections:
        yield from ("", f'## <a id="{section.id}"></a>{section.title}')
        for part in section.parts:
            yield from ("", f'### <a id="{part.id}"></a>{part.title}', "")
            for sentence in part.sentences:
                yield from _sentence(sentence, manual.language)


def _sentence(sentence: Sentence, language: str) -> Iterator[str]:
    mark = f" **[{sentences(language)['statuses'][sentence.status]}]**" if sentence.is_unsure else ""
    yield f'- <a id="{sentence.id}"></a>{sentence.text}{mark}  '
    if example := sentence.example:
        yield f"  *{layout()['words']['example'][language]}* {example}  "
    if rests_on := " · ".join(_rests_on(sentence)):
        yield f"  {rests_on}"


def _rests_on(sentence: Sentence) -> Iterator[str]:
    yield from sentence.statements
    if len(sentence.rules) == 1:
        yield f"`{sentence.rules[0]}`"
    if sentence.version:
        yield sentence.version
    if sentence.source:
        yield sentence.source
