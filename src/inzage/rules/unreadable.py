"""What a rule book says that can't be carried out, as data: who shows it says it in the language of the reader."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from reprlib import repr as shortly


class Fault(StrEnum):
    """What is wrong, in English; `where` and `value` are the name that it stands under and what it says."""

    NOT_TOML = "not TOML: {value}"
    TOO_WIDE = "has {value} characters beside its strings and comments"
    NO_SECTION = "section [{where}] is missing"
    OTHER_SECTION = "section [{where}] is {value}"
    MISSING = "{where} is missing"
    OTHER_VALUE = "{where} is {value}"
    UNKNOWN_NAME = "{where} is not known here"
    TWO_UNITS = "{where} has months and days"
    NO_SERVICE = "{where} is no code of a service"
    SECOND_ROW = "{where} is the second row for {value}"
    NO_END = "{where} is no end that we know"
    LONG_NAME = "{where} has too long a name with its service"
    LONG_CODE = "{where} has too long a name for the terms of owner.after"
    SAME_START = "two books start on {value}"


class Expected(StrEnum):
    """What was expected, in English; `of` is the number, the names or the value that it speaks of."""

    NAME_AND_VALUE = "a name, an equals sign and a value"
    VALUE = "a number, a date, true or false, or text between quotation marks"
    ONCE = "each section, and each name in it, once"
    TEXT = "text between two quotation marks, on one line"
    HEADER = "the name of a section between square brackets"
    CLOSED = "a closing bracket or quotation mark for each that opens"
    NARROW = "{of} at most: write one value a line"
    ONE_OF = "one of {of}"
    SECTION = "a section"
    DATE = "a date from 1900 to 2199"
    ONE_UNIT = "one of the two"
    UP_TO = "a whole number from 1 to {of}"
    SOURCE = "a sentence that says where the value comes from"
    APPROVER = "who approved it"
    SERVICE = "its code: letters, digits, - and _"
    ONE_ROW = "one row a service"
    SHORT = "{of} signs at most"
    SHORTER = "a shorter code"
    EXACTLY = '"{of}"'
    SWITCH = "true or false"
    OTHER_DAY = "another first day for one of them"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong, where (a dotted name, a line; `name` is that of the text), what was expected, and an example."""

    fault: Fault
    expected: Expected
    where: str = ""
    value: str = ""
    of: str = ""
    line: int | None = None
    example: str = ""
    name: str = ""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        place = ", ".join(part for part in (self.name, line) if part)
        said = self.fault.format(where=self.where, value=self.value)
        example = f". Example: {self.example}" if self.example else ""
        return f"{place}{': ' if place else ''}{said}; expected {self.expected.format(of=self.of)}{example}"


class UnreadableBook(ValueError):
    """A rule book says something we can't carry out: file, line, value, what was expected, and an example.

    The message says it in one English sentence; `refusal` is the same for who says it otherwise.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal

    @property
    def line(self) -> int | None:
        """The line of the text that is wrong, where it is known."""
        return self.refusal.line


def as_toml(value: object) -> str:
    """A value as somebody wrote it, shortly."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else shortly(value)
