"""How a book is written is limited from then on: a text that was published before that is read as it always was."""

from datetime import date

import pytest

from inzage.rule_books.in_force import book, books, refresh
from inzage.rule_books.models import Draft, Proposal
from inzage.rule_books.publishing import NotPublished, approve, keep_draft, propose_publication
from inzage.rules.periods import Period
from inzage.rules.reading_books import read_book, read_kept
from inzage.rules.tables import WIDEST
from inzage.rules.unreadable import UnreadableBook
from tests.oversight.drafts import kept, publish
from tests.rules.drafts import term, text_of
from tests.world import day, origin

STARTS = "2026-03-01"
MAXIMUM = 'maximum = { months = 12, source = "x", status = "unknown" }'
WAYS = {
    "a line that is too wide": term("executor", f"months = 2{' ' * WIDEST}"),
    "a longest trajectory of owners": term("owner", f"months = 2\n{MAXIMUM}"),
    "a longest trajectory of executors": term("executor", f"months = 2\n{MAXIMUM}"),
}
pytestmark = pytest.mark.django_db


@pytest.fixture(params=WAYS)
def text(request: pytest.FixtureRequest) -> str:
    """A book written as none is any more."""
    return text_of(WAYS[request.param], starts_on=day(STARTS))


def as_today(text: str) -> str:
    """The same, as it is written today."""
    return text.replace(" " * WIDEST, "").replace(f"\n{MAXIMUM}", "")


def test_a_published_book_stays_readable_and_means_what_it_meant(text: str) -> None:
    publish(text, moves_on=day(STARTS), by=day("2026-02-02"))
    read = refresh().on(day(STARTS))
    assert read == books().on(day(STARTS)) == book(STARTS) == read_book(as_today(text), name="x")
    assert Period(2) in (read.executor.period, read.fallback.period)


def test_it_is_not_kept_anew(text: str) -> None:
    with pytest.raises(UnreadableBook):
        keep_draft(text, "x", origin=origin("2026-02-01"))
    assert not Draft.objects.exists()


def test_kept_before_that_it_is_not_proposed_nor_approved(text: str) -> None:
    draft = kept(text, author="person:3")
    with pytest.raises(NotPublished, match="No book is written like this any more") as refused:
        propose_publication(draft, {}, origin=origin("2026-02-02"))
    assert refused.value.reason == "written_otherwise"
    waiting = Proposal.objects.create(
        draft=draft,
        act="publish",
        on=date(2026, 3, 1),
        rehearsal={},
        proposed_by="person:1",
        proposed_at=origin("2026-02-02").at,
    )
    with pytest.raises(NotPublished, match="No book is written like this any more"):
        approve(waiting, origin=origin("2026-02-03", by="person:2"))
    assert not waiting.editions.exists()


def test_written_as_it_is_today_it_is_proposed(text: str) -> None:
    draft = keep_draft(as_today(text), "x", origin=origin("2026-02-01"))
    assert propose_publication(draft, {}, origin=origin("2026-02-02")).draft == draft


@pytest.mark.parametrize(
    "slip",
    [
        ("months = 6", "months = 0"),
        ("[no_activity]", "[no_activities]"),
        ("[no_activity]", f"[no_activity]\n{MAXIMUM}"),
        ("[executor]", "[executor]\nmaxima = 3"),
    ],
)
def test_what_never_was_readable_is_not_read_on_record_either(slip: tuple[str, str]) -> None:
    with pytest.raises(UnreadableBook):
        read_kept(text_of(slip), name="x")
