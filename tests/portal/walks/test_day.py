"""A counsellor's day in a real browser: the same walk without JavaScript and with, and what a first visit weighs."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from inzage.portal import paging
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_right

pytestmark = pytest.mark.browser
MOST_BYTES = 150_000
MARK = "document.body.dataset.mark"
"""Something of ours on the page: it is gone once another page was loaded."""


@pytest.fixture
def many(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """More dossiers than fit on a page, one of which ends soon."""
    monkeypatch.setattr(paging, "PAGE", 2)
    for given in ("Bea", "Cas", "Dis"):
        a_right(a_dossier(given, "Zoveelste"), office.own)
    soon = a_right(a_dossier("Ria", "Binnenkort"), office.own)
    ViewRight.objects.filter(pk=soon.pk).update(last_day=TODAY + timedelta(days=3))


@pytest.fixture
def browser(many: None, browser: Browser) -> Browser:
    """The browser; the dossiers are there before it starts."""
    return browser


def signed_in(browser: Browser, server: str, *, javascript: bool) -> tuple[Page, list[str]]:
    """Carla's page, and the complaints in its console."""
    page = browser.new_context(base_url=server, locale="nl-BE", java_script_enabled=javascript).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/")
    page.get_by_role("button", name="Carla").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    return page, complaints


@pytest.mark.walk
@pytest.mark.parametrize("javascript", [False, True])
def test_the_day_is_walked_alike_without_javascript_and_with(
    browser: Browser,
    server: str,
    javascript: bool,
) -> None:
    page, complaints = signed_in(browser, server, javascript=javascript)
    page.get_by_role("link", name="Alles wat binnen 30 dagen eindigt (1)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn dossiers")
    expect(page.get_by_role("link", name="Ria Binnenkort")).to_be_visible()
    if javascript:
        page.evaluate(f"{MARK} = 'same'")
    page.get_by_role("link", name="Op naam").click()
    expect(page.get_by_role("link", name="Anna Verzinsel")).to_be_visible()
    expect(page).to_have_url(f"{server}/dossiers/?op=naam")
    expect(page.get_by_role("link", name="Op naam")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Volgende").click()
    expect(page.get_by_role("link", name="Bea Zoveelste")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("2 regels op deze bladzijde. Er zijn er meer.")
    page.get_by_label("Naam of nummer").fill("binnenk")
    page.get_by_role("button", name="Zoek in deze lijst").click()
    expect(page.get_by_role("status")).to_have_text("1 gevonden op deze bladzijde.")
    assert "binnenk" not in page.url
    if javascript:
        assert page.evaluate(MARK) == "same"
    page.get_by_role("link", name="Ria Binnenkort").click()
    page.get_by_role("link", name="Geef dit recht vroeger terug").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Geef het recht terug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Afgesloten inzagerechten")
    expect(page.get_by_text("Het inzagerecht is teruggegeven.")).to_be_visible()
    assert complaints == []


def test_after_paging_the_focus_is_at_the_list_and_going_back_shows_the_page_before(
    browser: Browser,
    server: str,
) -> None:
    page, complaints = signed_in(browser, server, javascript=True)
    page.goto("/dossiers/?op=naam")
    page.get_by_role("link", name="Volgende").click()
    expect(page.locator("#lijst table")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("link", name="Anna Verzinsel")).to_be_visible()
    expect(page).to_have_url(f"{server}/dossiers/?op=naam")
    kept = page.evaluate("Object.values({...localStorage, ...sessionStorage})")
    assert set(kept) <= {"/dossiers/?op=naam"}  # where one is, and nothing of what stood there
    assert complaints == []


@pytest.mark.walk
def test_who_was_signed_out_meanwhile_comes_to_sign_in_and_not_to_an_empty_list(
    browser: Browser,
    server: str,
) -> None:
    page, _complaints = signed_in(browser, server, javascript=True)
    page.goto("/dossiers/")
    page.context.clear_cookies()
    page.get_by_role("link", name="Op naam").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


def test_a_first_visit_weighs_no_more_than_150_kilobytes_and_loads_nothing_from_elsewhere(
    browser: Browser,
    server: str,
) -> None:
    page = browser.new_page(base_url=server)
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto("/aanmelden/", wait_until="networkidle")
    page.get_by_role("button", name="Carla").click()
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(server) for url in sizes)
    assert any(url.endswith(".js") for url in sizes)
    assert 0 < sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("width", [320, 390, 810, 1280])
def test_no_page_of_the_day_is_wider_than_the_screen(browser: Browser, server: str, width: int) -> None:
    page, _complaints = signed_in(browser, server, javascript=True)
    page.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/vandaag/",
        "/dossiers/?einde=30",
        "/dossiers/afgesloten/",
        "/dossiers/meenemen/",
        "/aanvragen/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
