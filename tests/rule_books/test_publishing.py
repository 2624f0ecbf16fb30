"""A rule book on its way into force: proposed by one, approved by another, seen by everybody, taken back in time."""

from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from inzage.journal.models import Origin
from inzage.oversight.books_with import books_with
from inzage.rule_books import in_force
from inzage.rule_books.in_force import book, books, books_known_at, forget, known, refresh
from inzage.rule_books.models import Draft, Edition, Proposal
from inzage.rule_books.publishing import (
    NotPublished,
    approve,
    keep_draft,
    propose_migration,
    propose_publication,
    refuse,
    take_back,
)
from inzage.rules.days import midnight
from inzage.rules.periods import Period
from inzage.rules.reading_books import packaged_texts, read_book
from inzage.rules.rulebook import RuleBooks
from inzage.rules.unreadable import UnreadableBook
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK as TEXT
from tests.world import noon, origin

STARTS = date(2026, 3, 1)
BOOK = without_a_gap(TEXT.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2"))
FOUND = {"earlier": 3}
pytestmark = pytest.mark.django_db


def at(day: str, *, by: str = "person:1") -> Origin:
    return origin(day, by=by)


def a_draft(text: str = BOOK) -> Draft:
    return keep_draft(text, "maart.toml", origin=at("2026-02-01"))


def proposed(draft: Draft | None = None, on: str = "2026-02-02") -> Proposal:
    return propose_publication(draft or a_draft(), FOUND, origin=at(on))


def published(on: str = "2026-02-03") -> Proposal:
    proposal = proposed()
    approve(proposal, origin=at(on, by="person:2"))
    return proposal


def refusal(act: Any, *args: Any, **named: Any) -> str:
    """Why the act was refused; nothing was decided."""
    before = Edition.objects.count(), Proposal.objects.count()
    with pytest.raises(NotPublished) as refused:
        act(*args, **named)
    assert (Edition.objects.count(), Proposal.objects.count()) == before
    return refused.value.reason


def test_the_same_text_is_one_draft_and_one_that_cannot_be_read_is_none() -> None:
    assert a_draft() == a_draft()
    with pytest.raises(UnreadableBook, match=r"maart\.toml"):
        a_draft("starts_on = soon")
    assert Draft.objects.count() == 1


def test_a_book_is_in_force_from_its_first_day_on_once_another_approved_it() -> None:
    published()
    assert books().on(STARTS - timedelta(days=1)).executor.period == Period(6)
    assert books().on(STARTS).executor.period == Period(2)
    assert book(str(STARTS)).executor.version == "2026-03-01"


def test_what_was_only_proposed_or_was_refused_is_not_in_force() -> None:
    proposal = proposed()
    assert books().on(STARTS).executor.period == Period(6)
    refuse(proposal, "Te kort", origin=at("2026-02-03", by="person:2"))
    assert refresh().on(STARTS).executor.period == Period(6)
    assert Edition.objects.get().remark == "Te kort"


def test_nobody_approves_an_own_proposal_and_the_database_says_so_too() -> None:
    proposal = proposed()
    assert refusal(approve, proposal, origin=at("2026-02-03")) == "own_proposal"
    approve(proposal, origin=at("2026-02-03", by="person:2"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.create(
            proposal=proposed(a_draft(BOOK.replace("2026-03-01", "2026-04-01"))),
            verdict="approved",
            proposed_by="person:1",
            by="person:1",
            on=date(2026, 4, 1),
            day=date(2026, 2, 3),
            at=noon("2026-02-03"),
        )


def test_who_wrote_a_text_does_not_approve_it_whoever_proposed_it() -> None:
    proposal = propose_publication(a_draft(), FOUND, origin=at("2026-02-02", by="person:2"))
    assert refusal(approve, proposal, origin=at("2026-02-03", by="person:1")) == "own_proposal"
    assert approve(proposal, origin=at("2026-02-03", by="person:3")).verdict == "approved"


def test_a_proposal_is_decided_once() -> None:
    proposal = published()
    assert refusal(approve, proposal, origin=at("2026-02-04", by="person:3")) == "decided"
    assert refusal(refuse, proposal, "Nee", origin=at("2026-02-04", by="person:3")) == "decided"


@pytest.mark.parametrize(("on", "reason"), [("2026-03-01", "not_tomorrow"), ("2026-03-02", "not_tomorrow")])
def test_a_book_starts_tomorrow_at_the_earliest(on: str, reason: str) -> None:
    draft = a_draft()
    proposal = proposed(draft, "2026-02-28")
    assert refusal(propose_publication, draft, FOUND, origin=at(on)) == reason
    assert refusal(approve, proposal, origin=at(on, by="person:2")) == reason


@pytest.mark.parametrize(("seconds", "is_late"), [(61, False), (60, True), (1, True)])
def test_in_the_last_minute_of_a_day_nothing_is_decided_for_tomorrow(seconds: int, is_late: bool) -> None:
    proposal = proposed()
    moment = midnight(STARTS) - timedelta(seconds=seconds)
    late = Origin(by="person:2", at=moment, source="portal")
    if is_late:
        assert refusal(approve, proposal, origin=late) == "too_late"
    else:
        assert approve(proposal, origin=late).at == moment


def test_two_books_never_start_on_one_day() -> None:
    other = proposed(a_draft(BOOK.replace("months = 2", "months = 3")))
    published()
    assert refusal(approve, other, origin=at("2026-02-04", by="person:2")) == "same_day"
    assert refusal(propose_publication, a_draft(), FOUND, origin=at("2026-02-04")) == "same_day"


def test_what_was_proposed_is_not_proposed_again_while_it_waits_or_stands() -> None:
    proposal = proposed()
    assert refusal(propose_publication, a_draft(), FOUND, origin=at("2026-02-02")) == "proposed"
    refuse(proposal, "Te kort", origin=at("2026-02-03", by="person:2"))
    approve(proposed(on="2026-02-04"), origin=at("2026-02-04", by="person:2"))
    moving = (a_draft(), STARTS, FOUND)
    moved = propose_migration(*moving, origin=at("2026-02-05"))
    assert refusal(propose_migration, *moving, origin=at("2026-02-05")) == "proposed"
    approve(moved, origin=at("2026-02-05", by="person:2"))
    assert refusal(propose_migration, *moving, origin=at("2026-02-06")) == "proposed"
    take_back(moved, "Fout", origin=at("2026-02-06"))
    assert propose_migration(*moving, origin=at("2026-02-07")).pk > moved.pk


def test_what_was_approved_is_taken_back_until_the_eve_of_its_day() -> None:
    proposal = published()
    assert refusal(take_back, proposal, "Fout", origin=at("2026-03-01")) == "not_tomorrow"
    take_back(proposal, "Fout", origin=at("2026-02-28"))
    assert refresh().on(STARTS).executor.period == Period(6)
    assert refusal(take_back, proposal, "Fout", origin=at("2026-02-28")) == "decided"


def test_taken_back_a_text_can_be_proposed_again() -> None:
    take_back(published(), "Fout", origin=at("2026-02-04"))
    again = propose_publication(a_draft(), FOUND, origin=at("2026-02-05"))
    approve(again, origin=at("2026-02-06", by="person:2"))
    assert refresh().on(STARTS).executor.period == Period(2)


def test_of_two_texts_for_one_day_each_has_its_version_and_stays_known_by_it() -> None:
    take_back(published(), "Fout", origin=at("2026-02-04"))
    other = a_draft(BOOK.replace("months = 2", "months = 3"))
    approve(proposed(other, "2026-02-05"), origin=at("2026-02-06", by="person:2"))
    assert [one.version for one in books().every()] == ["2000-01-01", "2026-03-01.2"]
    assert book("2026-03-01").executor.period == Period(2)
    assert (book("2026-03-01.2").executor.period, book("2026-03-01.2").executor.since) == (Period(3), STARTS)
    assert books_known_at(noon("2026-02-03")).version("2026-03-01").executor.period == Period(2)


def test_a_book_that_comes_with_inzage_for_the_day_of_one_taken_back_has_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Deployed afterwards: what was judged ahead by the text on record still names that, with its source."""
    take_back(published(), "Fout", origin=at("2026-02-04"))
    deployed = {**packaged_texts(), "2026.toml": BOOK.replace("months = 2", "months = 9")}
    monkeypatch.setattr(in_force, "packaged_texts", lambda: deployed)
    forget()
    assert book("2026-03-01").executor.period == Period(2)
    assert (books().on(STARTS).version, book("2026-03-01.2").executor.period) == ("2026-03-01.2", Period(9))
    assert books_known_at(noon("2026-02-02")).on(STARTS).version == "2026-03-01"


def test_the_same_text_again_keeps_its_version() -> None:
    take_back(published(), "Fout", origin=at("2026-02-04"))
    approve(proposed(on="2026-02-05"), origin=at("2026-02-06", by="person:2"))
    assert refresh().on(STARTS).version == str(STARTS)


def test_a_second_text_for_a_day_is_known_as_published_to_who_rehearses_its_move() -> None:
    take_back(published(), "Fout", origin=at("2026-02-04"))
    text = BOOK.replace("months = 2", "months = 3")
    approve(proposed(a_draft(text), "2026-02-05"), origin=at("2026-02-06", by="person:2"))
    found = books_with(read_book(text, name="x"), books(), on=None, today=STARTS)
    assert found.then.every() == books().every()


def test_running_terms_move_only_to_a_book_that_is_published_and_not_before_it_starts() -> None:
    draft = a_draft()
    assert refusal(propose_migration, draft, STARTS, FOUND, origin=at("2026-02-02")) == "not_published"
    published()
    early = STARTS - timedelta(days=1)
    assert refusal(propose_migration, draft, early, FOUND, origin=at("2026-02-04")) == "before_its_book"
    assert refusal(propose_migration, draft, STARTS, {}, origin=at("2026-02-04")) == "not_rehearsed"
    moved = propose_migration(draft, STARTS, FOUND, origin=at("2026-02-04"))
    assert refresh().moves_after(early) == []
    approve(moved, origin=at("2026-02-05", by="person:2"))
    assert refresh().moves_after(early) == [STARTS]


def test_a_book_to_which_terms_move_is_not_taken_back_before_the_move_is() -> None:
    book_itself = published()
    moved = propose_migration(a_draft(), STARTS, FOUND, origin=at("2026-02-04"))
    approve(moved, origin=at("2026-02-05", by="person:2"))
    assert refusal(take_back, book_itself, "Fout", origin=at("2026-02-06")) == "migrated"
    take_back(moved, "Fout", origin=at("2026-02-06"))
    take_back(book_itself, "Fout", origin=at("2026-02-06"))
    assert refresh().moves_after(STARTS - timedelta(days=1)) == []


@pytest.mark.parametrize(("asked", "months"), [("2026-02-02", 6), ("2026-02-03", 2), ("2026-02-04", 6)])
def test_the_books_as_they_were_known_at_a_past_moment(asked: str, months: int) -> None:
    take_back(published(), "Fout", origin=at("2026-02-04"))
    assert books_known_at(noon(asked)).on(STARTS).executor.period == Period(months)


def test_who_does_not_ask_the_database_goes_by_what_was_seen_last() -> None:
    forget()
    assert known().on(STARTS).executor.period == Period(6)
    published()
    books()
    assert known().on(STARTS).executor.period == Period(2)


@pytest.mark.parametrize("table", ["draft", "proposal", "edition"])
def test_texts_proposals_and_decisions_are_only_ever_added(table: str) -> None:
    published()
    for change in (f"UPDATE rule_books_{table} SET id = id", f"DELETE FROM rule_books_{table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change)
    assert Edition.objects.filter(proposed_by=F("proposal__proposed_by")).count() == 1


def test_of_the_threads_of_a_process_none_puts_back_books_that_another_has_seen_since(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While one looks no other does: a slow look at what was decided before would come after it."""
    taken = []

    def reading(moment: datetime | None) -> RuleBooks:
        taken.append(in_force._looking.acquire(blocking=False))
        return books_known_at(moment)

    forget()
    monkeypatch.setattr(in_force, "books_known_at", reading)
    refresh()
    assert taken == [False]


def test_forgotten_by_another_thread_while_one_looks_they_are_there_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def moment() -> float:
        forget()
        return monotonic()

    seen = books()
    monkeypatch.setattr(in_force, "monotonic", moment)
    assert books() is seen
