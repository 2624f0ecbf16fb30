"""Which real looks a draft would have refused: those after the day on which the right would have ended by it."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.oversight.books_with import books_with
from inzage.oversight.rehearsal import Rehearsal
from inzage.oversight.rehearsing import rehearse
from inzage.rule_books.in_force import books
from inzage.rules.days import midnight
from inzage.rules.history import History, rights_of
from inzage.rules.reading_books import read_book
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these
from inzage.view_rights.withdrawing import withdraw
from tests.importing.test_as_reference import imported
from tests.oversight.drafts import draft, draft_text
from tests.rules.random_registers import random_register
from tests.world import World, day, noon, origin

TODAY = "2025-06-30"
SINCE = day("2024-12-31")


def looked(right: ViewRight, *days: str, kind: str = "look") -> None:
    """A line of the log for each of these days, at noon."""
    for on in days:
        _look(right, noon(on), kind)


def _look(right: ViewRight, at: datetime, kind: str = "look") -> None:
    line = AccessLine.objects.create(
        at=at, kind=kind, person="person:1", unit=right.unit.oe_number, part="general"
    )
    ShownDossier.objects.create(
        line=line, dossier_id=right.dossier_id, right=right.pk, verdict="right_stands"
    )


def rehearsed(folder: Path | None = None, *, today: str = TODAY, **periods: str) -> Rehearsal:
    """A draft that starts in August."""
    book = draft("2025-08-01", **periods)
    return rehearse(book, today=day(today), processes=1, folder=folder)


def test_looks_after_the_day_on_which_the_right_would_have_ended_are_counted_and_listed(
    world: World, tmp_path: Path
) -> None:
    right = world.grant("2025-02-10")
    looked(right, "2025-02-10", "2025-04-10", "2025-04-11", "2025-06-30")
    found = rehearsed(tmp_path, no_activity="months = 2")
    assert (found.counts.refused, found.counts.refused_on) == ({"OE1": 2}, 1)
    with (tmp_path / "looks.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["looked_at"][:10], line["last_day_then"]) for line in lines] == [
        ("2025-04-11", "2025-04-10"),
        ("2025-06-30", "2025-04-10"),
    ]
    assert {(line["dossier"], line["unit"]) for line in lines} == {(str(world.piet.reference), "OE1")}


def test_the_day_of_a_look_is_that_of_brussels(world: World) -> None:
    right = world.grant("2025-02-10")
    first_without = midnight(day("2025-04-11"))
    _look(right, first_without - timedelta(seconds=1))
    assert rehearsed(no_activity="months = 2").counts.refused_on == 0
    _look(right, first_without)
    assert rehearsed(no_activity="months = 2").counts.refused.total() == 1


@pytest.mark.parametrize("kind", ["list", "search", "export"])
def test_only_looks_count(world: World, kind: str) -> None:
    looked(world.grant("2025-02-10"), "2025-06-01", kind=kind)
    assert rehearsed(no_activity="months = 2").counts.refused.total() == 0


def test_looks_on_another_right_or_by_another_unit_are_not_its_looks(world: World) -> None:
    ending, staying = world.grant("2025-02-10"), world.grant("2025-02-10", unit=world.haven)
    other_dossier = world.grant("2025-02-10", dossier=world.an)
    world.activity("2025-02-15", unit=world.haven)
    world.activity("2025-02-15", dossier=world.an)
    for right in (ending, staying, other_dossier):
        looked(right, "2025-06-01")
    assert rehearsed(no_activity="months = 2").counts.refused == {"OE1": 1}


def test_a_term_that_was_past_six_months_ago_ended_the_right_on_that_day_and_not_before(world: World) -> None:
    right = world.grant("2024-11-15")
    looked(right, "2024-12-30", "2024-12-31", "2025-01-01")
    assert rehearsed(no_activity="days = 10").counts.refused.total() == 1


def test_a_right_that_closed_meanwhile_counts_up_to_its_real_end(world: World) -> None:
    right = world.grant("2025-01-10")
    looked(right, "2025-03-10", "2025-03-11", "2025-05-01")
    form = right.grants.get().form
    assert form is not None
    withdraw(form.pk, withdrawn_on=day("2025-05-02"), origin=origin("2025-05-02"))
    right.refresh_from_db()
    assert right.closed_on == day("2025-05-02")
    assert rehearsed(no_activity="months = 2").counts.refused.total() == 2


def test_a_later_ground_would_have_opened_the_right_anew(world: World) -> None:
    right = world.grant("2025-01-10")
    world.assign("2025-05-01")
    looked(right, "2025-03-10", "2025-03-11", "2025-04-30", "2025-05-01", "2025-06-15")
    assert rehearsed(no_activity="months = 2").counts.refused.total() == 2


def test_no_look_is_refused_by_a_draft_that_is_longer(world: World) -> None:
    looked(world.grant("2025-02-10"), "2025-02-10", "2025-06-29")
    assert rehearsed(no_activity="months = 12").counts.refused.total() == 0


@pytest.mark.parametrize(("begins", "refused"), [("2025-04-26", 0), ("2025-04-27", 1)])
def test_idle_for_as_long_as_the_shortest_term_is_not_longer(world: World, begins: str, refused: int) -> None:
    """Of 10 February and 75 days the last day is 26 April: an activity of that day keeps the right open."""
    right = world.grant("2025-02-10")
    world.activity(begins)
    looked(right, begins, "2025-06-15")
    found = rehearsed(no_activity="days = 75")
    assert (found.counts.refused_on, found.counts.refused.total()) == (refused, refused * 2)


def test_an_activity_cancelled_before_it_ran_is_no_end_to_count_from(world: World) -> None:
    right = world.grant("2025-02-10")
    asked_for = world.activity("2025-03-20", requested=True)
    world.cancel(asked_for, "2025-04-10")
    looked(right, "2025-04-10", "2025-04-26", "2025-04-27")
    assert rehearsed(no_activity="days = 75").counts.refused.total() == 1


SHORTER = draft_text("2025-08-01", executor="months = 3", no_activity="days = 75", owner="days = 61")


@pytest.mark.django_db
def test_it_is_what_the_fold_of_the_whole_history_leaves_had_the_draft_governed(tmp_path: Path) -> None:
    """A look a week on every right of a random register, while it stood."""
    today = day(TODAY)
    imported(random_register(31, 100), tmp_path, on=today)
    expected = 0
    books_then = books_with(read_book(SHORTER, name="d"), books(), on=None, today=today).had_it_governed
    for right in ViewRight.objects.select_related("unit"):
        days = _stood(right, today)
        for on in days:
            _look(right, midnight(on) + timedelta(hours=9))
        expected += sum(not _stands_then(right, on, books_then) for on in days)
    found = rehearse(read_book(SHORTER, name="d"), today=today, processes=1)
    assert found.counts.refused.total() == expected > 20


def _stood(right: ViewRight, today: date) -> list[date]:
    last = right.closed_on - timedelta(days=1) if right.closed_on else today
    days = (SINCE + timedelta(days=number) for number in range(0, (today - SINCE).days, 7))
    return [on for on in days if right.granted_on <= on <= last]


def _stands_then(right: ViewRight, on: date, books_then: object) -> bool:
    gathered = gather(these(right.dossier_id))
    pair = (right.dossier_id, right.unit_id)
    grants = [grant for (_right, *of), each in gathered.grants.items() if tuple(of) == pair for grant in each]
    history = History(
        tuple(grants),
        tuple(gathered.ownerships.get(pair, ())),
        tuple(gathered.executions.get(pair, ())),
        gathered.deaths.get(right.dossier_id),
    )
    folded = rights_of(history, books_then, until=on)  # type: ignore[arg-type]
    return any(
        each.case.granted_on <= on and (each.outcome.last_day is None or each.outcome.last_day >= on)
        for each in folded
    )
