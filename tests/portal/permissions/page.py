"""docs/permissions.md, from what was answered."""

from pathlib import Path
from typing import NamedTuple

from tests.portal.permissions.asking import WORDS, pattern_of
from tests.portal.permissions.entries import ENTRIES
from tests.portal.permissions.people import COLUMNS

PAGE = Path(__file__).parents[3] / "docs" / "permissions.md"
COMMAND = "make permissions"
HEAD = f"""# Who may reach which page

Every address of the portal, asked by everyone, each cell by a real request in the tests
(`tests/portal/permissions/`). `{COMMAND}` writes this page anew; the suite fails while it says anything else than
what is answered, and where a page has no line here.

There are two clients. Anna is a client of Werkpad, Bob of Leerhuis, and each thing with an id in its address exists
once for each of them. So a column shows the own beside the other's: a line that begins with "Werkpad:" is about what
Werkpad asked or did for Anna, one with "Leerhuis:" about the same for Bob. Where an address has two ids, a third line
puts Leerhuis' thing under Werkpad's.

Only looking is shown here. Who may not see a page can't send its form either: that is tried for each cell too.
"""


class Line(NamedTuple):
    """What everyone is answered at one address, about one thing."""

    name: str
    about: str
    cells: list[str]

    def __str__(self) -> str:
        return f"| `/{pattern_of(self.name).pattern}` | {self.about} | {' | '.join(self.cells)} |"


def folder_of(name: str) -> str:
    """The folder of the portal in which the page lies."""
    inside = pattern_of(name).callback.__module__.removeprefix("inzage.portal.").split(".")[:-1]
    return "/".join(inside)


def page(lines: list[Line]) -> str:
    """The whole page."""
    folders = list(dict.fromkeys(folder_of(name) for name in ENTRIES))
    parts = [HEAD, _legend(lines), *(_table(folder, lines) for folder in folders)]
    return "\n".join(parts)


def lines_in(text: str) -> list[Line]:
    """The lines that stand on the page; without those of an address that is no more."""
    names = {f"`/{pattern_of(name).pattern}`": name for name in ENTRIES}
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line[:3] == "| `"
    ]
    return [Line(names[at], about, words) for at, about, *words in cells if at in names]


def _legend(lines: list[Line]) -> str:
    said = {word for line in lines for word in line.cells}
    words = [f"| {word} | {meaning} |" for word, meaning in WORDS.items() if word in said]
    people = [f"| {column} | {meaning} |" for column, meaning in COLUMNS.items()]
    rule = "| --- | --- |"
    return "\n".join(["| word | meaning |", rule, *words, "", "| column | who asks |", rule, *people, ""])


def _table(folder: str, lines: list[Line]) -> str:
    title = f"`portal/{folder}/`" if folder else "`portal/`"
    head = f"| address | about | {' | '.join(COLUMNS)} |"
    rule = "| --- " * (len(COLUMNS) + 2) + "|"
    own = [str(line) for line in lines if folder_of(line.name) == folder]
    return "\n".join([f"## {title}", "", head, rule, *own, ""])
