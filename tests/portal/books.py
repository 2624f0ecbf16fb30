"""Rule books that were decided before a test looks: proposed by one, approved by another, on a day that is past."""

from datetime import date, timedelta

from inzage.journal.models import Origin
from inzage.rule_books.models import Proposal
from inzage.rule_books.publishing import approve, keep_draft, propose_publication
from inzage.rules.days import midnight


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
