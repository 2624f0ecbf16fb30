"""The texts of the rule books in force, and how they came there."""

from datetime import date

from inzage.rule_books.models import Act, Proposal
from inzage.rule_books.publishing import standing
from inzage.rules.reading_books import packaged_texts, read_book


def publication_of(starts_on: date) -> Proposal | None:
    """The proposal by which the book that starts on this day is in force; None for one that comes with Inzage."""
    published = standing(Act.PUBLISH).filter(on=starts_on).select_related("draft")
    return published.prefetch_related("editions").first()


def text_of(starts_on: date) -> str:
    """The text of the book that starts on this day; raises KeyError where no book does."""
    if publication := publication_of(starts_on):
        return publication.draft.text
    for name, text in packaged_texts().items():
        if read_book(text, name=name).starts_on == starts_on:
            return text
    raise KeyError(starts_on)
