"""What a rehearsal says of a right is what publishing the draft, and moving the terms that run, makes of it."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from inzage.journal.models import Origin
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.proving import prove
from inzage.oversight.rehearsal import Rehearsal
from inzage.oversight.rehearsing import rehearse
from inzage.rules.reading_books import read_book
from inzage.view_rights.closing import reckon
from inzage.view_rights.models import ViewRight, ViewRightVersion
from tests.importing.conftest import at
from tests.importing.test_as_reference import imported
from tests.oversight.drafts import TERM, draft, draft_text, publish
from tests.rules.random_registers import random_register
from tests.world import World, day

TODAY = "2025-03-01"
OWNER_OF_TIBB4 = "closing.owner.TIBB4"


def rehearsed(
    folder: Path | None = None, *, on: str | None = None, today: str = TODAY, **periods: str
) -> Rehearsal:
    """A draft that starts in April, rehearsed in this process."""
    return rehearse(
        draft("2025-04-01", **periods),
        today=day(today),
        on=day(on) if on else None,
        processes=1,
        folder=folder,
        with_numbers=True,
    )


def named(folder: Path, name: str = "rights.csv") -> list[dict[str, str]]:
    """The lines of a file."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("period", "move", "then"),
    [
        ("months = 4", "earlier", "2025-05-10"),
        ("months = 7", "later", "2025-08-10"),
        ("days = 181", None, None),  # 10 January and 181 days is 10 July too
        ("days = 180", "earlier", "2025-07-09"),
        ("days = 182", "later", "2025-07-11"),
        (
            "months = 2",
            "earlier",
            "2025-04-01",
        ),  # a term that would be past ends on the day on which it moves
    ],
)
def test_a_right_ends_earlier_or_later_or_on_the_same_day(
    world: World, tmp_path: Path, period: str, move: str | None, then: str | None
) -> None:
    world.grant("2025-01-10")
    found = rehearsed(tmp_path, no_activity=period)
    assert found.moves() == ({move: 1} if move else {})
    assert [(line["last_day_now"], line["last_day_then"]) for line in named(tmp_path)] == (
        [("2025-07-10", then)] if then else []
    )


@pytest.mark.parametrize(("moves_on", "moves"), [("2025-07-10", 1), ("2025-07-11", 0)])
def test_a_right_that_ended_before_the_terms_move_stays_as_it_was(
    world: World, moves_on: str, moves: int
) -> None:
    world.grant("2025-01-10")
    assert rehearsed(on=moves_on, no_activity="months = 9").moves() == ({"later": 1} if moves else {})


def test_what_nothing_ends_is_moved_by_no_draft(world: World) -> None:
    world.assign("2025-01-10")
    world.grant("2025-01-10", unit=world.haven)
    world.activity("2025-01-15", unit=world.haven)
    found = rehearsed(executor="days = 1", owner="days = 1", no_activity="days = 1")
    assert (found.counts.judged, found.moves()) == (2, {})


def test_an_end_is_gained_where_a_term_is_over_before_the_activity_that_would_have_kept_the_right_begins(
    world: World,
) -> None:
    world.grant("2025-01-10")
    world.activity("2025-06-15", entered="2025-02-20")
    assert rehearsed(no_activity="months = 4").moves() == {"gains_end": 1}


@pytest.mark.parametrize(
    ("begins", "moves"), [("2025-08-10", {"loses_end": 1}), ("2025-08-11", {"later": 1})]
)
def test_an_end_is_lost_where_a_longer_term_reaches_the_activity(
    world: World, begins: str, moves: dict[str, int]
) -> None:
    world.grant("2025-01-10")
    world.activity(begins, entered="2025-02-20")
    assert rehearsed(no_activity="months = 7").moves() == moves


def test_it_counts_by_rule_by_service_and_by_partner(world: World) -> None:
    world.end_assignment(world.assign("2025-01-10"), "2025-02-01")
    world.end_assignment(world.assign("2025-01-10", unit=world.haven, dossier=world.an), "2025-02-03")
    world.grant("2025-01-10", unit=world.brug)
    more = f"[services.TIBB4]\nmonths = 3\n{TERM}"
    found = rehearsed(more=more, no_activity="months = 8")
    assert found.by("rule") == {OWNER_OF_TIBB4: {"earlier": 2}, "closing.no-activity": {"later": 1}}
    assert found.by("service") == {"TIBB4": {"earlier": 2}, "": {"later": 1}}
    assert found.by("unit") == {"OE1": {"earlier": 1}, "OE2": {"later": 1}, "OE3": {"earlier": 1}}
    assert found.weeks() == [
        (day("2025-04-28"), 0, 2),
        (day("2025-07-07"), 1, 0),
        (day("2025-07-28"), 2, 0),
        (day("2025-09-08"), 0, 1),
    ]


def test_a_line_names_client_dossier_unit_days_and_rules(world: World, tmp_path: Path) -> None:
    world.close(world.activity("2025-01-15", dossier=world.grant("2025-01-10").dossier), "2025-02-20")
    more = f"[executor.after.activity_closed]\ndays = 60\n{TERM}"
    rehearsed(tmp_path, more=more)
    (line,) = named(tmp_path)
    assert line == {
        "client_number": "K1",
        "dossier": str(world.piet.reference),
        "unit": "OE1",
        "move": "earlier",
        "last_day_now": "2025-08-20",
        "last_day_then": "2025-04-21",
        "rule_now": "closing.executor",
        "rule_then": "closing.executor.activity_closed",
    }


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_a_number_that_looks_like_a_formula_is_none_to_a_spreadsheet(
    world: World, tmp_path: Path, begins: str
) -> None:
    world.piet.client.client_number = f"{begins}1+2"
    world.piet.client.save()
    world.grant("2025-01-10")
    rehearsed(tmp_path, no_activity="months = 4")
    assert [line["client_number"] for line in named(tmp_path)] == [f"'{begins}1+2"]


def test_nothing_is_changed_by_it(world: World) -> None:
    world.grant("2025-01-10")
    before = list(ViewRight.objects.values()), ViewRightVersion.objects.count()
    assert rehearsed(no_activity="months = 1").moves() == {"earlier": 1}
    assert (list(ViewRight.objects.values()), ViewRightVersion.objects.count()) == before


@pytest.mark.parametrize(
    ("starts_on", "on", "today", "reason"),
    [
        ("2025-04-01", None, "2025-04-01", "starts_too_early"),
        ("2025-04-01", None, "2025-03-31", None),
        ("2025-04-01", "2025-03-31", TODAY, "moves_too_early"),
        ("2025-04-01", "2025-04-01", TODAY, None),
        ("2000-01-01", None, "1999-12-31", "starts_with_another"),
    ],
)
@pytest.mark.django_db
def test_a_draft_that_could_not_be_published_so_is_not_rehearsed(
    starts_on: str, on: str | None, today: str, reason: str | None
) -> None:
    def ask() -> Rehearsal:
        moves_on = day(on) if on else None
        return rehearse(draft(starts_on), today=day(today), on=moves_on, processes=1)

    if reason is None:
        assert ask().moves() == {}
        return
    with pytest.raises(NotRehearsed) as refused:
        ask()
    assert refused.value.reason == reason


def test_a_book_that_is_published_already_is_rehearsed_for_the_terms_that_run(world: World) -> None:
    world.grant("2025-01-10")
    text = draft_text("2025-02-01", no_activity="months = 4")
    publish(text, moves_on=day("2025-12-01"), by=day("2025-01-20"))
    found = rehearse(draft("2025-02-01", no_activity="months = 4"), today=day(TODAY), processes=1)
    assert (str(found.on), found.moves()) == ("2025-03-02", {"earlier": 1})


DRAFTS = {
    "shorter": draft_text("2025-04-01", executor="months = 3", no_activity="days = 75", owner="months = 2"),
    "longer": draft_text("2025-04-01", executor="months = 8", no_activity="months = 7", owner="days = 400"),
    "of all kinds": draft_text(
        "2025-04-10",
        executor="months = 6",
        owner="days = 184",
        more=f"[executor.after.activity_cancelled]\ndays = 20\n{TERM}\n[services.SIF]\nmonths = 12\n{TERM}",
    ),
}


@pytest.mark.parametrize("kind", list(DRAFTS))
@pytest.mark.parametrize("later", [0, 40])
@pytest.mark.django_db
def test_each_day_that_it_promises_is_the_one_that_publishing_and_moving_gives(
    kind: str, later: int, tmp_path: Path
) -> None:
    """On random registers, with facts still to come, every right, moved or not."""
    today, text = day("2025-03-31"), DRAFTS[kind]
    imported(random_register(21, 200), tmp_path, on=today)
    book = read_book(text, name="draft.toml")
    moves_on = book.starts_on + timedelta(days=later)
    found = rehearse(book, today=today, on=moves_on, processes=1, folder=tmp_path, with_numbers=True)
    promised = {(line["client_number"], line["unit"]): line for line in named(tmp_path)}
    before = {whose(right): right.last_day for right in open_rights()}
    publish(text, moves_on=moves_on, by=today)
    for right in open_rights():
        reckon(right.dossier_id, origin=Origin("test", at(today), "test"))
    then = {whose(right): right.last_day for right in open_rights()}
    moved = {key: (before[key], then[key]) for key in then if then[key] != before[key]}
    assert moved == {
        key: (a_day(line["last_day_now"]), a_day(line["last_day_then"])) for key, line in promised.items()
    }
    assert len(moved) == sum(found.moves().values()) > 5
    assert prove(today=today, processes=1).differences == []


def open_rights() -> list[ViewRight]:
    return list(ViewRight.objects.filter(closed_on=None).select_related("dossier__client", "unit"))


def whose(right: ViewRight) -> tuple[str, str]:
    return right.dossier.client.client_number, right.unit.oe_number


def a_day(text: str) -> date | None:
    return day(text) if text else None
