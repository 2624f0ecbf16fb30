"""Drafts of rule books for tests, and their publication, with the terms that run moved to them."""

from datetime import date, timedelta
from hashlib import sha256

from inzage.rule_books.in_force import forget
from inzage.rule_books.models import Act, Draft, Edition, Proposal
from inzage.rules.days import midnight
from inzage.rules.reading_books import read_book, read_kept
from inzage.rules.rulebook import RuleBook

TERM = 'source = "a page"\nstatus = "verified"'
BOOK = """
starts_on = {starts_on}
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
{executor}
[no_activity]
{no_activity}
[owner]
{owner}
{more}
"""


def draft_text(
    starts_on: str,
    *,
    executor: str = "months = 6",
    no_activity: str = "months = 6",
    owner: str = "months = 6",
    more: str = "",
) -> str:
    """A book that says these periods, and what `more` adds."""
    terms = {"executor": executor, "no_activity": no_activity, "owner": owner}
    return BOOK.format(
        starts_on=starts_on, more=more, **{name: f"{period}\n{TERM}" for name, period in terms.items()}
    )


def draft(starts_on: str, **periods: str) -> RuleBook:
    """The same, read."""
    return read_book(draft_text(starts_on, **periods), name="draft.toml")


def kept(text: str, *, author: str = "person:1") -> Draft:
    """A draft that somebody kept, if long ago."""
    book = read_kept(text, name="draft.toml")
    return Draft.objects.create(
        name="draft.toml",
        text=text,
        digest=sha256(text.encode()).hexdigest(),
        starts_on=book.starts_on,
        author=author,
        written_at=midnight(book.starts_on - timedelta(days=30)),
    )


def publish(text: str, *, moves_on: date, by: date) -> None:
    """Put the draft in force from its first day, and move running terms to it; both approved on day `by`."""
    text_kept = kept(text)
    for act, on in ((Act.PUBLISH, text_kept.starts_on), (Act.MIGRATE, moves_on)):
        proposal = Proposal.objects.create(
            draft=text_kept, act=act, on=on, rehearsal={}, proposed_by="person:1", proposed_at=midnight(by)
        )
        Edition.objects.create(
            proposal=proposal,
            verdict="approved",
            proposed_by="person:1",
            on=on,
            by="person:2",
            day=by,
            at=midnight(by),
        )
    forget()
