"""A table of a rule book: its values, and the line on which each stands, so that what is wrong can be pointed at."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from inzage.rules.names import Status
from inzage.rules.periods import Period
from inzage.rules.rulebook import Sourced
from inzage.rules.unreadable import Expected, Fault, Refusal, UnreadableBook, as_toml

SOURCED = ("source", "status", "approved_by", "approved_on")
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

    def only(self, keys: Collection[str]) -> None:
        """Refuse a key that is none of these: a slip of the pen would otherwise be a rule that isn't there."""
        for key in self.data:
            if key not in keys:
                known = ", ".join(sorted(keys))
                raise self._refused(self._at(key), Fault.UNKNOWN_NAME, Expected.ONE_OF, of=known)

    def table(self, key: str, *, example: str = "") -> "Table":
        """The table under this key."""
        if not isinstance(self.data.get(key), dict):
            fault = Fault.OTHER_SECTION if self.has(key) else Fault.NO_SECTION
            example = example or f"[{self._at(key)}]"
            raise self._refused(self._at(key), fault, Expected.SECTION, self.data.get(key), example=example)
        return Table(self.data[key], self._at(key), self.name, self.lines, key)

    def tables(self) -> list["Table"]:
        """The tables in it, in the order of the text."""
        return [self.table(key) for key in self.data]

    def day(self, key: str) -> date:
        """The date under this key."""
        day = self.data.get(key)
        if type(day) is not date or not 1900 <= day.year < 2200:
            raise self.wrong(key, Expected.DATE, f"{key} = 2027-01-01")
        return day

    def period(self) -> Period:
        """Its term: months or days, one of the two."""
        if self.has("months") and self.has("days"):
            raise self.bad(Fault.TWO_UNITS, Expected.ONE_UNIT, "months = 6")
        unit = "days" if self.has("days") else "months"
        count = self.data.get(unit)
        if type(count) is not int or not 1 <= count <= LONGEST[unit]:
            raise self.wrong(unit, Expected.UP_TO, f"{unit} = 6", of=str(LONGEST[unit]))
        return Period(**{unit: count})

    def sourced(self) -> Sourced:
        """Where its value comes from, how sure it is, and who approved it."""
        source = self.data.get("source")
        if not isinstance(source, str) or not source.strip():
            raise self.wrong("source", Expected.SOURCE, 'source = "Draaiboek …, punt 4.2"')
        return Sourced(source, self.status(), **self.approval())

    def status(self) -> Status:
        """How sure its value is."""
        try:
            return Status(self.data["status"])
        except (KeyError, ValueError):
            known = ", ".join(Status)
            raise self.wrong("status", Expected.ONE_OF, 'status = "assumption"', of=known) from None

    def approval(self) -> dict[str, Any]:
        """Who approved the value and when: both, or neither."""
        if not self.has("approved_by") and not self.has("approved_on"):
            return {}
        by = self.data.get("approved_by")
        if not isinstance(by, str) or not by.strip():
            raise self.wrong("approved_by", Expected.APPROVER, 'approved_by = "regelbeheer"')
        return {"approved_by": by, "approved_on": self.day("approved_on")}

    def wrong(self, key: str, expected: Expected, example: str, *, of: str = "") -> UnreadableBook:
        """The value under this key is not what was expected, or it is not there."""
        fault = Fault.OTHER_VALUE if self.has(key) else Fault.MISSING
        return self._refused(self._at(key), fault, expected, self.data.get(key), of=of, example=example)

    def bad(
        self, fault: Fault, expected: Expected, example: str, *, value: str = "", of: str = ""
    ) -> UnreadableBook:
        """The table itself is not what was expected. `value` is another's name, as it was written."""
        refusal = self._refused(self.path, fault, expected, of=of, example=example).refusal
        return UnreadableBook(replace(refusal, value=value))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _refused(
        self,
        path: str,
        fault: Fault,
        expected: Expected,
        value: object = None,
        *,
        of: str = "",
        example: str = "",
    ) -> UnreadableBook:
        line = _line_of(path, self.lines)
        shown = "" if value is None else as_toml(value)
        return UnreadableBook(Refusal(fault, expected, path, shown, of, line, example, self.name))


def table_of(data: Mapping[str, Any], text: str, name: str) -> Table:
    """The whole of a text as one table."""
    return Table(data, "", name, _lines(text))


def line_of(path: str, text: str) -> int | None:
    """On which line of a text the section or key of this dotted name stands, if it does."""
    return _lines(text).get(path)


def lines_of(text: str) -> list[str]:
    """Its lines, as TOML counts them."""
    return text.removesuffix("\n").split("\n")


def refuse_what_is_too_wide(text: str, name: str) -> None:
    """Refuse a line that nobody would write: what it may hold is bounded before it is read."""
    for number, line in enumerate(lines_of(QUOTED.sub(_breaks, text)), start=1):
        if len(line) > WIDEST:
            raise UnreadableBook(
                Refusal(
                    Fault.TOO_WIDE,
                    Expected.NARROW,
                    value=str(len(line)),
                    of=str(WIDEST),
                    line=number,
                    name=name,
                )
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
