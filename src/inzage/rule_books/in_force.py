"""The books that every process judges by."""

from inzage.rules.rulebook import RuleBooks, packaged_books


def books() -> RuleBooks:
    """All rule books, each from its own start day on."""
    return packaged_books()
