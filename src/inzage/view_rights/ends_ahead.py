"""What the last day becomes if the ownership ends today, by how it ends: a rule may have a term of its own (S19)."""

from collections.abc import Iterator
from datetime import date

from inzage.rule_books.in_force import books
from inzage.rules.closing import Outcome, outcome_of
from inzage.rules.facts import Case, facts_on
from inzage.rules.names import OwnershipEnd


def ends_of_ownership(case: Case, today: date) -> Iterator[tuple[str, Outcome]]:
    """First the outcome of an end whose kind nobody says, under an empty code; then those of kinds that differ from it.

    Nothing where the unit owns the dossier no more.
    """
    if not facts_on(case, today).owned_service:
        return
    plain = _outcome(case, today, "")
    yield "", plain
    for end in OwnershipEnd:
        outcome = _outcome(case, today, end)
        if outcome.last_day != plain.last_day:
            yield end, outcome


def _outcome(case: Case, today: date, ended_by: str) -> Outcome:
    ended = tuple(
        owned._replace(ended_on=today, ended_by=ended_by)
        if owned.assigned_on <= today and (owned.ended_on is None or owned.ended_on > today)
        else owned
        for owned in case.ownerships
    )
    return outcome_of(case._replace(ownerships=ended), books(), since=today)
