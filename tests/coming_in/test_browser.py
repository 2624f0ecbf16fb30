"""In a real browser, across two sites: to the provider and back, out at both ends, and the administrator's pages."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright
from pytest_django import Settings

from inzage.partners import people
from inzage.partners.models import Person
from tests.coming_in.conftest import VDAB
from tests.coming_in.real import SECRET, RealProvider, real_provider
from tests.portal.office import Office, a_person, origin
from tests.portal.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.issuer]
NARROW, LEAST_TARGET = 320, 24
"""Pixels of style sheets: a width to fit in (WCAG 1.4.10), a height to be hit (2.5.8)."""


@pytest.fixture
def server(office: Office, settings: Settings) -> Iterator[str]:
    """The portal, as `localhost`: to a browser another site than the provider, which is 127.0.0.1."""
    with served() as port:
        settings.PUBLIC_URL = f"http://localhost:{port}"
        yield settings.PUBLIC_URL


@pytest.fixture
def provider(server: str, settings: Settings) -> Iterator[RealProvider]:
    """One that knows the portal by that address."""
    with real_provider(server) as provider:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = provider.issuer, "inzage"
        settings.OIDC_CLIENT_SECRET = SECRET
        yield provider


@pytest.fixture
def ada(provider: RealProvider, office: Office) -> Person:
    """An administrator, who has changed things, as the provider knows her too."""
    provider.knows("ada", given_name="Ada", family_name="Toegang", vo_orgcode=VDAB, vo_doelgroepcode="GID")
    new = people.NewPerson(provider.issuer, "ada", "Ada", Person.Role.ADMINISTRATOR)
    ada = people.add(new, origin())
    long = a_person("Arbeidsongeschiktheidsverzekeringsmaatschappij" * 2, Person.Role.COUNSELLOR, office.own)
    people.join(long.pk, office.other, manages=True, origin=origin()._replace(by=ada.signature))
    people.close_access(office.otto.pk, by=ada, origin=origin()._replace(by=ada.signature))
    people.name_organisation(office.school, "034561", origin())
    return ada


@pytest.fixture
def page(server: str) -> Iterator[Page]:
    """A browser's page; any complaint in its console about us fails the test."""
    complaints: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and said.location["url"].startswith(server):
            complaints.append(said.text)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(base_url=server, locale="nl")
        page.on("console", hear)
        yield page
        browser.close()
    assert complaints == []


def signs_in(page: Page, login: str, at: str = "/") -> None:
    """From our page to the provider's form, and back."""
    page.goto(at)
    page.get_by_role("link", name="Verder naar aanmelden").click()
    page.locator("input[name=login]").fill(login)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()


def test_one_comes_in_across_two_sites_and_goes_out_at_both_ends(
    provider: RealProvider, ada: Person, page: Page, server: str
) -> None:
    signs_in(page, "ada", "/beheer/organisaties/")
    expect(page).to_have_url(f"{server}/beheer/organisaties/")
    expect(page.get_by_text("Ada Toegang")).to_be_visible()

    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url(f"{provider.issuer}/session/end?**")
    page.locator("button[name=logout]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    page.goto("/beheer/mensen/")
    page.get_by_role("link", name="Verder naar aanmelden").click()
    expect(page.locator("input[name=login]")).to_be_visible()


@pytest.fixture
def addresses(ada: Person) -> list[str]:
    """The administrator's pages. (The database is asked before the browser starts.)"""
    numbers = Person.objects.exclude(role=Person.Role.CLIENT).values_list("pk", flat=True)
    persons = [f"/beheer/mensen/{number}/" for number in numbers]
    return ["/beheer/mensen/", "/beheer/mensen/nieuw/", "/beheer/organisaties/", *persons]


def test_no_page_of_an_administrator_is_wider_than_the_screen(addresses: list[str], page: Page) -> None:
    signs_in(page, "ada")
    page.set_viewport_size({"width": NARROW, "height": 800})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, address
        targets = page.locator("main button, main .button, main input[type=text], main select").all()
        boxes = [target.bounding_box() for target in targets]
        assert all(box and box["height"] >= LEAST_TARGET for box in boxes), address
