"""A draft of a rule book, as rule managers see it: written, kept, compared with the book in force."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from inzage.portal.rule_manager.drafts.comparing import compared
from inzage.rule_books.in_force import books, refresh
from inzage.rule_books.models import Draft
from inzage.rule_books.publishing import keep_draft
from inzage.rule_books.texts import text_of
from inzage.rules.reading_books import packaged_books, packaged_texts, read_book
from tests.portal.books import NEW, STARTS, TEXT, by, page_of, propose_and_approve, written
from tests.portal.office import TODAY, Tab
from tests.portal.reading import markup, text


def test_a_new_draft_begins_as_the_text_of_the_book_in_force_packaged_or_published(rudi: Tab) -> None:
    assert escape(text_of(date(2000, 1, 1)).strip()) in markup(rudi.get(NEW))
    now = TEXT.replace(str(STARTS), str(TODAY))
    propose_and_approve(now, on=TODAY - timedelta(days=3))
    assert escape(now.strip()) in markup(rudi.get(NEW))


def test_a_new_draft_can_begin_as_another(rudi: Tab) -> None:
    draft = keep_draft(TEXT, "Eerste", origin=by("person:0", TODAY))
    assert escape(TEXT.strip()) in markup(rudi.get(f"{NEW}?van={draft.pk}"))
    assert rudi.get(f"{NEW}?van=x").status_code == 400


def test_what_was_written_is_kept_once_and_changes_nothing(rudi: Tab) -> None:
    for _ in range(2):
        answer = written(rudi, text=TEXT.replace("\n", "\r\n"))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == page_of(draft)
    assert draft.starts_on == STARTS
    assert "\r" not in draft.text
    assert refresh().on(STARTS).version == "2000-01-01"


def test_the_same_text_under_another_name_is_said_to_be_kept_already_and_under_which(
    rudi: Tab, rani: Tab
) -> None:
    assert "Het ontwerp is bewaard." in text(written(rudi, follow=True))
    page = text(written(rani, name="Naam van Rani", follow=True))
    assert "Deze tekst was al bewaard, als ontwerp Kortere termijnen. Er is niets bijgekomen." in page
    assert "Het ontwerp is bewaard." not in page


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_a_book_may_hold_is_kept_as_it_was_written(rudi: Tab, sign: str) -> None:
    written(rudi, text=TEXT.replace('source = "a page"', f'source = "a{sign}page"'))
    assert f'"a{sign}page"' in Draft.objects.get().text


def test_a_file_takes_the_place_of_the_text(rudi: Tab) -> None:
    file = SimpleUploadedFile("boek.toml", b"\xef\xbb\xbf" + TEXT.encode())
    written(rudi, text="iets anders", file=file)
    assert read_book(Draft.objects.get().text, name="x") == read_book(TEXT, name="x")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "niet te lezen als tekst"), (b"a = 1\n" * 50_000, "te groot"), (b"", "starts_on")],
)
def test_a_file_that_is_none_is_said(rudi: Tab, content: bytes, said: str) -> None:
    page = text(written(rudi, file=SimpleUploadedFile("boek.toml", content)))
    assert said in page
    assert not Draft.objects.exists()


def test_what_can_not_be_read_is_pointed_at_and_what_was_typed_stays(rudi: Tab) -> None:
    wrong = TEXT.replace('source = "a page"', "source = 3", 1)
    line = wrong.splitlines().index("source = 3") + 1
    page = written(rudi, text=wrong)
    assert (
        f"Lijn {line}: bij executor.source staat 3. Er staat: source = 3 "
        "Verwacht: een zin die zegt waar de waarde vandaan komt. "
        'Bijvoorbeeld: source = "Draaiboek …, punt 4.2"'
    ) in text(page)
    assert escape(wrong.strip()) in markup(page)
    assert 'value="Kortere termijnen"' in markup(page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("value", [" = 0x" + "F" * 5000, ".a" * 1000 + " = 1"])
def test_an_odd_value_is_refused_on_the_page_with_what_was_typed(rudi: Tab, value: str) -> None:
    wrong = TEXT.replace("months = 2", f"months{value}", 1)
    page = written(rudi, text=wrong)
    assert f"Lijn {wrong.splitlines().index(f'months{value}') + 1}:" in text(page)
    assert escape(wrong.strip()) in markup(page)


def test_what_a_text_says_is_shown_and_never_carried_out(rudi: Tab) -> None:
    page = markup(written(rudi, text=TEXT.replace("starts_on", "'<script>x'")))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_the_page_says_rule_by_rule_what_changes(rudi: Tab) -> None:
    page = text(rudi.get(page_of(keep_draft(TEXT, "Korter", origin=by("person:0", TODAY)))))
    assert "Uitvoerder closing.executor 6 maanden" in page
    assert "Uitvoerder: geannuleerd" in page
    assert "Eigenaar: TIBB4" in page
    assert "Langste traject: ACT 18 maanden" in page
    assert "goedgekeurd door the board op 2 december 2019" in page


def test_each_kind_of_change_is_told_apart() -> None:
    without = TEXT.replace('[services.TIBB4]\nstatus = "assumption"\n', "")
    now, then = packaged_books().on(TODAY), read_book(without, name="x")
    kinds = {row.id or row.label: row.kind for row in compared(now, then).differing}
    assert kinds["closing.executor"] == "changed"
    assert kinds["closing.executor.activity_cancelled"] == "new"
    assert kinds["closing.owner.TIBB4"] == "gone"
    assert kinds["Langste traject: ACT"] == "gone"
    assert kinds["Langste traject: SIF"] == "origin"
    assert compared(now, now).differing == []
    assert len(compared(now, now).same) == len(now.every_rule()) + len(now.longest) + 1


@pytest.mark.parametrize("gap", [True, False])
def test_the_page_says_which_service_a_draft_leaves_out(rudi: Tab, gap: bool) -> None:
    """A row without a term says that the fallback is meant: the near miss."""
    (packaged,) = packaged_texts().values()
    whole = packaged.replace("starts_on = 2000-01-01", f"starts_on = {STARTS}")
    kept = whole.replace('GTB = { status = "assumption" }\n', "" if gap else 'GTB = { status = "unknown" }\n')
    page = text(rudi.get(page_of(keep_draft(kept, "Zonder", origin=by("person:0", TODAY)))))
    assert ("het zegt niets over GTB" in page) is gap
    assert "1 regel verandert" in page


def test_pages_ask_no_more_for_more(rudi: Tab) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert rudi.get(address).status_code == 200
        return len(queries)

    drafts = []
    counts = []
    for number in range(1, 4):
        one = propose_and_approve(TEXT.replace(str(STARTS), str(STARTS + timedelta(days=number))), on=TODAY)
        drafts.append(one.draft)
        books()
        counts.append([asked("/regels/ontwerpen/"), asked(page_of(drafts[0])), asked(NEW)])
    assert counts[0] == counts[-1]
    assert max(counts[-1]) <= 12
