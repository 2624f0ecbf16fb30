"""Who is a Brussels participant: whoever lives in a municipality of the Brussels-Capital Region on that day."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Municipality(NamedTuple):
    """A municipality of the Region under its NIS code, from `since` on; `until` is the first day without it."""

    nis_code: str
    nl: str
    fr: str
    since: date
    until: date | None = None


@cache
def municipalities() -> dict[str, Municipality]:
    """The municipalities by their NIS codes, as dated data (rules/places/brussels.toml)."""
    text = (files("inzage.rules") / "places" / "brussels.toml").read_text("utf-8")
    rows = tomllib.loads(text)["municipalities"]
    return {code: Municipality(code, **row) for code, row in rows.items()}


def in_brussels(nis_code: str, on: date) -> bool:
    """Whether a municipality belongs to the Region on a day. A postcode says nothing here."""
    found = municipalities().get(nis_code)
    return found is not None and found.since <= on and (found.until is None or on < found.until)
