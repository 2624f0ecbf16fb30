"""Walking through the portal with the keyboard alone."""

from playwright.sync_api import Page, expect

FOCUSED = """
(e => e === document.body ? "" : (e.labels?.length ? e.labels[0] : e).textContent)(document.activeElement)
"""
"""The words of what has the focus. Past the last link of a page nothing has, before the first one does again."""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words, or a field with this label, has the focus; and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(f"Tab does not reach {words!r}")


def go(page: Page, words: str, *, to: str) -> None:
    """To something with these words, and into it, which leads to a page with that heading."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(to)


def come_in(page: Page, who: str) -> None:
    """Sign in as somebody of a partner, and go from the page of the day to the own dossiers."""
    go(page, who, to="Vandaag")
    go(page, "Mijn dossiers", to="Mijn dossiers")


def tick(page: Page, words: str) -> None:
    """Tick the box, or choose the one of a few, with these words."""
    tab_to(page, words)
    page.keyboard.press("Space")


def fill(page: Page, words: str, typed: str) -> None:
    """Type this into the field with that label."""
    tab_to(page, words)
    page.keyboard.type(typed)


def press(page: Page, words: str, *, said: str) -> None:
    """Press the button with these words; the next page says what was done."""
    tab_to(page, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(said)


def leave(page: Page) -> None:
    """Sign out."""
    go(page, "Afmelden", to="Aanmelden")
