"""Whether a draft can open or lengthen anything, as its page tells what `inzage check-book` finds."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from inzage.journal.models import Origin
from inzage.oversight import draft_checks
from inzage.oversight.draft_checks import check_next
from inzage.oversight.models import DraftChecked
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft
from inzage.rule_books.publishing import approve, keep_draft
from inzage.rules.combinations import Bound
from inzage.rules.comparing import Change, Comparison, compare
from inzage.rules.reading_books import read_book
from inzage.view_rights.examples_in_words import example_in_words
from tests.portal.books import by, propose, propose_and_approve
from tests.portal.office import NOON, TODAY, Tab
from tests.portal.reading import markup, text
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK

STARTS = TODAY + timedelta(days=30)
TEXT = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 2"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Combinations of one fact of each sort, in this process: seconds less, and the same page."""

    def within(*args: object, **kwargs: object) -> Comparison:
        return compare(*args, **kwargs, bound=Bound(1, 1, 1))  # type: ignore[arg-type]

    monkeypatch.setattr(draft_checks, "compare", within)
    monkeypatch.setattr(draft_checks, "apart", lambda work, item: work(item))


def kept() -> Draft:
    return keep_draft(TEXT, "Korter", origin=by("person:0", TODAY))


def page_of(draft: Draft) -> str:
    return f"/regels/ontwerpen/{draft.pk}/nagaan/"


def checked(tab: Tab, draft: Draft, on: str = "") -> Any:
    """The page once the worker has made what was asked for on it."""
    assert tab.post(page_of(draft), {"on": on}).status_code == 302
    assert check_next(clock=lambda: NOON) is not None
    return tab.get(page_of(draft))


def found() -> Comparison:
    return compare(read_book(TEXT, name="x"), refresh(), bound=Bound(1, 1, 1))


def test_a_draft_links_to_its_check_which_judges_nothing_before_it_is_asked(rudi: Tab) -> None:
    draft = kept()
    assert f'href="{page_of(draft)}"' in markup(rudi.get(f"/regels/ontwerpen/{draft.pk}/"))
    page = text(rudi.get(page_of(draft)))
    assert "Ga het na" in page
    assert "Beoordeeld:" not in page


def test_every_example_of_check_book_stands_on_the_page(rudi: Tab) -> None:
    page = markup(checked(rudi, kept()))
    assert found().unasked
    assert "Kijk na of u dit wilt" in page
    for example in found().examples.values():
        for sentence in example_in_words(example, "nl"):
            assert escape(sentence) in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([Change.OPENS], "Ja: het kan een recht openen of verlengen"),
        ([Change.LENGTHENS, Change.SHORTENS], "Ja: het kan een recht openen of verlengen"),
        ([Change.LENGTHENS_RUNNING], "Ja: het kan een recht openen of verlengen"),
        (
            [Change.LENGTHENS, Change.SHORTENS_RUNNING],
            "Ja, en het neemt ook dagen af van een termijn die al loopt",
        ),
        (
            [Change.SHORTENS_RUNNING, Change.SHORTENS],
            "Nee, maar het neemt dagen af van een termijn die al loopt",
        ),
        ([Change.SHORTENS], "Nee: het verkort enkel"),
        ([], "Nee: alle dagen blijven gelijk"),
    ],
)
def test_the_heading_answers_the_question_and_says_what_else_the_draft_does(
    rudi: Tab, monkeypatch: pytest.MonkeyPatch, changes: list[Change], said: str
) -> None:
    one = next(iter(found().examples.values()))
    examples = {(change, "closing.executor"): one._replace(change=change) for change in changes}
    monkeypatch.setattr(draft_checks, "compare", lambda *_, **__: Comparison(1, len(changes), examples))
    assert said in text(checked(rudi, kept()))


def test_a_book_that_is_published_already_is_compared_with_the_others(rudi: Tab) -> None:
    draft = kept()
    before = text(checked(rudi, draft))
    propose_and_approve(TEXT, on=TODAY)
    after = text(checked(rudi, draft))
    said = before[before.index("Beoordeeld:") : before.index("Ga het opnieuw na")]
    assert said in after


def test_what_a_draft_does_to_running_terms_is_asked_with_a_day(rudi: Tab) -> None:
    page = text(checked(rudi, kept(), str(STARTS)))
    assert "met lopende termijnen verschoven op 1 april 2026" in page
    assert "Het ontwerp neemt dagen af van een termijn die al loopt." in page
    assert "niet vóór de eerste dag van het boek" in text(rudi.post(page_of(kept()), {"on": str(TODAY)}))


def test_another_book_on_that_day_is_said(rudi: Tab) -> None:
    propose_and_approve(TEXT.replace("months = 2", "months = 3"), on=TODAY)
    page = text(rudi.post(page_of(kept()), {"on": ""}))
    assert "Op die dag gaat al een ander boek in" in page
    assert "Beoordeeld:" not in page


def test_until_the_worker_has_looked_the_page_says_that_it_waits_and_judges_nothing(
    rudi: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(draft_checks, "compare", never)
    draft = kept()
    for _ in range(2):
        page = text(rudi.post(page_of(draft), {"on": ""}, follow=True))
    assert "Het wacht op zijn beurt" in page
    assert 'hx-get="' + page_of(draft) in markup(rudi.get(page_of(draft)))
    asked = DraftChecked.objects.get()
    DraftChecked.objects.filter(pk=asked.pk).update(started_at=NOON)
    assert "Het wordt nagegaan" in text(rudi.get(page_of(draft)))
    monkeypatch.undo()


def test_what_was_found_is_read_in_the_readers_language(rudi: Tab) -> None:
    draft = kept()
    checked(rudi, draft)
    page = markup(rudi.get(page_of(draft), headers={"accept-language": "fr"}))
    for example in found().examples.values():
        for sentence in example_in_words(example, "fr"):
            assert escape(sentence) in page


def test_it_says_when_something_else_was_decided_since(rudi: Tab) -> None:
    draft = kept()
    assert "Sindsdien is er over de regelboeken beslist" not in text(checked(rudi, draft))
    other = propose(TEXT.replace(str(STARTS), str(STARTS + timedelta(days=1))), on=TODAY)
    approve(other, origin=Origin("person:-1", NOON + timedelta(minutes=1), "test"))
    assert "Sindsdien is er over de regelboeken beslist" in text(rudi.get(page_of(draft)))


def test_a_day_that_has_come_meanwhile_or_an_error_of_ours_is_said(rudi: Tab) -> None:
    draft = kept()
    rudi.post(page_of(draft), {"on": ""})
    check_next(clock=lambda: NOON + timedelta(days=40))
    assert "Dit boek zou vandaag of vroeger ingaan" in text(rudi.get(page_of(draft)))
    rudi.post(page_of(draft), {"on": ""})
    waiting = DraftChecked.objects.filter(finished_at=None)
    assert waiting.update(started_at=NOON, finished_at=NOON, failed="OSError") == 1
    assert "Er ging iets mis bij ons" in text(rudi.get(page_of(draft)))


def test_the_page_asks_few_questions(rudi: Tab) -> None:
    draft = kept()
    checked(rudi, draft)
    with CaptureQueriesContext(connection) as queries:
        assert rudi.get(page_of(draft)).status_code == 200
    assert len(queries) <= 12


def test_no_other_draft_is_there(rudi: Tab) -> None:
    assert rudi.get("/regels/ontwerpen/999/nagaan/").status_code == 404
