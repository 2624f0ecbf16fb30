"""Rule books as plain data, and what they come to on a day: the part of the reference that counts terms.

Like `reference.py` it is written from the statements and readings, and knows nothing of the code.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
ENDS = (
    "trajectory_ended",
    "trajectory_stopped",
    "aftercare_ended",
    "work_started",
    "not_started",
    "transferred_to_vdab",
    "transferred_to_partner",
    "contract_ended",
)


class Term(NamedTuple):
    """So many months or days."""

    number: int
    unit: str = "months"

    def after(self, event: date) -> date:
        """The last day; the day of the event doesn't count."""
        return event + timedelta(self.number) if self.unit == "days" else last_day_after(event, self.number)


def last_day_after(event: date, months: int = 6) -> date:
    """Counted from the nth to the eve of the nth; from a month's last day to a month's last day (0002)."""
    in_month = event
    for _ in range(months):
        in_month = _last_of_month(in_month) + ONE_DAY
    end = _last_of_month(in_month)
    if event == _last_of_month(event) or event.day > end.day:
        return end
    return end.replace(day=event.day)


def _last_of_month(day: date) -> date:
    while (day + ONE_DAY).month == day.month:
        day += ONE_DAY
    return day


SIX_MONTHS = Term(6)


@dataclass(frozen=True, eq=False)
class Book:
    """A term for each kind of partner, and for each service that has its own; with an end beside it, for that alone."""

    starts_on: date
    executor: Term = SIX_MONTHS
    no_activity: Term = SIX_MONTHS
    fallback: Term = SIX_MONTHS
    executor_after: dict[str, Term] = field(default_factory=dict)
    fallback_after: dict[str, Term] = field(default_factory=dict)
    services: dict[str, Term] = field(default_factory=dict)
    services_after: dict[tuple[str, str], Term] = field(default_factory=dict)

    def of_owner(self, service: str, end: str) -> tuple[str, Term]:
        """The rule's name and term: of the service, for this end where it says so; else the fallback's likewise."""
        name, alone = f"closing.owner.{service}", f"closing.owner.{service}.{end}"
        if service in self.services:
            if (service, end) in self.services_after:
                return alone, self.services_after[service, end]
            return name, self.services[service]
        if end in self.fallback_after:
            return alone, self.fallback_after[end]
        return name, self.fallback

    def of_executor(self, event: str) -> tuple[str, Term]:
        """The same for who executed, by how the last activity ended."""
        if event in self.executor_after:
            return f"closing.executor.{event}", self.executor_after[event]
        return "closing.executor", self.executor


@dataclass(frozen=True, eq=False)
class Rules:
    """Books, and moves: on a day, the terms begun before the book that started on another are counted by that book."""

    books: tuple[Book, ...] = (Book(date(2000, 1, 1)),)
    moves: tuple[tuple[date, date], ...] = ()

    def book(self, event: date, today: date) -> Book:
        """The last that had started on the day of the event; or, where its terms moved, the latest they moved to."""
        by = event
        moved_to = [starts_on for on, starts_on in self.moves if on <= today and event < starts_on]
        if moved_to:
            by = max(moved_to)
        started = [book for book in self.books if book.starts_on <= by]
        return max(started or [self.books[0]], key=lambda book: book.starts_on)

    def terms(self) -> list[Term]:
        """Every term that stands in a book."""
        return [
            term
            for book in self.books
            for term in (
                *(book.executor, book.no_activity, book.fallback),
                *(*book.executor_after.values(), *book.fallback_after.values()),
                *(*book.services.values(), *book.services_after.values()),
            )
        ]

    def days(self) -> list[date]:
        """The days on which terms move."""
        return [on for on, _starts_on in self.moves]


def code_of(reason: str) -> str:
    """How an ownership ended, where the words are one of the codes, however written."""
    said = reason.strip().lower()
    for mark in "- ":
        said = said.replace(mark, "_")
    return said if said in ENDS else ""


SIX_MONTHS_EACH = Rules()
