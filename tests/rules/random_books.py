"""Random rule books: two or three, terms in months or days, for single kinds of end too, and moves of running terms."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from inzage.rules.reading_books import packaged_books, read_book
from inzage.rules.rulebook import Migration, RuleBooks
from tests.rules.reference_books import ENDS, SIX_MONTHS_EACH, Book, Rules, Term

SERVICES = ("TIBB4", "WIJ3", "SIF")
STARTS = [date(2024, 3, 1), date(2024, 9, 1), date(2025, 1, 1), date(2025, 3, 1), date(2025, 8, 31)]
SOURCED = 'source = "x"\nstatus = "unknown"\n'


def random_rules(chance: random.Random) -> Rules:
    """Books as plain data. Most of them move running terms, on the first day of a book or later."""
    starts = [date(2000, 1, 1), *sorted(chance.sample(STARTS, chance.choice([1, 1, 2])))]
    moves = [
        (starts_on + timedelta(days=chance.choice([0, 0, 30, 92])), starts_on)
        for starts_on in starts[1:]
        if chance.random() < 0.85
    ]
    return Rules(tuple(_book(starts_on, chance) for starts_on in starts), tuple(moves))


def _book(starts_on: date, chance: random.Random) -> Book:
    own, fallback = [service for service in SERVICES if chance.random() < 0.5], _term(chance)
    return Book(
        starts_on,
        executor=chance.choice([fallback, _term(chance)]),
        no_activity=_term(chance),
        fallback=fallback,
        executor_after={"activity_cancelled": _term(chance)} if chance.random() < 0.9 else {},
        fallback_after={end: _term(chance) for end in chance.sample(ENDS, 3)},
        services={service: _term(chance) for service in own},
        services_after={(service, end): _term(chance) for service in own for end in chance.sample(ENDS, 3)},
    )


def _term(chance: random.Random) -> Term:
    if chance.random() < 0.3:
        return Term(chance.choice([1, 14, 30, 90, 180, 183]), "days")
    return Term(chance.choice([1, 2, 3, 6, 6, 6, 9, 12]))


@lru_cache(maxsize=10)
def as_read(rules: Rules) -> RuleBooks:
    """The same as production has it: each book written as TOML and read."""
    if rules is SIX_MONTHS_EACH:
        return packaged_books()
    books = [read_book("\n".join(_written(book)), name=f"{book.starts_on}.toml") for book in rules.books]
    return RuleBooks(books, [Migration(*move) for move in rules.moves])


def _written(book: Book) -> Iterator[str]:
    yield f'starts_on = {book.starts_on}\n[rounding]\nmonths = "nth-to-eve"\ndays = "after-the-event"'
    yield f"[no_activity]\n{_said(book.no_activity)}"
    yield f"[executor]\n{_said(book.executor)}"
    for event, term in book.executor_after.items():
        yield f"[executor.after.{event}]\n{_said(term)}"
    yield f"[owner]\n{_said(book.fallback)}"
    for end, term in book.fallback_after.items():
        yield f"[owner.after.{end}]\n{_said(term)}"
    for service, term in book.services.items():
        yield f"[services.{service}]\n{_said(term)}"
        for (of, end), alone in book.services_after.items():
            if of == service:
                yield f"[services.{service}.after.{end}]\n{_said(alone)}"


def _said(term: Term) -> str:
    return f"{term.unit} = {term.number}\n{SOURCED}"
