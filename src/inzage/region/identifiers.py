"""Numbers that are right in form and belong to nobody.

An INSZ number counts the people of one birth day from 001 to 998; ours carry 000 or 999, which nobody has. That leaves
two numbers a day, so beyond the days on which somebody of working age can be born a large region takes in the other
forms that python-stdnum accepts: bis numbers (month + 20 or + 40), unknown days and months, days that no month has,
and at last earlier years. KBO numbers start with 19, a range that has not been reached.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from math import gcd
from typing import NamedTuple

COUNTERS = ("000", "999")
EARLIEST_BIRTH = 1900
LATEST_BIRTH = 2009
YOUNGEST, OLDEST = 17, 66
NATIONAL, BIS_SEX_UNKNOWN, BIS = 0, 20, 40
MONTHS = range(1, 13)


class Identity(NamedTuple):
    """An INSZ number, with the year of birth and the sex that it shows."""

    insz: str
    birth_year: int
    man: bool


class _Page(NamedTuple):
    """Days of one year and month, as an INSZ number writes them."""

    year: int
    month: int
    days: Sequence[int]


class _Group:
    """Pages whose numbers go out in an order that looks like chance, each once: i takes i × stride + shift."""

    def __init__(self, pages: Iterable[_Page], seed: int) -> None:
        self._pages = list(pages)
        self._ends = list(accumulate(len(page.days) * len(COUNTERS) for page in self._pages))
        self.size = self._ends[-1]
        self._shift = seed * 7919 % self.size
        stride = int(self.size * 0.6180339887)
        while gcd(stride, self.size) != 1:
            stride += 1
        self._stride = stride

    def identity(self, index: int) -> Identity:
        place = (index * self._stride + self._shift) % self.size
        number = bisect_right(self._ends, place)
        year, month, days = self._pages[number]
        day, counter = divmod(self._ends[number] - 1 - place, len(COUNTERS))
        return Identity(_insz(year, month, days[day], COUNTERS[counter]), year, man=counter == 1)


class InszSupply:
    """The INSZ numbers of a region whose history runs up to `until`."""

    def __init__(self, *, seed: int, until: date) -> None:
        youngest = min(until.year - YOUNGEST, LATEST_BIRTH)
        working = range(until.year - OLDEST, youngest + 1)
        self._groups = [
            _Group(pages, seed)
            for pages in (
                _known(working),
                _bis(working),
                _unknown(working),
                _all_of(range(EARLIEST_BIRTH, until.year - OLDEST)),
            )
        ]
        self._starts = list(accumulate((group.size for group in self._groups), initial=0))

    @property
    def size(self) -> int:
        """How many different numbers there are."""
        return self._starts[-1]

    def identity(self, index: int) -> Identity:
        """The number of the client at this place; below `size`, no two places share one."""
        group = bisect_right(self._starts, index) - 1
        return self._groups[group].identity(index - self._starts[group])


def _known(years: range) -> Iterator[_Page]:
    """Days that exist: national numbers, and bis numbers in one month of every twelve."""
    for year in years:
        for month in MONTHS:
            yield _Page(year, month, range(1, monthrange(year, month)[1] + 1))
    yield from (page for page in _bis_known(years) if _early(page))


def _bis(years: range) -> Iterator[_Page]:
    """The other bis numbers with days that exist."""
    yield from (page for page in _bis_known(years) if not _early(page))
    for page in _bis_known(years):
        yield page._replace(month=page.month - BIS + BIS_SEX_UNKNOWN)


def _bis_known(years: range) -> Iterator[_Page]:
    for year in years:
        for month in MONTHS:
            yield _Page(year, month + BIS, range(1, monthrange(year, month)[1] + 1))


def _early(page: _Page) -> bool:
    return (page.year + page.month) % len(MONTHS) == 0


def _unknown(years: range) -> Iterator[_Page]:
    """Unknown months, unknown days, and days that no month has."""
    for year in years:
        for form in (NATIONAL, BIS_SEX_UNKNOWN, BIS):
            yield _Page(year, form, range(100))
            for month in MONTHS:
                yield _Page(year, form + month, (0, *range(monthrange(year, month)[1] + 1, 100)))


def _all_of(years: range) -> Iterator[_Page]:
    """Everything the form allows, in years in which no job-seeker is born."""
    for year in years:
        for form in (NATIONAL, BIS_SEX_UNKNOWN, BIS):
            for month in range(13):
                yield _Page(year, form + month, range(100))


def _insz(year: int, month: int, day: int, counter: str) -> str:
    digits = f"{year % 100:02}{month:02}{day:02}{counter}"
    checked = int("2" + digits) if year >= 2000 else int(digits)
    return f"{digits}{97 - checked % 97:02}"


def kbo_number(index: int) -> str:
    """The number of the enterprise at this place."""
    body = 19_000_000 + index
    return f"{body}{97 - body % 97:02}"


def client_number(index: int) -> str:
    """The number of the client at this place."""
    return f"K{index + 1:07}"
