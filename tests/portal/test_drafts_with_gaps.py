"""A draft that leaves out a service, as rule managers see it: which, on which line, and what to write (S19)."""

from datetime import timedelta

import pytest

from inzage.rule_books.models import Draft, Edition, Proposal
from inzage.rule_books.publishing import keep_draft
from tests.portal.books import STARTS, by, do, page_of, propose, propose_and_approve
from tests.portal.office import TODAY, Tab
from tests.portal.reading import text
from tests.rules.drafts import text_of

GTB = 'GTB = { status = "assumption" }\n'
NEW = (GTB, f'{GTB}NIEUW = {{ status = "unknown" }}\n')


def kept(*changes: tuple[str, str]) -> Draft:
    return keep_draft(text_of(*changes, starts_on=STARTS), "Zonder", origin=by("person:0", TODAY))


def test_it_is_not_proposed_and_the_page_says_what_to_write_and_where(rudi: Tab) -> None:
    draft = kept((GTB, ""))
    line = draft.text.splitlines().index("[services]") + 1
    said = f"onder lijn {line}, [services]. Is die regel de bedoeling, dan is het een rij zonder termijn: {GTB}".strip()
    assert said in text(rudi.get(page_of(draft)))
    assert text(rudi.get(page_of(draft))).count(said) == 1
    assert do(rudi, "publish", draft).count(said) == 2
    assert not Proposal.objects.exists()


def test_mended_by_a_row_without_a_term_it_is_proposed(rudi: Tab) -> None:
    page = do(rudi, "publish", kept((GTB, 'GTB = { status = "unknown" }\n')))
    assert "Het is voorgesteld." in page
    assert "kan het ontwerp niet ingevoerd worden" not in page


def test_a_colleague_can_not_approve_what_leaves_out_a_service_of_a_book_decided_meanwhile(rani: Tab) -> None:
    late = propose(text_of(starts_on=STARTS), on=TODAY)
    propose_and_approve(text_of(NEW, starts_on=STARTS - timedelta(days=5)), on=TODAY)
    assert "het zegt niets over NIEUW" in do(rani, "approve", late)
    assert not late.editions.exists()
    assert "afgewezen" in do(rani, "refuse", late, remark="Te weinig.")


@pytest.mark.parametrize(("has_row", "said"), [(False, True), (True, False)])
def test_a_book_that_follows_without_the_service_is_named_by_its_day(
    rudi: Tab, has_row: bool, said: bool
) -> None:
    changes = [NEW] if has_row else []
    propose_and_approve(text_of(*changes, starts_on=STARTS + timedelta(days=5)), on=TODAY)
    page = do(rudi, "publish", kept(NEW))
    assert ("het regelboek dat op 6 april 2026 volgt, zegt daar niets over" in page) is said
    assert Edition.objects.count() == 1
