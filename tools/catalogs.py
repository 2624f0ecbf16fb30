"""The translation files of pages and mails: which words the sources hold, and what each language says for them.

Dutch is the key. A folder of the portal has its own catalogs in its `locale/`; what belongs to no folder, or to pages
that all share, stands in `portal/locale/`. The words of mails stand with the notices.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PORTAL = Path(__file__).resolve().parents[1] / "src" / "inzage" / "portal"
PAGES = PORTAL / "templates" / "portal"
MAILS = PORTAL.parent / "notices"
TEMPLATES = (".html", ".txt")
LANGUAGES = ("fr", "en")
LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None}


class Words(NamedTuple):
    """What a source asks to have translated: its context where it has one, the words, and those for more than one."""

    context: str
    one: str
    many: str = ""


class Plain(Catalog):
    """A catalog whose header says only what a reader of it needs: no dates, nobody's address."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The language, how it counts, and how the file is written."""
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: list[tuple[str, str]]) -> None:
        """What a file says of itself is said anew."""


def sources() -> dict[Path, set[Words]]:
    """For each folder that has words on its pages or in its mails: its words."""
    found: dict[Path, set[Words]] = {}
    for path in sorted((*PORTAL.rglob("*"), *MAILS.rglob("*"))):
        if path.suffix in (".py", *TEMPLATES) and (words := set(words_in(path))):
            found.setdefault(folder_of(path), set()).update(words)
    return found


def files() -> list[Path]:
    """Every translation file there is."""
    return sorted((*PORTAL.rglob("locale/*/LC_MESSAGES/*.po"), *MAILS.rglob("locale/*/LC_MESSAGES/*.po")))


def folder_of(path: Path) -> Path:
    """The folder in whose catalogs the words of this file stand: the innermost with a `locale/` of its own.

    Where none has, it is the outermost, which then gets one.
    """
    if path.is_relative_to(MAILS):
        return MAILS
    within = path.relative_to(PAGES if path.is_relative_to(PAGES) else PORTAL).parts[:-1]
    folders = [PORTAL.joinpath(*within[:depth]) for depth in range(len(within), 0, -1)]
    if own := next((folder for folder in folders if (folder / "locale").exists()), None):
        return own
    has_pages = bool(folders) and (folders[-1] / "urls.py").exists()
    return folders[-1] if has_pages else PORTAL


def words_in(path: Path) -> Iterator[Words]:
    """The words of one module or template."""
    text = path.read_text("utf-8")
    if path.suffix in TEMPLATES:
        # What Django leaves for the extractor keeps its indentation, which Python would take for blocks.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, words, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        one, many = words if isinstance(words, tuple) else (words, "")
        yield Words(context or "", one, many)


def path_of(folder: Path, language: str, suffix: str = "po") -> Path:
    """Where a folder's words in a language stand; `mo` is what is read when a page is shown."""
    return folder / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"


def catalog_at(path: Path) -> Catalog:
    """What a file says; nothing, where there is none yet."""
    language = path.parents[1].name
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(folder: Path, language: str, words: set[Words], known: dict[Words, Message]) -> Plain:
    """The folder's catalog with exactly these words: what it said, or what another folder says, or nothing yet."""
    said = messages_of(catalog_at(path_of(folder, language)))
    catalog = Plain(locale=language, header_comment="", fuzzy=False)
    for each in sorted(words):
        had = said.get(each)
        message = had if had is not None and is_whole(had) else known.get(each, had)
        key = (each.one, each.many) if each.many else each.one
        catalog.add(key, message.string if message else None, context=each.context or None)
    return catalog


def messages_of(catalog: Catalog) -> dict[Words, Message]:
    """What a catalog says, by its words."""
    found = {}
    for message in catalog:
        if message.id:
            one, many = message.id if isinstance(message.id, list | tuple) else (message.id, "")
            found[Words(message.context or "", one, many)] = message
    return found


def forms_of(message: Message) -> tuple[str, ...]:
    """What is said for a message: one text, or one for each way in which the language counts."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string or ""),)


def is_whole(message: Message) -> bool:
    """Whether every form of a message is translated, and nobody doubts it."""
    return all(forms_of(message)) and not message.fuzzy


def write(catalog: Catalog, folder: Path, language: str) -> None:
    """Both files, the one that people write in and the one that is read."""
    path = path_of(folder, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, no_location=True, sort_output=True, omit_header=False)
    path_of(folder, language, "mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    """What is read when a page is shown."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()
