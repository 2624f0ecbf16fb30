"""Somebody who opens a page each second: of all that he or she came across, the one that was opened least."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from benchmarks.visiting.pages import Page, page_at, pages_in
from benchmarks.visiting.people import Visitor

PAUSE = 1.0
"""Seconds from one page to the next, of each person."""
MOST = 200
"""Addresses that are remembered of each page."""
PATIENCE = 60.0
CSRF = "c" * 32


class Opened(NamedTuple):
    """A page that was opened: by whom, its status, and the seconds from asking to its last byte."""

    who: str
    page: Page
    status: int
    seconds: float


class Known:
    """The pages that somebody came across, each with how often it was opened."""

    def __init__(self, pages: Sequence[Page], chance: random.Random) -> None:
        self._opened: Counter[str] = Counter()
        self._pages: dict[str, dict[Page | tuple[str, str], Page]] = {}
        self._chance = chance
        self.add(pages)

    def add(self, pages: Sequence[Page]) -> None:
        """Remember these too."""
        for page in pages:
            same = self._pages.setdefault(page.name, {})
            if len(same) < MOST:
                same[page.address, str(page.sent)] = page

    def next(self) -> Page:
        """One of those that were opened least."""
        least = min(self._opened[name] for name in self._pages)
        name = self._chance.choice([name for name in self._pages if self._opened[name] == least])
        self._opened[name] += 1
        return self._chance.choice(list(self._pages[name].values()))


class Browser:
    """A connection, kept open, with the cookies of one person, as the proxy before the application passes them on."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: CSRF}
        self._headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-Forwarded-Proto": "https",
            "Accept-Language": "nl",
        }
        self._sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"https://127.0.0.1:{port}",
            "X-CSRFToken": CSRF,
        }

    def open(self, page: Page) -> tuple[HTTPResponse, str, float]:
        """The answer, its text, and the seconds that it took to its last byte."""
        method, body, headers = "GET", None, self._headers
        if page.sent is not None:
            method, body, headers = "POST", urlencode(page.sent), self._headers | self._sent
        begun = time.perf_counter()
        self._connection.request(method, page.address, body, headers)
        answer = self._connection.getresponse()
        whole = answer.read()
        return answer, whole.decode(errors="replace"), time.perf_counter() - begun


def walk(
    visitor: Visitor, browser: Browser, pause: Callable[[], bool], chance: random.Random
) -> list[Opened]:
    """Open a page after each pause, until that says it is over; a redirect is followed after the next."""
    known, opened, follow = Known(visitor.pages, chance), list[Opened](), None
    while pause():
        page = follow or known.next()
        answer, text, seconds = browser.open(page)
        opened.append(Opened(visitor.who, page, answer.status, seconds))
        there = answer.headers.get("Location", "") if answer.status == 302 else ""
        follow = page_at(there) if there else None
        known.add(list(pages_in(text, page.address)))
    return opened


def visit(visitors: Sequence[Visitor], port: int, seconds: float) -> list[Opened]:
    """All of them at once, each a page a second, spread over it."""
    begun = time.monotonic() + PAUSE

    def one(place: int) -> list[Opened]:
        pause = _pauses(begun + place * PAUSE / len(visitors), begun + seconds)
        return walk(visitors[place], Browser(port, visitors[place].session), pause, random.Random(place))

    with ThreadPoolExecutor(len(visitors)) as threads:
        return [opened for each in threads.map(one, range(len(visitors))) for opened in each]


def _pauses(begun: float, over: float) -> Callable[[], bool]:
    """Waits until the next second of this person, and says whether there is one; a page that is late moves none."""
    turn = 0

    def pause() -> bool:
        nonlocal turn
        due = max(begun + turn * PAUSE, begun)
        turn += 1
        time.sleep(max(due - time.monotonic(), 0))
        return due < over

    return pause
