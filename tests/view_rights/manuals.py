"""Books to make manuals of, and how to find a sentence in one."""

from datetime import date

from inzage.rules.reading_books import packaged_texts, read_book
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.manual.composing import Manual
from inzage.view_rights.manual.saying import Sentence

TODAY = date(2026, 3, 2)
(TEXT,) = packaged_texts().values()
OTHER_TERMS = """
starts_on = 2026-01-15
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
months = 4
source = "Een bron"
status = "verified"
after.activity_cancelled = { days = 10, source = "Een bron", status = "unknown" }
[no_activity]
days = 45
source = "Een bron"
status = "assumption"
[owner]
months = 3
source = "Een bron"
status = "assumption"
[services]
WIJ3 = { status = "unknown" }
[services.TIBB4]
months = 1
source = "Een handleiding"
status = "verified"
after.not_started = { days = 5, source = "Een handleiding", status = "verified" }
[prjlew]
grants_at_once = true
source = "Een bron"
status = "verified"
"""
PACKAGED, OTHER = read_book(TEXT, name="eerste"), read_book(OTHER_TERMS, name="tweede")
BOOKS = {"packaged": RuleBooks([PACKAGED]), "other terms": RuleBooks([PACKAGED, OTHER])}
SHORT = """
starts_on = 2026-01-15
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
{term}
source = "Een bron"
status = "verified"
[no_activity]
{term}
source = "Een bron"
status = "verified"
[owner]
{term}
source = "Een bron"
status = "verified"
[services]
[prjlew]
grants_at_once = true
source = "Een bron"
status = "verified"
"""
SHORT_TERMS = [
    RuleBooks([PACKAGED, read_book(SHORT.format(term=term), name="kort")])
    for term in ("months = 1", "days = 1")
]


def told_as(made: Manual, name: str) -> Sentence:
    """The sentence of that id."""
    return next(one for one in made.sentences() if one.id == name)
