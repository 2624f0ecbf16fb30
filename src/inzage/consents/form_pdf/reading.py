"""A form that comes back as a file: whose it is, and what was filled in on it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from inzage.consents.form_pdf.finishing import CODE_FIELD
from inzage.dossiers.models import Client
from inzage.dossiers.names import as_looked_up

DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
EMPTY = {"", "/Off"}


class FilledIn(NamedTuple):
    """What stands in the fields of one of our forms, as it was typed."""

    code: str
    name: str
    completed_on: str
    informed: bool


class NoDay(Exception):
    """What was filled in is no day."""


def filled_in(fields: Mapping[str, str]) -> FilledIn | None:
    """The form, where these are the fields of one of ours; any other file, a scan for one, has none of them."""
    if CODE_FIELD not in fields:
        return None
    return FilledIn(
        code=fields[CODE_FIELD].strip().upper(),
        name=fields.get("name", "").strip(),
        completed_on=fields.get("completed_on", "").strip(),
        informed=fields.get("informed", "") not in EMPTY,
    )


def day_in(text: str) -> date | None:
    """The day as people write it, day or year first; nothing where nothing was written, NoDay for anything else."""
    if not text:
        return None
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        raise NoDay(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(text) from None


def is_another(name: str, client: Client) -> bool:
    """Whether that name, if any, is not the client's: its family name or each of its given names is missing."""
    words = _words(name)
    if not words:
        return False
    family, given = _words(client.family_name), _words(client.given_name)
    return not family <= words or (bool(given) and given.isdisjoint(words))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", as_looked_up(name)))
