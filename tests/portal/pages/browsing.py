"""A browser that is shown answers: what axe says of them, how wide they are, how they look.

It works in a thread of its own: where a browser is driven, Django asks no database.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Playwright, Route, ViewportSize, sync_playwright

HERE = "https://inzage.example"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The tags of axe's rules. `wcag22aa` is not among those it goes by when nothing is said."""
SMALLEST: ViewportSize = {"width": 320, "height": 640}
"""A small phone; and a screen of 1280 at 400 % (WCAG 2.2, 1.4.10)."""
USUAL: ViewportSize = {"width": 1280, "height": 900}
STATIC = "/static/"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
NO_DAY = 'does not conform to the required format, "yyyy-MM-dd"'
"""What a browser says of a field for a day that an address fills with something else: it leaves the field empty."""
AXE = """
rules => axe.run({runOnly: {type: 'tag', values: rules}}).then(
    found => found.violations.map(one => [one.id, ...one.nodes.map(node => node.html)]))
"""


class Seen(NamedTuple):
    """What was seen of an answer: its language, the barriers, its width on the smallest screen, what was logged."""

    language: str
    barriers: list[list[str]]
    width: int
    complaints: list[str]


class Looker:
    """Shows answers in a browser, one after the other on one page: a new page for each takes thrice as long."""

    def __init__(self, browser: Browser, axe: str, thread: ThreadPoolExecutor) -> None:
        self._axe, self._thread = axe, thread
        self._answer, self._complaints = HttpResponse(), list[str]()
        self._page = thread.submit(self._opened, browser).result()

    def look(self, answer: HttpResponse, *, for_barriers: bool) -> Seen:
        """Look at it on the smallest screen; and for barriers, where that is asked."""
        return self._thread.submit(self._look, answer, for_barriers).result()

    def picture(self, answer: HttpResponse, size: ViewportSize) -> bytes:
        """The whole page as a picture (PNG)."""
        return self._thread.submit(self._picture, answer, size).result()

    def _opened(self, browser: Browser) -> Page:
        page = browser.new_page()
        page.route("**/*", lambda route: _give(route, self._answer))
        page.on("console", lambda message: self._heard(message.text))
        page.on("pageerror", lambda error: self._heard(error.message))
        return page

    def _heard(self, complaint: str) -> None:
        if NO_DAY not in complaint:
            self._complaints.append(complaint)

    def _look(self, answer: HttpResponse, for_barriers: bool) -> Seen:
        self._show(answer, USUAL)
        language = self._page.evaluate("document.documentElement.lang")
        barriers = self._barriers() if for_barriers else []
        self._page.set_viewport_size(SMALLEST)
        width = self._page.evaluate("document.documentElement.scrollWidth")
        return Seen(language, barriers, width, list(self._complaints))

    def _barriers(self) -> list[list[str]]:
        self._page.evaluate(self._axe)
        found: list[list[str]] = self._page.evaluate(AXE, RULES)
        return found

    def _picture(self, answer: HttpResponse, size: ViewportSize) -> bytes:
        self._show(answer, size)
        return self._page.screenshot(full_page=True)

    def _show(self, answer: HttpResponse, size: ViewportSize) -> None:
        """A document of its own: nothing of the answer before it stays."""
        self._page.set_viewport_size(size)
        self._answer = answer
        self._complaints.clear()
        self._page.goto(HERE)


def _give(route: Route, answer: HttpResponse) -> None:
    """The answer itself, and the files that it asks for: nothing else is there."""
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix(STATIC)) if path.startswith(STATIC) else None
    if isinstance(found, str):
        route.fulfill(path=found, content_type=KINDS[Path(found).suffix])
    elif path == "/":
        headers = {**answer.headers, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(status=200, headers=headers, body=answer.content)
    else:
        route.abort()


@contextmanager
def a_looker() -> Iterator[Looker]:
    """A browser, where INZAGE_CHROMIUM says, with axe, where INZAGE_AXE says (tools/chromium, tools/axe)."""
    axe = Path(os.environ["INZAGE_AXE"], "node_modules/axe-core/axe.min.js").read_text("utf-8")
    with ThreadPoolExecutor(max_workers=1) as thread:
        driver = thread.submit(sync_playwright().start).result()
        try:
            browser = thread.submit(_launch, driver).result()
            yield Looker(browser, axe, thread)
            thread.submit(browser.close).result()
        finally:
            thread.submit(driver.stop).result()


def _launch(driver: Playwright) -> Browser:
    return driver.chromium.launch(executable_path=os.environ["INZAGE_CHROMIUM"], args=["--no-sandbox"])
