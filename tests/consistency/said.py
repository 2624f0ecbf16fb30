"""All that Inzage says: on pages and in mails, in the sentences of the register, forms, the manual and the client."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from inzage.client.answers import ENDED
from inzage.consents.form_pdf.wording import sentences as of_forms
from inzage.view_rights.explaining import LANGUAGES, sentences
from inzage.view_rights.manual.texts import layout
from tools.catalogs import LANGUAGES as TRANSLATED
from tools.catalogs import catalog_at, forms_of, messages_of, path_of, sources

from .reading import entries

Said = dict[str, str]
"""The same in each language. What stands in a catalog is there without the languages that another entry has."""


@cache
def all_that_is_said() -> tuple[Said, ...]:
    """Each sentence or word, wherever it is kept."""
    registers, forms = ({of: read(of) for of in LANGUAGES} for read in (sentences, of_forms))
    places = layout(), entries("statements.toml", "statement"), ENDED
    return (*_in_catalogs(), *_side_by_side(registers), *_side_by_side(forms), *_inside(list(places)))


def _in_catalogs() -> Iterator[Said]:
    for folder in sources():
        for language in TRANSLATED:
            for words, message in messages_of(catalog_at(path_of(folder, language))).items():
                yield {"nl": words.one, language: " ".join(forms_of(message))}


def _side_by_side(languages: dict[str, Any]) -> Iterator[Said]:
    """What stands under the same keys in a file of each language."""
    dutch = languages["nl"]
    if isinstance(dutch, str):
        yield dict(languages)
        return
    for key in dutch:
        yield from _side_by_side({language: texts[key] for language, texts in languages.items()})


def _inside(found: Any) -> Iterator[Said]:
    """What stands together in one file, however deep."""
    if isinstance(found, dict) and all(isinstance(found.get(language), str) for language in LANGUAGES):
        yield {language: found[language] for language in LANGUAGES}
    if isinstance(found, dict | list):
        yield from chain.from_iterable(map(_inside, found.values() if isinstance(found, dict) else found))
