"""In a real browser: a dossier is open while the right stands, and closes itself when it ends, on both kinds of screen.

Both clocks, the browser's and that of the decision point, stand still until the test sets them forward.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from examples.mlp.made_up import made_up
from tests.examples.conftest import ANNA, BERT, STRANGER
from tests.examples.decision_point import FORM, DecisionPoint, Right
from tests.shell import until

pytestmark = pytest.mark.browser

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVERY = 5_000
"""Milliseconds after which an open page asks again."""
REFUSED = "U mag dit dossier nu niet bekijken"
UNSURE = "We kunnen nu niet nagaan wat u mag zien"
NAME = made_up(ANNA).name


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of in its console; a test that means it to empties this."""
    return []


@pytest.fixture
def page(browser: Browser, mlp: str, complaints: list[str]) -> Iterator[Page]:
    """A page on the application, with a clock that stands still until the test sets it forward."""
    page = browser.new_page(base_url=mlp)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.clock.install(time=START)
    page.clock.pause_at(START + timedelta(hours=1))
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def on_dossier(page: Page, point: DecisionPoint) -> Page:
    """The page on Anna's dossier, which is open."""
    page.goto(f"/dossiers/{ANNA}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    assert point.asked.acquire(timeout=30)
    return page


def expect_closed(page: Page, *, because: str) -> None:
    """Nothing of the dossier is left in the page, and it says why."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(because)
    expect(heading).to_be_focused()
    expect(page).to_have_title(because)
    assert NAME not in page.locator("body").inner_text()
    assert made_up(ANNA).goal not in page.content()


def test_from_my_dossiers_to_one_of_them(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.get_by_role("heading", name="Stappen naar werk")).to_be_visible()


def test_a_dossier_without_a_right_says_why_and_where_to_go(page: Page, complaints: list[str]) -> None:
    page.goto(f"/dossiers/{STRANGER}")
    expect(page.get_by_role("heading", level=1)).to_have_text(REFUSED)
    link = page.get_by_role("link", name="Verder in Inzage", description="Vul samen met de klant")
    expect(link).to_have_attribute("href", FORM)
    assert all("403" in complaint for complaint in complaints)
    complaints.clear()


def test_an_open_page_stays_open_while_the_right_stands(on_dossier: Page, point: DecisionPoint) -> None:
    def asks_again() -> bool:
        on_dossier.clock.run_for(EVERY)
        return point.asked.acquire(timeout=0.2)

    for _ in range(3):
        until(asks_again)
    expect(on_dossier.get_by_role("heading", level=1)).to_have_text(NAME)


def test_an_open_page_closes_itself_when_the_right_is_withdrawn(
    on_dossier: Page, point: DecisionPoint
) -> None:
    del point.rights[ANNA]
    on_dossier.clock.run_for(EVERY - 1)
    expect(on_dossier.get_by_role("heading", level=1)).to_have_text(NAME)
    on_dossier.clock.run_for(1)
    expect_closed(on_dossier, because=REFUSED)
    expect(on_dossier.get_by_text("Het inzagerecht van de organisatie")).to_be_visible()
    expect(on_dossier.get_by_role("link", name="Verder in Inzage")).to_be_visible()


def test_an_open_page_closes_itself_at_the_end_that_was_announced(page: Page, point: DecisionPoint) -> None:
    point.rights[ANNA] = Right(point.clock.in_seconds(4))
    page.goto(f"/dossiers/{ANNA}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    page.clock.run_for(3_000)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    point.clock.at = point.clock.in_seconds(4)
    page.clock.run_for(1_000)  # less than EVERY, all together
    expect_closed(page, because=REFUSED)


def test_an_end_that_was_announced_and_put_off_does_not_close_the_page(
    page: Page, point: DecisionPoint
) -> None:
    point.rights[ANNA] = Right(point.clock.in_seconds(3600))
    page.goto(f"/dossiers/{ANNA}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    point.rights[ANNA] = Right()
    assert point.asked.acquire(timeout=30)
    page.clock.fast_forward("02:00:00")
    assert point.asked.acquire(timeout=30)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def test_from_the_announced_end_on_nothing_is_seen_until_the_answer_is_there(
    page: Page, point: DecisionPoint
) -> None:
    held: list[Route] = []
    point.rights[ANNA] = Right(point.clock.in_seconds(4))
    page.route("**/still-open", lambda route: held.append(route))
    page.goto(f"/dossiers/{ANNA}")
    expect(page.get_by_role("main")).to_be_visible()
    with page.expect_request("**/still-open"):
        page.clock.run_for(4_000)
    expect(page.locator("main")).to_be_hidden()
    held[0].fulfill(json={"open": True, "seconds": None})
    expect(page.locator("main")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def test_a_page_that_is_looked_at_again_asks_first(on_dossier: Page, point: DecisionPoint) -> None:
    del point.rights[ANNA]
    on_dossier.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect_closed(on_dossier, because=REFUSED)


def test_an_open_page_closes_itself_when_inzage_does_not_answer(
    on_dossier: Page, point: DecisionPoint
) -> None:
    point.answers = False
    on_dossier.clock.run_for(EVERY)
    expect_closed(on_dossier, because=UNSURE)
    point.answers = True
    on_dossier.get_by_role("link", name="Opnieuw proberen").click()
    expect(on_dossier.get_by_role("heading", level=1)).to_have_text(NAME)


def test_a_page_that_closed_stays_closed(on_dossier: Page, point: DecisionPoint) -> None:
    del point.rights[ANNA]
    on_dossier.clock.run_for(EVERY)
    expect_closed(on_dossier, because=REFUSED)
    point.rights[ANNA] = Right()
    on_dossier.clock.run_for(3 * EVERY)
    expect_closed(on_dossier, because=REFUSED)


NEAR_MISSES: dict[str, Callable[[Route], Any]] = {
    "nobody there": lambda route: route.abort(),
    "a fault": lambda route: route.fulfill(status=500, json={"open": True, "seconds": None}),
    "true as a string": lambda route: route.fulfill(json={"open": "true", "seconds": None}),
    "one": lambda route: route.fulfill(json={"open": 1, "seconds": None}),
    "nothing": lambda route: route.fulfill(json={}),
    "null": lambda route: route.fulfill(json=None),
    "a page": lambda route: route.fulfill(body="<p>Meld u aan</p>", content_type="text/html"),
    "somewhere else": lambda route: route.fulfill(status=302, headers={"Location": "/"}),
}


@pytest.mark.parametrize("answer", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_a_near_miss_of_a_yes_closes_an_open_page(
    on_dossier: Page, answer: Callable[[Route], Any], complaints: list[str]
) -> None:
    on_dossier.route("**/still-open", answer)
    on_dossier.clock.run_for(EVERY)
    expect_closed(on_dossier, because=UNSURE)
    complaints.clear()


@pytest.mark.parametrize("seconds", ["soon", "", 0, -1, {}])
def test_an_open_page_that_does_not_hear_for_how_long_covers_itself(on_dossier: Page, seconds: Any) -> None:
    on_dossier.route("**/still-open", lambda route: route.fulfill(json={"open": True, "seconds": seconds}))
    on_dossier.clock.run_for(EVERY)
    expect(on_dossier.locator("main")).to_be_hidden()


def test_without_javascript_an_open_page_closes_itself_at_its_end(
    browser: Browser, mlp: str, point: DecisionPoint
) -> None:
    page = browser.new_page(java_script_enabled=False, base_url=mlp)
    point.rights[ANNA] = Right(point.clock.in_seconds(1))
    page.goto(f"/dossiers/{ANNA}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    point.clock.at = point.clock.in_seconds(1)
    expect(page.get_by_role("heading", level=1)).to_have_text(REFUSED, timeout=60_000)
    assert NAME not in page.content()


@pytest.mark.parametrize("path", ["/", f"/dossiers/{ANNA}", f"/dossiers/{BERT}", f"/dossiers/{STRANGER}"])
def test_a_narrow_screen_shows_all_of_a_page(
    browser: Browser, mlp: str, point: DecisionPoint, path: str
) -> None:
    point.sentence = "Arbeidsongeschiktheidsverzekeringsmaatschappij" * 3
    page = browser.new_page(base_url=mlp, viewport={"width": 390, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
