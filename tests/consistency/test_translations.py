"""The translation files: whole, used, agreeing with each other, and compiled."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from tools.catalogs import (
    LANGUAGES,
    MAILS,
    PORTAL,
    Words,
    catalog_at,
    compiled,
    files,
    folder_of,
    forms_of,
    is_whole,
    messages_of,
    path_of,
    sources,
)

from .reading import ROOT

FOUND = sources()
FILES = files()
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}|</?[a-z][^>]*>")
"""What a translation must leave as it is: names that are filled in, and markup."""


def named(path: Path) -> str:
    """A file or folder as a test names it."""
    return str(path.relative_to(PORTAL.parent))


def of_each(message: Message) -> list[tuple[str, str]]:
    """Each form that is said for a message, beside the Dutch; a language with more forms repeats the last."""
    dutch = message.id if isinstance(message.id, list | tuple) else (str(message.id),)
    return [(dutch[min(place, len(dutch) - 1)], said) for place, said in enumerate(forms_of(message))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOUND, ids=named)
def test_every_word_of_the_pages_is_translated(folder: Path, language: str) -> None:
    said = messages_of(catalog_at(path_of(folder, language)))
    waiting = [words.one for words in FOUND[folder] if words not in said or not is_whole(said[words])]
    assert waiting == [], "`make translations` puts them in the file"


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_holds_nothing_that_no_page_says_and_nothing_doubtful(file: Path) -> None:
    catalog = catalog_at(file)
    assert messages_of(catalog).keys() - FOUND[file.parents[3]] == set()
    assert not catalog.obsolete
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_is_filled_in_and_the_markup_are_the_same_in_both_languages(file: Path) -> None:
    for message in messages_of(catalog_at(file)).values():
        for dutch, said in of_each(message):
            assert Counter(PLACEHOLDER.findall(said)) == Counter(PLACEHOLDER.findall(dutch)), dutch


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_translation_begins_and_ends_as_the_dutch_does(file: Path) -> None:
    for message in messages_of(catalog_at(file)).values():
        for dutch, said in of_each(message):
            assert said.strip() == said
            assert said[-1:] == dutch[-1:] or dutch[-1:] not in ".:?!", dutch


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_is_read_is_what_the_file_says(file: Path) -> None:
    with file.with_suffix(".mo").open("rb") as compiled_before:
        read = read_mo(compiled_before)
    assert _read(read) == _read(read_mo(BytesIO(compiled(catalog_at(file))))), (
        "`make translations` compiles it"
    )


def _read(catalog: Catalog) -> dict[Words, object]:
    return {words: message.string for words, message in messages_of(catalog).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_read_the_same_wherever_they_stand(language: str) -> None:
    said: dict[Words, set[str]] = {}
    for folder in FOUND:
        for words, message in messages_of(catalog_at(path_of(folder, language))).items():
            said.setdefault(words, set()).add(str(message.string))
    assert said
    assert {words.one: ways for words, ways in said.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_names_no_date_and_nobody(file: Path) -> None:
    header = [line for line in file.read_text("utf-8").splitlines() if line.startswith(("#", '"'))]
    named = [
        line for line in header if "Date:" in line or "Translator" in line or ("<" in line and "@" in line)
    ]
    assert named == []


def test_a_folders_words_stand_with_the_folder_and_shared_ones_with_the_portal() -> None:
    pages = PORTAL / "templates" / "portal"
    assert folder_of(PORTAL / "partner" / "dossier.py") == PORTAL / "partner"
    assert folder_of(pages / "partner" / "dossier.html") == PORTAL / "partner"
    assert folder_of(pages / "frame.html") == PORTAL
    assert folder_of(PORTAL / "words.py") == PORTAL
    assert folder_of(PORTAL / "templates" / "404.html") == PORTAL
    assert folder_of(MAILS / "wording.py") == MAILS
    assert folder_of(PORTAL / "templatetags" / "in_words.py") == PORTAL


def test_all_files_are_where_django_looks() -> None:
    from django.conf import settings

    assert {file.parents[2] for file in FILES} == set(settings.LOCALE_PATHS)
    assert (ROOT / "src" / "inzage" / "portal" / "locale") in settings.LOCALE_PATHS
