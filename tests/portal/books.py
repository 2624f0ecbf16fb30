"""Rule books on their way: decided before a test looks, or by what somebody does on the pages."""

from datetime import date, timedelta
from typing import Any

from inzage.journal.models import Origin
from inzage.rule_books.models import Draft, Proposal
from inzage.rule_books.publishing import approve, keep_draft, propose_publication
from inzage.rules.days import midnight
from tests.portal.office import TODAY, Tab
from tests.portal.reading import text
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK

STARTS = TODAY + timedelta(days=30)
TEXT = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2"))
NEW = "/regels/ontwerpen/nieuw/"


def by(person: str, on: date) -> Origin:
    """That person, at noon of that day."""
    return Origin(person, midnight(on) + timedelta(hours=12), "test")


def propose(text: str, *, on: date, who: str = "person:0", name: str = "boek.toml") -> Proposal:
    """Somebody proposes that this book comes into force."""
    draft = keep_draft(text, name, origin=by(who, on))
    return propose_publication(draft, {}, origin=by(who, on))


def propose_and_approve(
    text: str, *, on: date, who: str = "person:0", other: str = "person:-1", name: str = "boek.toml"
) -> Proposal:
    """The same, and another agrees on that day."""
    proposal = propose(text, on=on, who=who, name=name)
    approve(proposal, origin=by(other, on))
    return proposal


def written(tab: Tab, *, follow: bool = False, **other: Any) -> Any:
    """The answer to a draft that is sent in."""
    return tab.post(NEW, {"name": "Kortere termijnen", "text": TEXT, **other}, follow=follow)


def page_of(draft: Draft) -> str:
    """Its address."""
    return f"/regels/ontwerpen/{draft.pk}/"


def do(tab: Tab, verb: str, about: Draft | Proposal, **sent: str) -> str:
    """What the page says after that deed."""
    draft = about if isinstance(about, Draft) else about.draft
    return text(tab.post(page_of(draft), {"act": f"{verb}-{about.pk}", **sent}, follow=True))
