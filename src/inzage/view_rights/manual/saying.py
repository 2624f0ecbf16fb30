"""A sentence of the manual."""

from typing import NamedTuple

from inzage.rules.names import Status
from inzage.rules.rulebook import ClosingRule


class Sentence(NamedTuple):
    """What it says, where that comes from, how sure it is (empty: how this system works), on which statements it bears.

    `rules` are the ids of the rules that it tells, in the book of `version`.
    """

    id: str
    text: str
    source: str
    status: str
    statements: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    version: str = ""
    example: str = ""

    @property
    def is_unsure(self) -> bool:
        """Whether it is marked."""
        return self.status not in ("", Status.VERIFIED)


def of_rule(rule: ClosingRule, text: str, statement: str, example: str = "") -> Sentence:
    """What one rule of a book says."""
    return Sentence(
        anchor(rule.id), text, rule.source, rule.status, (statement,), (rule.id,), rule.version, example
    )


def anchor(name: str) -> str:
    """An id of the page."""
    return name.replace(".", "-").lower()
