"""Services that a rule book says nothing of though the one before it does: no book comes into force with such a gap."""

from datetime import date
from typing import NamedTuple

from inzage.rules.rulebook import RuleBook, RuleBooks
from inzage.rules.tables import line_of


class Gap(NamedTuple):
    """The services that are left out: nobody said that the fallback is meant for them (S19).

    The draft leaves them out, and `line` is where its text says [services], if it does; or the book that is to follow
    it does, on its first day `next_on`.
    """

    services: list[str]
    line: int | None = None
    next_on: date | None = None


def gap_of(draft: RuleBook, text: str, before: RuleBook) -> Gap | None:
    """What the draft, of this text, leaves out of the book before it. A row without a term leaves nothing out."""
    left_out = _left_out(before, draft)
    return Gap(left_out, line_of("services", text)) if left_out else None


def gap_among(draft: RuleBook, text: str, books: RuleBooks) -> Gap | None:
    """The same of a draft that is none of these books yet; or else what the one that follows leaves out of it."""
    if gap := gap_of(draft, text, books.on(draft.starts_on)):
        return gap
    following = next((book for book in books.every() if book.starts_on > draft.starts_on), None)
    left_out = _left_out(draft, following) if following else []
    return Gap(left_out, next_on=following.starts_on) if following and left_out else None


def _left_out(before: RuleBook, after: RuleBook) -> list[str]:
    return sorted(service for service in before.owners if not after.knows(service))
