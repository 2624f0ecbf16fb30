"""The packaged book as a draft that starts later, with something in it said otherwise."""

from datetime import date

from inzage.rules.reading_books import packaged_texts, read_book
from inzage.rules.rulebook import RuleBook

STARTS_ON = date(2027, 3, 1)
(PACKAGED,) = packaged_texts().values()


def without_a_gap(text: str) -> str:
    """The text, with a row without a term for each service of the packaged book that it says nothing of."""
    known = read_book(text, name="x").owners
    missing = [service for service in read_book(PACKAGED, name="x").owners if service not in known]
    return text + "".join(f'[services.{service}]\nstatus = "assumption"\n' for service in missing)


def text_of(*changes: tuple[str, str], starts_on: date = STARTS_ON) -> str:
    """The text, with each of these once where the other stood."""
    text = PACKAGED.replace('months = "nth-to-eve"', 'months = "nth-to-eve"\ndays = "after-the-event"', 1)
    for old, new in (("starts_on = 2000-01-01", f"starts_on = {starts_on}"), *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def draft(*changes: tuple[str, str], starts_on: date = STARTS_ON) -> RuleBook:
    """The same, read."""
    return read_book(text_of(*changes, starts_on=starts_on), name="draft.toml")


def term(section: str, said: str) -> tuple[str, str]:
    """A change of the term of a section: `term("executor", "months = 1")`."""
    lines = PACKAGED.splitlines()
    header = next(place for place, line in enumerate(lines) if line.startswith(f"[{section}]"))
    old = "\n".join(lines[header : header + 2])
    return old, f"[{section}]\n{said}"


def row(service: str, said: str) -> tuple[str, str]:
    """A change of the row of a service that points at the fallback."""
    return (
        f'{service} = {{ status = "assumption" }}',
        f'{service} = {{ source = "x", status = "assumption", {said} }}',
    )
