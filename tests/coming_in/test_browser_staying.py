"""In a real browser: a page says in good time that the session ends, and nothing that was written is lost."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django import Settings

from tests.coming_in.conftest import Clock
from tests.portal.office import Office
from tests.portal.serving import served

pytestmark = pytest.mark.browser
MINUTE = timedelta(minutes=1)
ASKS = "/aanmelden/duur/"
LEAST_TARGET = 24


@pytest.fixture
def server(office: Office, settings: Settings) -> Iterator[str]:
    """The demo's portal on loopback, in the test's own transaction."""
    settings.DEMO = True
    with served() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(server: str) -> Iterator[Page]:
    """A browser's page whose clock the test moves; any complaint in its console fails the test."""
    complaints: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(base_url=server, locale="nl-BE", viewport={"width": 320, "height": 640})
        page.on("console", lambda message: complaints.append(message.text))
        page.clock.install()
        page.goto("/aanmelden/")
        page.get_by_role("button", name="Carla").click()
        page.wait_for_url("**/vandaag/")
        page.goto("/berichten/instellen/")
        page.get_by_label("Uw mailadres").fill("carla@voorbeeld.example")
        yield page
        browser.close()
    assert complaints == []


def passes(page: Page, time: Clock, minutes: float) -> None:
    """So long nothing is done here; the page asks meanwhile."""
    time.ahead += minutes * MINUTE
    with page.expect_response(lambda answer: answer.url.endswith(ASKS)):
        page.clock.run_for(int(minutes * 60_000))


def is_kept(page: Page) -> None:
    """What was written was carried out: the page says so, and holds it when it is opened anew."""
    expect(page.locator(".said")).to_be_visible()
    page.goto("/berichten/instellen/")
    expect(page.get_by_label("Uw mailadres")).to_have_value("carla@voorbeeld.example")


def test_the_end_is_announced_over_the_page_and_a_button_keeps_one_there(page: Page, time: Clock) -> None:
    said = page.locator("#sessie")
    expect(said).to_have_text("")
    passes(page, time, 27.1)
    expect(said).to_have_text("")
    passes(page, time, 1)
    expect(said).to_contain_text("Binnen 2 minuten wordt u afgemeld")
    assert said.get_attribute("aria-live") == "polite"
    button = page.get_by_role("button", name="Blijf aangemeld")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= LEAST_TARGET
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if shots := os.environ.get("INZAGE_SHOTS"):
        page.screenshot(path=f"{shots}/near.png")
    button.focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("U blijft aangemeld.")
    time.ahead += 25 * MINUTE
    page.get_by_role("button", name="Bewaren").click()
    is_kept(page)


def test_what_was_written_stays_on_the_screen_and_is_sent_after_signing_in(page: Page, time: Clock) -> None:
    passes(page, time, 27.1)
    passes(page, time, 1)
    passes(page, time, 2.1)
    expect(page.locator("#sessie")).to_contain_text("verstuur het, en meld u daarna opnieuw aan")
    expect(page.get_by_label("Uw mailadres")).to_have_value("carla@voorbeeld.example")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("main")).to_contain_text("Wat u verstuurde, is een uur lang bewaard.")
    page.get_by_role("button", name="Carla").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw sessie liep af terwijl u schreef")
    if shots := os.environ.get("INZAGE_SHOTS"):
        page.screenshot(path=f"{shots}/again.png")
    page.get_by_role("button", name="Verstuur het nu").click()
    is_kept(page)
