"""Each word of the mails, and of the pages about notices, stands in the French and the English catalogue."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from inzage import notices

FOLDER = Path(notices.__file__).parent
PORTAL = FOLDER.parent / "portal"
TEMPLATES = [
    *(FOLDER / "templates" / "notices").iterdir(),
    *(PORTAL / "templates" / "portal" / "account" / name for name in ("choose_notices.html", "letter.html")),
    PORTAL / "templates" / "portal" / "account" / "post.html",
    PORTAL / "templates" / "portal" / "partner" / "notices.html",
]
MODULES = [FOLDER / "wording.py", PORTAL / "account" / "choosing.py", PORTAL / "partner" / "told.py"]
SAYING = {"_", "gettext_lazy", "ngettext_lazy"}


def catalogue(language: str) -> Catalog:
    """The translations as people write them."""
    with (FOLDER / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def said_in(path: Path) -> set[str]:
    """The Dutch words in a template or a module that are to be translated."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return set(re.findall(r'{% translate "([^"]+)"', text))
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in SAYING
        and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_is_translated(language: str, path: Path) -> None:
    words, found = said_in(path), catalogue(language)
    assert words
    assert {word for word in words if not (found.get(word) and found[word].string)} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_compiled_is_what_was_written(language: str) -> None:
    path = FOLDER / "locale" / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue(language):
        if not message.id:
            continue  # what the catalogue says of itself
        if isinstance(message.id, tuple | list):
            one, many = message.id
            said = [compiled.ngettext(one, many, 1), compiled.ngettext(one, many, 2)]
            assert said == list(message.string or ())
        else:
            assert compiled.gettext(str(message.id)) == message.string
