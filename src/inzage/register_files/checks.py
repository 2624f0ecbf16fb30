"""What one cell of a register file may hold. Each check returns the value as it is kept, or raises `Bad`."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from stdnum.be import ssn, vat
from stdnum.exceptions import ValidationError

Check = Callable[[str], str]
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""How a day is written. `date.fromisoformat` takes more: weeks (2025-W01-1), and days without hyphens."""


class Bad(Exception):
    """A cell that can't be taken: why, and what to do about it. `column` and `value` are filled in where known."""

    def __init__(self, reason: str, what_to_do: str, *, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what_to_do, self.column, self.value = reason, what_to_do, column, value


@lru_cache(maxsize=100_000)
def day(text: str) -> str:
    """A day, YYYY-MM-DD. Years outside 1900 to 2199 are typing errors, or stand for "no end"."""
    try:
        year = date.fromisoformat(text).year if DAY.fullmatch(text) else 0
    except ValueError:
        year = 0
    if not 1900 <= year < 2200:
        what = "give an existing day as YYYY-MM-DD, from 1900 to 2199, or leave it empty where there is none"
        raise Bad("is not a day", what)
    return text


def optional_day(text: str) -> str:
    """A day, or nothing."""
    return day(text) if text else ""


@lru_cache(maxsize=100_000)
def as_date(text: str | None) -> date | None:
    """A day that was checked, as a date."""
    return date.fromisoformat(text) if text else None


def text(longest: int) -> Check:
    """Free text, possibly empty."""

    def check(value: str) -> str:
        if len(value) > longest:
            raise Bad(f"is longer than {longest} characters", "shorten it")
        return value

    return check


def key(longest: int) -> Check:
    """A number or code that identifies something: never empty."""

    def check(value: str) -> str:
        if not value:
            raise Bad("is empty", "fill it in: it says what the line is about")
        if len(value) > longest:
            raise Bad(f"is longer than {longest} characters", "give the number or code as the source has it")
        return value

    return check


def one_of(*words: str | StrEnum) -> Check:
    """One word of a closed list."""
    known = {str(word) for word in words}

    def check(value: str) -> str:
        if value not in known:
            raise Bad("is not known here", f"give one of: {', '.join(map(str, words))}")
        return value

    return check


def yes_or_no(value: str) -> str:
    """`yes` or `no`."""
    if value.lower() not in ("yes", "no"):
        raise Bad("is neither yes nor no", "give yes or no")
    return value.lower()


def insz(value: str) -> str:
    """An INSZ number: national register or bis; separators are taken out."""
    try:
        return ssn.validate(value)
    except ValidationError:
        raise Bad("is not a valid INSZ number", "copy the eleven digits from the source again") from None


def optional_kbo(value: str) -> str:
    """An enterprise number (KBO), or nothing; separators are taken out."""
    if not value:
        return ""
    try:
        number = vat.validate(value)
    except ValidationError:
        number = "00"
    if number.endswith("00"):  # check digits run from 01 to 97
        raise Bad("is not a valid KBO number", "copy the ten digits from the source again, or leave it empty")
    return number
