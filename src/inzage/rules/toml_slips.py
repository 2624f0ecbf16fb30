"""What is no TOML: on which line, and what was expected there, in words that don't take knowing TOML."""

import re
from collections.abc import Iterator, Mapping

from inzage.rules.tables import QUOTED, lines_of
from inzage.rules.unreadable import Expected, Fault, Refusal, UnreadableBook, as_toml

PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
SLIPS: Mapping[str, tuple[Expected, str]] = {
    "Cannot|Duplicate": (Expected.ONCE, "[services.TIBB4]"),
    "Unterminated|Illegal|Unescaped|Escaped|Invalid hex|Expected [\"']+'": (
        Expected.TEXT,
        'source = "Draaiboek …, punt 4.2"',
    ),
    r"Expected '\]": (Expected.HEADER, "[executor]"),
    "Unclosed": (Expected.CLOSED, 'SIF = { status = "assumption" }'),
    "Invalid (?:value|date)": (Expected.VALUE, "starts_on = 2027-01-01"),
    "": (Expected.NAME_AND_VALUE, "months = 6"),
}
"""What the reader of TOML says, by how that begins, and what is expected there."""


def refused(error: Exception, text: str, name: str) -> UnreadableBook:
    """The refusal of a text that this error came of."""
    said = str(error)
    place = PLACE.search(said)
    expected, example = next(slip for begins, slip in SLIPS.items() if re.match(begins, said))
    line = int(place[1]) if place and place[1] else None
    if place and (
        line is None or expected is Expected.CLOSED
    ):  # it says where it gave up, not what was left open
        line = next(_never_closed(text), line)
    value = PLACE.sub("", said) if place else as_toml(said)
    return UnreadableBook(
        Refusal(Fault.NOT_TOML, expected, value=value, line=line, example=example, name=name)
    )


def _never_closed(text: str) -> Iterator[int]:
    """The lines of quotation marks, and then of brackets, that nothing closes."""
    yield from (
        text.count("\n", 0, quoted.start()) + 1 for quoted in QUOTED.finditer(text) if _is_open(quoted)
    )
    opened: list[int] = []
    plain = QUOTED.sub(lambda quoted: "\n" * quoted[0].count("\n"), text)
    for number, line in enumerate(lines_of(plain), start=1):
        for sign in re.findall(r"[\[{\]}]", line):
            if sign in "[{":
                opened.append(number)
            elif opened:
                opened.pop()
    yield from opened


def _is_open(quoted: re.Match[str]) -> bool:
    mark = quoted[0][: 3 if quoted["lines"] else 1]
    return mark != "#" and (len(quoted[0]) < 2 * len(mark) or not quoted[0].endswith(mark))
