"""Who is a Brussels participant: whoever lives in a municipality of the Brussels-Capital Region on that day.

And how such a person enrols with Actiris.
"""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from inzage.rules.names import Channel


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


@cache
def ways_to_enrol(language: str) -> dict[Channel, str]:
    """The three ways to enrol with Actiris (S09), each as a sentence in nl, fr or en (rules/places/ways.toml).

    A pupil of Leren en Werken is enrolled by the school, on its record card (S10): that is no way of the client's own.
    """
    text = (files("inzage.rules") / "places" / "ways.toml").read_text("utf-8")
    return {Channel(name): str(row[language]) for name, row in tomllib.loads(text).items()}
