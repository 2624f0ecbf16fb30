"""A rehearsal that was asked for is made once, by one worker, shows how far it is, and keeps what it found."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from inzage.oversight import rehearsals
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsal_files import RIGHTS
from inzage.oversight.rehearsals import KEPT, SILENT, ask_for, file_of, folder_of, make_next
from tests.oversight.drafts import draft_text, kept, publish
from tests.world import World, day, noon, origin

TODAY = "2025-03-01"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.REHEARSALS = tmp_path / "rehearsals"


def asked(on: str | None = None, **periods: str) -> Rehearsed:
    """A draft that starts in April, asked for."""
    text = draft_text("2025-04-01", **(periods or {"no_activity": "months = 4"}))
    return ask_for(kept(text), day(on) if on else None, origin=origin(TODAY))


def made(at: str = TODAY) -> Rehearsed | None:
    """What the worker makes at noon of that day."""
    return make_next(clock=lambda: noon(at))


def test_the_worker_makes_what_was_asked_for_and_keeps_figures_and_files(world: World) -> None:
    world.grant("2025-01-10")
    row = asked()
    assert (row.on, row.figures, row.finished_at) == (day("2025-04-01"), None, None)
    assert made() == row
    row.refresh_from_db()
    assert row.figures is not None
    assert (row.figures["earlier"], row.done, row.total, row.failed) == (1, 1, 1, "")
    lines = (folder_of(row) / "rights.csv").read_text().splitlines()
    assert len(lines) == 2
    assert str(world.piet.reference) in lines[1]
    assert world.piet.client.client_number not in lines[1].split(",")
    assert made() is None


def test_the_same_is_not_asked_twice_while_it_waits(world: World) -> None:
    first = asked()
    assert ask_for(first.draft, day("2025-04-01"), origin=origin(TODAY, by="person:9")) == first
    other = ask_for(first.draft, day("2025-04-02"), origin=origin(TODAY))
    assert [made(), made(), made()] == [first, other, None]
    assert ask_for(first.draft, None, origin=origin(TODAY)) != first


@pytest.mark.parametrize(("silent", "taken"), [(SILENT, False), (SILENT + timedelta(seconds=1), True)])
def test_one_that_lost_its_worker_is_begun_anew(world: World, silent: timedelta, taken: bool) -> None:
    row = asked()
    at = noon(TODAY)
    Rehearsed.objects.filter(pk=row.pk).update(started_at=at - silent, seen_at=at - silent, done=7, total=9)
    assert (made() == row) is taken


def test_a_draft_of_which_the_day_has_come_meanwhile_says_so(world: World) -> None:
    row = asked()
    assert made("2025-04-01") == row
    row.refresh_from_db()
    assert (row.failed, row.figures) == ("starts_too_early", None)


def test_a_day_on_which_another_book_starts_meanwhile_says_so(world: World) -> None:
    row = asked()
    publish(draft_text("2025-04-01", owner="months = 2"), moves_on=day("2025-04-01"), by=day(TODAY))
    made()
    row.refresh_from_db()
    assert row.failed == "starts_with_another"


def test_what_goes_wrong_is_kept_as_failed_and_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    row = asked()
    monkeypatch.setattr(rehearsals, "rehearse", broken)
    with pytest.raises(ZeroDivisionError):
        made()
    row.refresh_from_db()
    assert (row.failed, made()) == ("ZeroDivisionError", None)


def test_what_can_not_be_rehearsed_is_not_queued(world: World) -> None:
    with pytest.raises(NotRehearsed):
        asked("2025-03-31")
    assert not Rehearsed.objects.exists()


def test_files_are_dropped_after_a_while_and_figures_stay(world: World) -> None:
    row = asked()
    made()
    row.refresh_from_db()
    last = noon(TODAY) + KEPT
    make_next(clock=lambda: last)
    assert file_of(row, RIGHTS, at=last) == folder_of(row) / RIGHTS
    assert file_of(row, RIGHTS, at=last + timedelta(seconds=1)) is None
    make_next(clock=lambda: last + timedelta(seconds=1))
    assert not folder_of(row).exists()
    row.refresh_from_db()
    assert row.figures is not None


@pytest.mark.parametrize("change", [{"asked_by": "person:7"}, {"on": day("2025-05-05")}, {"failed": "x"}])
def test_the_database_keeps_what_was_asked_for_and_found(world: World, change: dict[str, Any]) -> None:
    row = asked()
    made()
    with pytest.raises(DatabaseError), transaction.atomic():
        Rehearsed.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rehearsed.objects.filter(pk=row.pk)._raw_delete("default")


def test_finished_without_figures_or_a_reason_does_not_exist(world: World) -> None:
    row = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rehearsed.objects.filter(pk=row.pk).update(finished_at=noon(TODAY))
