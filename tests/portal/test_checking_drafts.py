"""Whether a draft can open or lengthen anything, as its page tells what `inzage check-book` finds."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from inzage.portal.rule_manager.drafts import checked
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft
from inzage.rule_books.publishing import keep_draft
from inzage.rules.combinations import Bound
from inzage.rules.comparing import Comparison, compare
from inzage.rules.reading_books import read_book
from inzage.view_rights.examples_in_words import example_in_words
from tests.portal.books import by, propose_and_approve
from tests.portal.office import TODAY, Tab
from tests.portal.reading import markup, text
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK

STARTS = TODAY + timedelta(days=30)
TEXT = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Combinations of one fact of each sort: seconds less, and the same page."""

    def within(*args: object, **kwargs: object) -> Comparison:
        return compare(*args, **kwargs, bound=Bound(1, 1, 1))  # type: ignore[arg-type]

    monkeypatch.setattr(checked, "compare", within)


def kept() -> Draft:
    return keep_draft(TEXT, "Korter", origin=by("person:0", TODAY))


def page_of(draft: Draft) -> str:
    return f"/regels/ontwerpen/{draft.pk}/nagaan/"


def found() -> Comparison:
    return compare(read_book(TEXT, name="x"), refresh(), bound=Bound(1, 1, 1))


def test_a_draft_links_to_its_check_which_judges_nothing_before_it_is_asked(rudi: Tab) -> None:
    draft = kept()
    assert f'href="{page_of(draft)}"' in markup(rudi.get(f"/regels/ontwerpen/{draft.pk}/"))
    page = text(rudi.get(page_of(draft)))
    assert "Ga het na" in page
    assert "Beoordeeld:" not in page


def test_every_example_of_check_book_stands_on_the_page(rudi: Tab) -> None:
    page = markup(rudi.post(page_of(kept()), {"on": ""}))
    assert found().unasked
    for example in found().examples.values():
        for sentence in example_in_words(example, "nl"):
            assert escape(sentence) in page


def test_a_book_that_is_published_already_is_compared_with_the_others(rudi: Tab) -> None:
    draft = kept()
    before = text(rudi.post(page_of(draft), {"on": ""}))
    propose_and_approve(TEXT, on=TODAY)
    after = text(rudi.post(page_of(draft), {"on": ""}))
    said = before[before.index("Beoordeeld:") : before.index("Ga het na")]
    assert said in after


def test_what_a_draft_does_to_running_terms_is_asked_with_a_day(rudi: Tab) -> None:
    page = text(rudi.post(page_of(kept()), {"on": str(STARTS)}))
    assert "Het ontwerp neemt dagen af van een termijn die al loopt." in page
    assert "niet vóór de eerste dag van het boek" in text(rudi.post(page_of(kept()), {"on": str(TODAY)}))


def test_another_book_on_that_day_is_said(rudi: Tab) -> None:
    propose_and_approve(TEXT.replace("months = 2", "months = 3"), on=TODAY)
    page = text(rudi.post(page_of(kept()), {"on": ""}))
    assert "Op die dag gaat al een ander boek in" in page
    assert "Beoordeeld:" not in page


def test_no_other_draft_is_there(rudi: Tab) -> None:
    assert rudi.get("/regels/ontwerpen/999/nagaan/").status_code == 404
