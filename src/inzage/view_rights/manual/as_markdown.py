"""The manual as Markdown."""

from collections.abc import Iterator

from inzage.view_rights.manual.composing import Manual
from inzage.view_rights.manual.saying import Sentence, Support


def as_markdown(manual: Manual) -> str:
    """The whole of it; under each sentence what it rests on and, where there is one, its example."""
    return "\n".join(_lines(manual)) + "\n"


def _lines(manual: Manual) -> Iterator[str]:
    around = manual.words()
    yield from (f"# {manual.title}", "", manual.lead, "", around["legend"])
    for section in manual.sections:
        yield from ("", f'## <a id="{section.id}"></a>{section.title}')
        for part in section.parts:
            yield from ("", f'### <a id="{part.id}"></a>{part.title}', "")
            for sentence in part.sentences:
                yield from _sentence(sentence, around["example"])
    yield from ("", f'## <a id="bronnen"></a>{around["sources"]}', "")
    for number, source in enumerate(manual.sources, start=1):
        yield f'{number}. <a id="{source.id}"></a>{source.text}'


def _sentence(sentence: Sentence, before_example: str) -> Iterator[str]:
    mark = f" **[{sentence.mark}]**" if sentence.mark else ""
    lines = [f'<a id="{sentence.id}"></a>{sentence.text}{mark}']
    if sentence.example:
        lines.append(f"*{before_example}* {sentence.example}")
    if sentence.rests_on:
        lines.append(" · ".join(map(_link, sentence.rests_on)))
    yield "- " + "  \n  ".join(lines)


def _link(support: Support) -> str:
    text = f"`{support.text}`" if support.kind == "rule" else support.text
    return f"[{text}](#{support.anchor})"
