"""A table of a rule book: its values, and the line on which each stands, so that what is wrong can be pointed at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from reprlib import repr as shortly
from typing import Any

from inzage.rules.names import Status
from inzage.rules.periods import Period
from inzage.rules.rulebook import Sourced, UnreadableBook

SOURCED = {"source", "status", "approved_by", "approved_on"}
LONGEST = {"months": 120, "days": 3660}
WIDEST = 200
"""So many characters a line has at most beside its strings and comments: reading a key of thousands of parts takes
memory by the gigabyte."""
QUOTED = re.compile(
    r"""
    (?P<lines>\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z) | '{3}(?:[^']|'(?!''))*+(?:'{3,5}|\Z))
    | "(?:[^"\\\n]|\\[^\n])*+"? | '[^'\n]*+'? | \#[^\n]*+
    """,
    re.DOTALL | re.VERBOSE,
)
"""A string (one that takes several lines is `lines`) or a comment; what is never closed is one, too."""
HEADER = re.compile(r"[ \t]*\[{1,2}([^\[\]]+)\]")
KEY = re.compile(r"[ \t]*([A-Za-z0-9_.\-\"']+)[ \t]*=")


@dataclass(frozen=True, slots=True)
class Table:
    """One table, and where it stands: `path` is its dotted name, `lines` where each dotted name stands in the text.

    `key` is the last part of its name, as it was written: the code of a service, a kind of end.
    """

    data: Mapping[str, Any]
    path: str
    name: str
    lines: Mapping[str, int]
    key: str = ""

    def has(self, key: str) -> bool:
        """Whether it says anything under this key."""
        return key in self.data

    def only(self, keys: set[str]) -> None:
        """Refuse a key that is none of these: a slip of the pen would otherwise be a rule that isn't there."""
        for key in self.data:
            if key not in keys:
                raise self._refused(
                    self._at(key), f"{self._at(key)} is not known here", ", ".join(sorted(keys)), ""
                )

    def table(self, key: str, *, example: str = "") -> "Table":
        """The table under this key."""
        if not isinstance(self.data.get(key), dict):
            what = "is missing" if key not in self.data else f"is {shortly(self.data[key])}"
            said = f"section [{self._at(key)}] {what}"
            raise self._refused(self._at(key), said, "a section", example or f"[{self._at(key)}]")
        return Table(self.data[key], self._at(key), self.name, self.lines, key)

    def tables(self) -> list["Table"]:
        """The tables in it, in the order of the text."""
        return [self.table(key) for key in self.data]

    def day(self, key: str) -> date:
        """The date under this key."""
        day = self.data.get(key)
        if type(day) is not date or not 1900 <= day.year < 2200:
            raise self.wrong(key, "a date from 1900 to 2199", f"{key} = 2027-01-01")
        return day

    def period(self) -> Period:
        """Its term: months or days, one of the two."""
        if self.has("months") and self.has("days"):
            raise self.bad("has months and days", "one of the two", "months = 6")
        unit = "days" if self.has("days") else "months"
        count = self.data.get(unit)
        if type(count) is not int or not 1 <= count <= LONGEST[unit]:
            raise self.wrong(unit, f"a whole number from 1 to {LONGEST[unit]}", f"{unit} = 6")
        return Period(**{unit: count})

    def sourced(self) -> Sourced:
        """Where its value comes from, how sure it is, and who approved it."""
        source = self.data.get("source")
        if not isinstance(source, str) or not source.strip():
            expected = "a sentence that says where the value comes from"
            raise self.wrong("source", expected, 'source = "Draaiboek …, punt 4.2"')
        return Sourced(source, self.status(), **self.approval())

    def status(self) -> Status:
        """How sure its value is."""
        try:
            return Status(self.data["status"])
        except (KeyError, ValueError):
            raise self.wrong("status", f"one of {', '.join(Status)}", 'status = "assumption"') from None

    def approval(self) -> dict[str, Any]:
        """Who approved the value and when: both, or neither."""
        if not self.has("approved_by") and not self.has("approved_on"):
            return {}
        by = self.data.get("approved_by")
        if not isinstance(by, str) or not by.strip():
            raise self.wrong("approved_by", "who approved it", 'approved_by = "regelbeheer"')
        return {"approved_by": by, "approved_on": self.day("approved_on")}

    def wrong(self, key: str, expected: str, example: str) -> UnreadableBook:
        """The value under this key is not what was expected."""
        said = f"{self._at(key)} is {shortly(self.data.get(key))}"
        return self._refused(self._at(key), said, expected, example)

    def bad(self, what: str, expected: str, example: str) -> UnreadableBook:
        """The table itself is not what was expected."""
        return self._refused(self.path, f"{self.path} {what}", expected, example)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _refused(self, path: str, said: str, expected: str, example: str) -> UnreadableBook:
        line = _line_of(path, self.lines)
        place = f"{self.name}, line {line}" if line else self.name
        shown = f". Example: {example}" if example else ""
        return UnreadableBook(f"{place}: {said}; expected {expected}{shown}", line=line, example=example)


def table_of(data: Mapping[str, Any], text: str, name: str) -> Table:
    """The whole of a text as one table."""
    return Table(data, "", name, _lines(text))


def lines_of(text: str) -> list[str]:
    """Its lines, as TOML counts them."""
    return text.removesuffix("\n").split("\n")


def refuse_what_is_too_wide(text: str, name: str) -> None:
    """Refuse a line that nobody would write: what it may hold is bounded before it is read."""
    for number, line in enumerate(lines_of(QUOTED.sub(_breaks, text)), start=1):
        if len(line) > WIDEST:
            raise UnreadableBook(
                f"{name}, line {number}: has {len(line)} characters beside its strings and comments; expected "
                f"{WIDEST} at most: write one value a line",
                line=number,
            )


def _breaks(quoted: re.Match[str]) -> str:
    return "\n" * quoted[0].count("\n")


def _lines(text: str) -> dict[str, int]:
    """On which line each section and each key of it stands; what stands inside one line is found by that line."""
    lines: dict[str, int] = {}
    section = ""
    plain = QUOTED.sub(lambda quoted: _breaks(quoted) if quoted["lines"] else quoted[0], text)
    for number, line in enumerate(lines_of(plain), start=1):
        if found := HEADER.match(line):
            section = _plain(found[1])
            lines.setdefault(section, number)
        elif found := KEY.match(line):
            lines.setdefault(f"{section}.{_plain(found[1])}".lstrip("."), number)
    return lines


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """The line of the name, or of what it is part of."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path)
