"""What occurred of rule books in the life of one unit and one client; told by the reference alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tests.rules.reference import Life, Register, Right, end_of
from tests.rules.reference_books import Book, Term, code_of


def book_behind(life: Life, right: Right) -> Book:
    """The book by which a right's term was counted on its last day."""
    assert right.last_day is not None
    return life.rules.book(date.fromisoformat(right.verdict["anchor"]["on"]), right.last_day)


def term_behind(life: Life, right: Right) -> Term:
    """The term by which it was counted."""
    book, named = book_behind(life, right), right.verdict["rule"].split(".")[1:]
    if named[0] == "owner":
        return book.of_owner(named[1], "".join(named[2:]))[1]
    return book.of_executor("".join(named[1:]))[1] if named[0] == "executor" else book.no_activity


def of_books(register: Register, client: str, unit: str, life: Life, until: date) -> Iterator[str]:
    """By which book and which kind of term its rights were counted, and what a move did to them."""
    for right in life.rights:
        if right.verdict["anchor"] and right.last_day:
            yield from _of_term(life, right)
    reasons = [line.end_reason for line in life.owned if line.ended_on and line.end_reason]
    if any(not code_of(reason) for reason in reasons):
        yield "ended in words that are no code"
    if life.rules.moves:
        still = Life(register, client, unit, replace(life.rules, moves=())).until(until)
        for moved, unmoved in zip(life.rights, still, strict=False):
            if moved.last_day and unmoved.last_day and moved.granted_on == unmoved.granted_on:
                if moved.last_day < unmoved.last_day:
                    yield "a move brings the day nearer"
                if moved.last_day > unmoved.last_day:
                    yield "a move takes the day further"


def _of_term(life: Life, right: Right) -> Iterator[str]:
    assert right.last_day is not None
    rule, on = right.verdict["rule"], date.fromisoformat(right.verdict["anchor"]["on"])
    book, term = book_behind(life, right), term_behind(life, right)
    if book is not life.rules.books[0]:
        yield "counted by a later book"
    if term.unit == "days":
        yield "counted in days"
    if rule == "closing.executor.activity_cancelled":
        yield "a term for cancelled activities alone"
    elif rule.count(".") == 3:
        yield "a term for this kind of end alone"
    elif right.verdict["relation"] == "former_owner" and any(code_of(line.end_reason) for line in life.owned):
        yield "ended in a way without a term of its own"
    if (
        right.closing_reason == "term"
        and right.last_day in life.rules.days()
        and term.after(on) < right.last_day
    ):
        yield "ends on the day of a move, past its term"


def one_last_day(life: Life, right: Right) -> bool:
    """Whether the term of an ownership and that of an activity both end on its last day."""
    if right.last_day is None:
        return False
    owned = {
        life.rules.book(on, right.last_day).of_owner(line.service, code_of(line.end_reason))[1].after(on)
        for line in life.owned
        if (on := line.ended_on) and on >= right.granted_on
    }
    done = {
        life.rules.book(end[0], right.last_day).of_executor(end[1])[1].after(end[0])
        for line in life.done
        if (end := end_of(line)) and right.granted_on <= end[0] <= right.last_day
    }
    return right.last_day in owned & done
