"""Which pages visitors go to, in which order, and what their times come to."""

import random

import pytest

from benchmarks.visiting.pages import Page, page_at, pages_in, searched_at
from benchmarks.visiting.walking import MOST, Known, Opened
from benchmarks.visitors import BAR, percentile, rows_of

LIST, SEARCH = Page("my-dossiers", "/dossiers/"), Page("find-client", "/dossiers/zoeken/")


def test_a_page_is_known_by_the_name_of_its_address() -> None:
    """Choices of a few words make another page; where a list goes on, it is one page wherever that is."""
    assert page_at("/dossiers/") == LIST
    chosen = page_at("/dossiers/?op=naam&na=12")
    assert chosen is not None
    assert chosen.name == "my-dossiers op=naam further on"
    assert page_at("/dossiers/?op=naam&na=13") == chosen._replace(address="/dossiers/?op=naam&na=13")


@pytest.mark.parametrize(
    "address", ["/dossiers/meenemen/", "/aanvragen/7/formulier.pdf", "/nergens/", "/aanmelden/"]
)
def test_files_and_what_is_no_page_at_work_are_left_out(address: str) -> None:
    """An export, a PDF, no page at all, and signing in."""
    assert page_at(address) is None


def test_the_links_of_a_page_lead_to_pages_and_to_no_other_host() -> None:
    """Also those that say only what is chosen; one that stands there twice leads there once."""
    text = (
        '<a class="brand" href="/dossiers/">Mijn dossiers</a> <a href="?op=naam&amp;na=7_1">Verder</a>'
        '<a href="/dossiers/">Terug</a> <a href="https://elders.example/dossiers/">Elders</a>'
        '<link href="/dossiers/zoeken/"> <a href="#inhoud">Naar de inhoud</a>'
    )
    found = list(pages_in(text, "/dossiers/?einde=7"))
    assert found == [LIST, Page("my-dossiers op=naam further on", "/dossiers/?op=naam&na=7_1")]


def test_a_search_is_known_by_the_fields_that_are_filled_in() -> None:
    """And by no number; the unit that a form was opened for is no field."""
    page = searched_at("/dossiers/zoeken/", {"number": "K20", "for_unit": "OE1"})
    assert page.name == "find-client searched by number"
    assert page.sent == {"number": "K20", "for_unit": "OE1"}


def test_what_was_opened_least_is_opened_next() -> None:
    """Two pages take turns; one that is come across later is caught up with first."""
    known = Known([LIST, SEARCH], random.Random(0))
    assert {known.next().name, known.next().name} == {LIST.name, SEARCH.name}
    later = Page("notices", "/berichten/")
    known.add([later])
    assert known.next() == later


def test_many_addresses_of_one_page_are_one_page() -> None:
    """Opened as often as any other, and remembered up to a bound."""
    dossiers = [Page("dossier", f"/dossiers/{number}/") for number in range(2 * MOST)]
    known = Known([*dossiers, LIST], random.Random(0))
    opened = [known.next() for _ in range(10 * MOST)]
    assert sum(page.name == "dossier" for page in opened) == 5 * MOST
    assert {page for page in opened if page != LIST} <= set(dossiers[:MOST])


@pytest.mark.parametrize(("count", "found"), [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95)])
def test_nineteen_of_twenty_lie_within_the_percentile(count: int, found: int) -> None:
    """It is one of the times themselves, in whatever order they come."""
    times = [float(time) for time in range(count, 0, -1)]
    assert percentile(times) == found


def _opened(seconds: float, status: int = 200, page: Page = LIST) -> Opened:
    return Opened("counsellor OE1", page, status, seconds)


def test_the_slowest_page_stands_first_under_all_of_them() -> None:
    """All together may be within the bar while one page is not."""
    rows = rows_of([*[_opened(0.01)] * 99, _opened(2 * BAR, page=SEARCH)], "load 0.1")
    assert [(row.what, row.met) for row in rows] == [
        ("any page", True),
        ("answers other than a page", True),
        ("find-client", False),
        ("my-dossiers", True),
    ]


def test_an_answer_that_is_no_page_is_named() -> None:
    """However quick it was; a redirect is as good as a page."""
    rows = rows_of([_opened(0.01), _opened(0.01, 302), _opened(0.01, 404, SEARCH)], "")
    assert not rows[1].met
    assert rows[1].beside == "404 find-client (counsellor OE1)"
