"""Each mover carried out by its use case, where a book with terms of single ends is published and terms move."""

import pytest

from inzage.rule_books.in_force import books
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, propose_publication
from inzage.rules.facts import Case
from inzage.rules.names import OwnershipEnd
from inzage.view_rights import assigning
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.explaining import movers
from inzage.view_rights.gathering import gather
from inzage.view_rights.moves import owner_no_more
from inzage.view_rights.scopes import these
from tests.rules.drafts import row, term, text_of
from tests.world import World, day, noon, origin

STARTS, MOVES = "2025-03-01", "2025-03-10"
EVERY_DAY = ["2025-02-10", "2025-02-28", "2025-03-01", "2025-03-09", "2025-03-10", "2025-04-30"]
"""Before, on and after the first day of the book, and the day on which running terms move."""


@pytest.fixture
def moved(world: World) -> World:
    """The world with such a book decided in January, and an open right of Spoor from the tenth of that month."""
    after = '{ work_started = { months = 3, source = "x", status = "unknown" } }'
    changes = (
        row("TIBB4", f"months = 8, after = {after}"),
        term("executor", "months = 4"),
        term("no_activity", "days = 100"),
    )
    draft = keep_draft(text_of(*changes, starts_on=day(STARTS)), "maart.toml", origin=origin("2025-01-02"))
    approve(
        propose_publication(draft, {"moved": 0}, origin=origin("2025-01-03")),
        origin=origin("2025-01-04", by="person:2"),
    )
    approve(
        propose_migration(draft, day(MOVES), {"moved": 0}, origin=origin("2025-01-03")),
        origin=origin("2025-01-05", by="person:2"),
    )
    carry_out_decisions(clock=lambda: noon("2025-01-05"))
    return world


def case_of(world: World) -> Case:
    return gather(these(world.piet.pk)).case_of(world.right())


def promised(world: World, mover: str, today: str) -> str | None:
    last_day = dict(movers(case_of(world), day(today)))[mover].last_day
    return str(last_day) if last_day else None


@pytest.mark.parametrize("today", EVERY_DAY)
@pytest.mark.parametrize("end", ["", *OwnershipEnd])
def test_an_ownership_that_ends_so_today_gets_the_day_foreseen(moved: World, today: str, end: str) -> None:
    """S19."""
    assignment = moved.assign("2025-01-10")
    plainly, foreseen = (
        str(owner_no_more(case_of(moved), day(today), books(), ended_by=how).last_day) for how in ("", end)
    )
    assert plainly == promised(moved, "ownership_ends", today)
    assigning.end_assignment(assignment.pk, on=day(today), reason=end or "klaar", origin=origin(today))
    assert moved.last_day() == foreseen
    assert moved.is_proven(today)


@pytest.mark.parametrize("today", EVERY_DAY)
def test_an_activity_closed_today_gets_the_day_promised(moved: World, today: str) -> None:
    """S20."""
    moved.grant("2025-01-10")
    activity = moved.activity("2025-01-15")
    foreseen = promised(moved, "activities_close", today)
    moved.close(activity, today)
    assert moved.last_day() == foreseen
    assert moved.is_proven(today)


@pytest.mark.parametrize("today", EVERY_DAY[:5])
@pytest.mark.parametrize("mover", ["activity_begins", "granted_again"])
def test_an_activity_begun_or_a_grant_given_today_gets_the_day_promised(
    moved: World, mover: str, today: str
) -> None:
    """S20, S21: the term of the grant of January runs until 20 April, once it has moved."""
    moved.grant("2025-01-10")
    foreseen = promised(moved, mover, today)
    if mover == "activity_begins":
        moved.activity(today)
    else:
        moved.grant(today)
    assert moved.last_day() == foreseen
    assert moved.is_proven(today)


def test_the_term_of_january_moves_in_march(moved: World) -> None:
    """S21: else the others would be about books that say the same."""
    moved.grant("2025-01-10")
    assert moved.last_day() == "2025-04-20"
