"""A small language for cases in tests: days as text, one right at a time."""

from datetime import date

from inzage.rules.closing import Outcome, outcome_of
from inzage.rules.facts import Case, Execution, Grant, Ownership, execution
from inzage.rules.names import Ground
from inzage.rules.reading_books import packaged_books

BOOKS = packaged_books()


def day(text: str) -> date:
    """`day("2025-02-28")`."""
    return date.fromisoformat(text)


def opt(text: str | None) -> date | None:
    """A day, or none."""
    return day(text) if text else None


def grant(on: str, withdrawn: str | None = None, ground: Ground = Ground.FORM) -> Grant:
    """A ground given."""
    return Grant(ground, day(on), opt(withdrawn))


def owned(
    since: str, until: str | None = None, service: str = "TIBB4", recorded: str | None = None
) -> Ownership:
    """An ownership."""
    return Ownership(service, day(since), opt(until), opt(recorded))


def executed(
    *,
    requested: str | None = None,
    started: str | None = None,
    closed: str | None = None,
    cancelled: str | None = None,
    recorded: str | None = None,
    trajectory: bool = False,
) -> Execution:
    """An activity of this unit."""
    return execution(
        trajectory=trajectory,
        requested_on=opt(requested),
        started_on=opt(started),
        closed_on=opt(closed),
        cancelled_on=opt(cancelled),
        end_recorded_on=opt(recorded),
    )


def case(
    *grants: Grant,
    owns: tuple[Ownership, ...] = (),
    does: tuple[Execution, ...] = (),
    died: str | None = None,
) -> Case:
    """What decides over a right that opened with the first of these grants."""
    return Case(min(given.granted_on for given in grants), grants, owns, does, opt(died))


def outcome(of: Case) -> Outcome:
    """How the right ends, walked from its first day."""
    return outcome_of(of, BOOKS, since=of.granted_on)
