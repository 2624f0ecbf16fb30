"""Of a rule book the database itself compares a decision with its proposal, and that with its text (S19)."""

import pytest

from inzage.rule_books.models import Draft, Proposal
from inzage.rule_books.publishing import keep_draft, propose_publication
from tests.database import refused
from tests.oversight.drafts import draft_text
from tests.rules.drafts import without_a_gap
from tests.world import origin

STARTS, BEFORE, AFTER, LONG_AFTER = "2026-03-01", "2026-02-28", "2026-03-02", "2099-01-01"
AUTHOR, PROPOSER, OTHER = "person:1", "person:2", "person:3"
pytestmark = pytest.mark.django_db


def a_draft(starts_on: str = STARTS) -> Draft:
    return keep_draft(
        without_a_gap(draft_text(starts_on)), "maart.toml", origin=origin("2026-02-01", by=AUTHOR)
    )


def a_proposal() -> Proposal:
    """The text of one, proposed by another."""
    return propose_publication(a_draft(), {}, origin=origin("2026-02-02", by=PROPOSER))


def edition_refused(
    proposal: Proposal,
    *,
    by: str,
    proposed_by: str = PROPOSER,
    on: str = STARTS,
    day: str = "2026-02-03",
    verdict: str = "approved",
    at: str = "",
) -> bool:
    """Whether the database refuses this decision."""
    columns = 'proposal_id, verdict, proposed_by, "on", "by", day, at, remark'
    return refused(
        f"INSERT INTO rule_books_edition ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, '')",
        *(proposal.pk, verdict, proposed_by, on, by, day, at or f"{day} 12:00:00+00:00"),
    )


def test_another_persons_decision_on_the_day_before_at_the_latest_is_taken() -> None:
    assert not edition_refused(a_proposal(), by=OTHER, day=BEFORE)


@pytest.mark.parametrize("by", [AUTHOR, PROPOSER])
def test_who_wrote_or_proposed_it_refuses_it_and_does_not_approve_it(by: str) -> None:
    proposal = a_proposal()
    assert edition_refused(proposal, by=by)
    assert not edition_refused(proposal, by=by, verdict="refused")


@pytest.mark.parametrize("verdict", ["approved", "refused", "taken_back"])
@pytest.mark.parametrize("by", [PROPOSER, OTHER])
def test_who_proposed_it_is_who_the_proposal_says(verdict: str, by: str) -> None:
    assert edition_refused(a_proposal(), by=by, proposed_by="person:9", verdict=verdict)


@pytest.mark.parametrize("verdict", ["approved", "refused", "taken_back"])
@pytest.mark.parametrize("on", [BEFORE, AFTER, LONG_AFTER])
def test_its_day_is_that_of_the_proposal(verdict: str, on: str) -> None:
    assert edition_refused(a_proposal(), by=OTHER, on=on, day="2026-02-03", verdict=verdict)


@pytest.mark.parametrize("on", [STARTS, LONG_AFTER])
def test_nothing_is_approved_on_its_day_whatever_day_is_written(on: str) -> None:
    assert edition_refused(a_proposal(), by=OTHER, on=on, day=STARTS)


@pytest.mark.parametrize("verdict", ["approved", "refused"])
@pytest.mark.parametrize(
    ("at", "is_refused"),
    [
        ("2026-02-02 22:59:59+00:00", True),
        ("2026-02-02 23:00:00+00:00", False),
        ("2026-02-03 22:59:59+00:00", False),
        ("2026-02-03 23:00:00+00:00", True),
    ],
)
def test_its_day_is_that_of_its_moment_in_brussels(verdict: str, at: str, is_refused: bool) -> None:
    assert edition_refused(a_proposal(), by=OTHER, day="2026-02-03", at=at, verdict=verdict) is is_refused


@pytest.mark.parametrize(("at", "is_refused"), [("21:59:59", False), ("22:00:00", True)])
def test_in_summer_the_day_in_brussels_is_two_hours_ahead(at: str, is_refused: bool) -> None:
    proposal = propose_publication(a_draft("2026-09-01"), {}, origin=origin("2026-02-02", by=PROPOSER))
    said = {"on": "2026-09-01", "day": "2026-07-03", "at": f"2026-07-03 {at}+00:00"}
    assert edition_refused(proposal, by=OTHER, **said) is is_refused


@pytest.mark.parametrize(
    ("act", "on", "is_refused"),
    [
        ("publish", BEFORE, True),
        ("publish", STARTS, False),
        ("publish", AFTER, True),
        ("migrate", BEFORE, True),
        ("migrate", STARTS, False),
        ("migrate", AFTER, False),
    ],
)
def test_a_book_is_published_from_its_first_day_and_terms_move_to_it_then_or_later(
    act: str, on: str, is_refused: bool
) -> None:
    columns = 'draft_id, act, "on", rehearsal, proposed_by, proposed_at'
    assert (
        refused(
            f"INSERT INTO rule_books_proposal ({columns}) VALUES (%s, %s, %s, '{{}}', %s, %s)",
            *(a_draft().pk, act, on, PROPOSER, "2026-02-02 12:00:00+00:00"),
        )
        is is_refused
    )
