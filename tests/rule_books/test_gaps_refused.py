"""No book comes into force that leaves out a service of the book before it, nor before one that leaves out its own."""

from datetime import date

import pytest

from inzage.rule_books.in_force import books, refresh
from inzage.rule_books.models import Draft, Edition, Proposal
from inzage.rule_books.publishing import NotPublished, approve, keep_draft, propose_publication
from inzage.rules.gaps import Gap
from inzage.rules.names import OwnershipEnd
from tests.oversight.drafts import kept, publish
from tests.rules.drafts import row, text_of
from tests.world import day, origin

MARCH, APRIL = "2026-03-01", "2026-04-01"
GTB = 'GTB = { status = "assumption" }\n'
NEW = (GTB, f'{GTB}NIEUW = {{ status = "unknown" }}\n')
pytestmark = pytest.mark.django_db


def a_draft(starts_on: str, *changes: tuple[str, str]) -> Draft:
    return keep_draft(text_of(*changes, starts_on=day(starts_on)), "x", origin=origin("2026-02-01"))


def proposed(draft: Draft) -> Proposal:
    return propose_publication(draft, {}, origin=origin("2026-02-02"))


def approved(proposal: Proposal) -> Edition:
    return approve(proposal, origin=origin("2026-02-03", by="person:2"))


def left_out_by(draft: Draft) -> Gap | None:
    """What keeps the draft from being proposed; nothing was."""
    before = Proposal.objects.count()
    with pytest.raises(NotPublished, match="says nothing of") as refused:
        proposed(draft)
    assert refused.value.reason == "gap"
    assert Proposal.objects.count() == before
    return refused.value.gap


def test_a_draft_without_a_service_of_the_book_in_force_is_kept_and_not_proposed() -> None:
    gap = left_out_by(a_draft(MARCH, (GTB, "")))
    assert gap is not None
    assert gap.services == ["GTB"]


def test_left_out_on_purpose_a_service_has_a_row_without_a_term() -> None:
    """What it had of its own goes, knowingly: from then on it is counted as services without a rule of their own."""
    own, none = row("GTB", "months = 2"), (GTB, 'GTB = { status = "unknown" }\n')
    approved(proposed(a_draft(MARCH, own)))
    approved(proposed(a_draft(APRIL, none)))
    last = books().on(day(APRIL))
    assert last.owner_rule("GTB", OwnershipEnd.CONTRACT_ENDED).period == last.fallback.period
    assert last.owner_rule("GTB").period != books().on(day(MARCH)).owner_rule("GTB").period


def test_a_book_decided_meanwhile_that_has_one_more_is_seen_at_the_approval() -> None:
    late = proposed(a_draft(APRIL))
    approved(proposed(a_draft(MARCH, row("GTB", "months = 2"))))
    more = a_draft("2026-03-15", NEW)
    assert left_out_by(a_draft("2026-05-01", (GTB, ""))) is not None
    approved(proposed(more))
    with pytest.raises(NotPublished) as refused:
        approved(late)
    assert refused.value.gap is not None
    assert refused.value.gap.services == ["NIEUW"]
    assert not late.editions.exists()


def test_a_book_with_one_more_does_not_come_before_one_that_was_decided_without() -> None:
    approved(proposed(a_draft(APRIL)))
    assert left_out_by(a_draft(MARCH, NEW)) == Gap(["NIEUW"], next_on=day(APRIL))


def test_a_book_that_was_published_with_a_gap_stays_as_it_is() -> None:
    """Decided before gaps were refused: it is read, and what comes after it is held against it alone."""
    publish(text_of((GTB, ""), starts_on=day(MARCH)), moves_on=day(MARCH), by=day("2026-02-02"))
    assert not refresh().on(day(MARCH)).knows("GTB")
    approved(proposed(a_draft(APRIL, (GTB, ""))))
    assert [book.starts_on for book in books().every()][1:] == [day(MARCH), day(APRIL)]


def test_one_proposed_with_a_gap_before_those_were_refused_is_not_approved() -> None:
    draft = kept(text_of((GTB, ""), starts_on=day(MARCH)), author="person:3")
    proposal = Proposal.objects.create(
        draft=draft,
        act="publish",
        on=date(2026, 3, 1),
        rehearsal={},
        proposed_by="person:1",
        proposed_at=origin("2026-02-02").at,
    )
    with pytest.raises(NotPublished) as refused:
        approved(proposal)
    assert refused.value.reason == "gap"
