"""Which services a book leaves out, of its text and of those that come before and after it (S19)."""

from datetime import date

import pytest

from inzage.rules.gaps import Gap, gap_among
from inzage.rules.reading_books import packaged_books, read_book
from inzage.rules.rulebook import RuleBooks
from tests.rules.drafts import draft, text_of

GTB, SIF = ('GTB = { status = "assumption" }\n', "SIF = {")
LATER = date(2027, 6, 1)
NEW = (GTB, f'{GTB}NIEUW = {{ status = "unknown" }}\n')


def gap(*changes: tuple[str, str], books: RuleBooks | None = None) -> Gap | None:
    text = text_of(*changes)
    return gap_among(read_book(text, name="x"), text, books or packaged_books())


def test_what_is_left_out_is_named_with_the_line_below_which_it_is_written() -> None:
    left_out = gap((GTB, ""), (SIF, "SIF2 = {"))
    assert left_out is not None
    assert left_out.services == ["GTB", "SIF"]
    lines = text_of((GTB, "")).splitlines()
    assert left_out.line
    assert lines[left_out.line - 1] == "[services]"


def test_a_book_without_that_section_has_no_such_line() -> None:
    text = text_of()
    start, end = text.index("[services]"), text.index("[prjlew]")
    left_out = gap((text[start:end], ""))
    assert left_out is not None
    assert left_out.line is None
    assert left_out.services == sorted(packaged_books().every()[-1].owners)


@pytest.mark.parametrize(
    "said", ['{ status = "unknown" }', '{ months = 2, source = "x", status = "verified" }']
)
def test_a_row_with_or_without_a_term_leaves_nothing_out(said: str) -> None:
    assert gap((GTB, f"GTB = {said}\n")) is None


def test_a_service_in_other_capitals_is_another() -> None:
    left_out = gap((GTB, GTB.replace("GTB", "Gtb")))
    assert left_out is not None
    assert left_out.services == ["GTB"]


def test_a_book_that_is_to_follow_says_something_of_a_new_service_or_leaves_it_out() -> None:
    silent = packaged_books().with_draft(draft(starts_on=LATER))
    assert gap(NEW, books=silent) == Gap(["NIEUW"], next_on=LATER)
    assert gap(NEW, books=packaged_books().with_draft(draft(NEW, starts_on=LATER))) is None
    assert gap(books=silent) is None


def test_of_the_books_before_only_the_last_counts() -> None:
    """What was left out before that is the fallback's already."""
    older = packaged_books().with_draft(draft(NEW, starts_on=date(2026, 1, 1)))
    newer = older.with_draft(draft(starts_on=date(2026, 2, 1)))
    assert gap(books=newer) is None
    left_out = gap(books=older)
    assert left_out is not None
    assert left_out.services == ["NIEUW"]
