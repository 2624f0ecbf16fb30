"""A sentence of the manual."""

from typing import NamedTuple

from inzage.rules.names import Status
from inzage.rules.rulebook import ClosingRule


class Support(NamedTuple):
    """What a sentence rests on: a `statement`, a `rule` or a `source`; and where in the manual that stands."""

    kind: str
    text: str
    anchor: str


class Sentence(NamedTuple):
    """What it says, where that comes from, how sure it is (empty: how this system works), on which statements it bears.

    `rules` are the ids of the rules that it tells, in the book of `version`. `mark` says how sure it is where it is not
    verified, and `rests_on` what stands under it: both are filled in once the manual is whole.
    """

    id: str
    text: str
    source: str
    status: str
    statements: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    version: str = ""
    example: str = ""
    mark: str = ""
    rests_on: tuple[Support, ...] = ()

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
