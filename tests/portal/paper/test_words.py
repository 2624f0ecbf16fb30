"""The words of the pages about files are there in each language, as they are said now."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import inzage.portal.paper
from inzage.portal.paper.uploading import NOT_TAKEN, UNFIT

FOLDER = Path(inzage.portal.paper.__file__).parent
TEMPLATES = sorted((FOLDER.parent / "templates/portal/paper").glob("*.html"))
SAID = re.compile(r"""\{% translate (?:"([^"]+)"|'([^']+)')""")
BLANK = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_translated_with_the_same_blanks_and_compiled(language: str) -> None:
    folder = FOLDER / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as text, (folder / "django.mo").open("rb") as compiled:
        written = {str(each.id): str(each.string) for each in read_po(text) if each.id}
        read = {str(each.id): str(each.string) for each in read_mo(compiled) if each.id}
    said = {first or second for file in TEMPLATES for first, second in SAID.findall(file.read_text("utf-8"))}
    said |= {str(sentence) for sentence in (*UNFIT.values(), *NOT_TAKEN.values())}
    assert said - written.keys() == set()
    assert written == read
    assert all(written.values())
    assert [key for key, text in written.items() if BLANK.findall(key) != BLANK.findall(text)] == []
