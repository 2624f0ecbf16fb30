"""A text that was kept before the writing of books was limited has its page, and is mended from there."""

from inzage.rule_books.models import Proposal
from inzage.rules.tables import WIDEST
from tests.oversight.drafts import kept, publish
from tests.portal.books import NEW, STARTS, do, page_of
from tests.portal.office import TODAY, Tab
from tests.portal.reading import text
from tests.rules.drafts import term, text_of

WIDE = text_of(term("executor", f"months = 2{' ' * WIDEST}"), starts_on=STARTS)


def test_in_force_it_is_read_rule_by_rule_as_any_other(rudi: Tab) -> None:
    publish(WIDE, moves_on=STARTS, by=TODAY)
    assert "2 maanden" in text(rudi.get(f"/regels/boeken/{STARTS}/"))


def test_it_is_compared_and_not_proposed_and_says_what_to_do(rudi: Tab) -> None:
    draft = kept(WIDE)
    assert "Uitvoerder closing.executor" in text(rudi.get(page_of(draft)))
    assert "geschreven zoals het niet meer mag" in do(rudi, "publish", draft)
    assert not Proposal.objects.exists()
    begun = rudi.post(NEW, {"name": "Opnieuw", "text": draft.text})
    assert f"hoogstens {WIDEST}: één waarde per lijn" in text(begun)
