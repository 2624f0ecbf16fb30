"""In a real browser, with the keyboard alone: from signing in to a dossier, and from a form to a right."""

import os
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect, sync_playwright

from tests.portal.office import Office, a_form

pytestmark = pytest.mark.browser


@pytest.fixture
def server(office: Office) -> Iterator[str]:
    """The portal on loopback, where a form waits. It works in the test's own transaction, which is undone."""
    a_form(office.anna, office.other)
    shared = connections[DEFAULT_DB_ALIAS]
    thread = LiveServerThread(
        "127.0.0.1", StaticFilesHandler, connections_override={DEFAULT_DB_ALIAS: shared}
    )
    shared.inc_thread_sharing()
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    shared.dec_thread_sharing()


@pytest.fixture
def page(server: str) -> Iterator[Page]:
    """A browser's page on the portal; any complaint in its console fails the test."""
    complaints: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(base_url=server)
        page.on("console", lambda message: complaints.append(message.text))
        page.goto("/")
        yield page
        browser.close()
    assert complaints == []


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words, or a field with this label, has the focus; and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate(
            "(e => (e.labels?.length ? e.labels[0] : e).textContent)(document.activeElement)"
        ):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(f"Tab does not reach {words!r}")


def go(page: Page, words: str, *, to: str) -> None:
    """To something with these words, and into it, which leads to a page with that heading."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(to)


def test_with_the_keyboard_alone_from_signing_in_to_a_dossier(page: Page) -> None:
    go(page, "Carla", to="Mijn dossiers")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")
    expect(page.get_by_text("Tot en met 2 september 2026")).to_be_visible()


def test_with_the_keyboard_alone_an_activity_is_registered(page: Page) -> None:
    go(page, "Carla", to="Mijn dossiers")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")
    tab_to(page, "Actie registreren")
    page.keyboard.press("Enter")
    tab_to(page, "Titel")
    page.keyboard.type("Lassen voor beginners")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("De actie is geregistreerd.")
    expect(page.get_by_role("link", name="Lassen voor beginners")).to_be_visible()


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    go(page, "Carla", to="Mijn dossiers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Afgesloten inzagerechten")).to_be_focused()


def test_a_mediator_grants_a_form_and_the_partner_sees_the_dossier(page: Page) -> None:
    go(page, "Mira", to="Formulieren te behandelen")
    go(page, "Anna Verzinsel", to="Formulier van Anna Verzinsel")
    expect(page.get_by_text("Het formulier is volledig.")).to_be_visible()
    go(page, "Inzagerecht toekennen", to="Formulier van Anna Verzinsel")
    expect(page.get_by_role("status")).to_have_text("Het inzagerecht is toegekend.")
    go(page, "Afmelden", to="Aanmelden")
    go(page, "Otto", to="Mijn dossiers")
    go(page, "Anna Verzinsel", to="Anna Verzinsel")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, office: Office, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    go(page, "Carla", to="Mijn dossiers")
    for address in ("/dossiers/", f"/dossiers/{office.anna.reference}/", "/aanvragen/nieuw/", "/berichten/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
