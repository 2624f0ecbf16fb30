"""The task about an enrolment follows the calendar, whether Actiris answers or not (S07)."""

import pytest

from inzage.tasks.models import Task
from inzage.view_rights import moving, running, watching_anew
from inzage.view_rights.models import ClosingRun
from tests.world import World, day, origin

ELSENE, GHENT = "21009", "44021"


@pytest.fixture
def brussels(world: World) -> World:
    """Piet lives in Brussels, and Spoor may view his dossier."""
    world.lives_in(ELSENE)
    world.grant("2025-01-10")
    return world


def units() -> list[str]:
    """The units with an open task."""
    found = Task.objects.filter(kind="enrolment", done_at=None).order_by("pk")
    return [task.unit.name for task in found if task.unit]


def around(world: World, on: str) -> list[list[str]]:
    """Who has a task after the night before the eve of a day, and after the one before the day itself."""
    eve = str(day(on).replace(day=day(on).day - 1))
    found = []
    for before in (eve, on):
        world.night(before)
        found.append(units())
    return found


def test_an_announced_end_of_the_enrolment_makes_the_task_on_its_day(brussels: World) -> None:
    brussels.enrolment("2025-02-01", "ended", ended_on="2025-02-10")
    assert around(brussels, "2025-02-10") == [[], ["Spoor"]]


def test_an_announced_enrolment_closes_the_task_on_its_day(brussels: World) -> None:
    brussels.enrolment("2025-02-01", enrolled_on="2025-02-10")
    assert around(brussels, "2025-02-10") == [["Spoor"], []]


def test_an_announced_move_out_of_brussels_closes_the_task_on_its_day(brussels: World) -> None:
    brussels.enrolment("2025-02-01", "not_enrolled")
    _announced_move(brussels, GHENT)
    assert around(brussels, "2025-02-10") == [["Spoor"], []]


def test_an_announced_move_into_brussels_makes_the_task_on_its_day(brussels: World) -> None:
    brussels.lives_in(GHENT, "2025-01-20")
    brussels.enrolment("2025-02-01", "not_enrolled")
    _announced_move(brussels, ELSENE)
    assert around(brussels, "2025-02-10") == [[], ["Spoor"]]


def _announced_move(world: World, nis_code: str) -> None:
    """Said on the first of the month: from the tenth on."""
    moving.move(world.piet.pk, nis_code, day("2025-02-10"), origin("2025-02-01"))


@pytest.mark.parametrize("requested", [True, False])
def test_an_activity_that_was_announced_gives_its_unit_the_task_on_its_day(
    brussels: World, requested: bool
) -> None:
    brussels.enrolment("2025-02-01", "not_enrolled")
    brussels.activity("2025-02-10", entered="2025-02-01", unit=brussels.haven, requested=requested)
    assert around(brussels, "2025-02-10") == [["Spoor"], ["Spoor", "Haven"]]


def test_an_end_of_an_activity_that_was_announced_takes_the_task_away_on_its_day(brussels: World) -> None:
    brussels.enrolment("2025-02-01", "not_enrolled")
    activity = brussels.activity("2025-02-01", unit=brussels.haven)
    brussels.close(activity, "2025-02-10", entered="2025-02-02")
    assert around(brussels, "2025-02-10") == [["Spoor", "Haven"], ["Spoor"]]


def test_nights_that_were_missed_are_caught_up_with(brussels: World) -> None:
    brussels.enrolment("2025-02-01", "ended", ended_on="2025-02-10")
    brussels.night("2025-02-05")
    brussels.night("2025-02-20")
    assert units() == ["Spoor"]


def test_killed_before_the_end_of_the_night_it_is_done_by_the_next_run(
    brussels: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    brussels.enrolment("2025-02-01", "ended", ended_on="2025-02-10")
    brussels.night("2025-02-09")
    with monkeypatch.context() as killed:
        killed.setattr(running, "watch_anew", _killed)
        with pytest.raises(KeyboardInterrupt):
            brussels.night("2025-02-10")
    assert (units(), ClosingRun.objects.filter(finished_at=None).count()) == ([], 1)
    brussels.night("2025-02-11")
    brussels.night("2025-02-11")
    assert units() == ["Spoor"]


def _killed(*_args: object, **_how: object) -> None:
    raise KeyboardInterrupt


def test_on_a_day_of_nothing_nothing_is_watched(brussels: World, monkeypatch: pytest.MonkeyPatch) -> None:
    brussels.enrolment("2025-02-01", "ended", ended_on="2025-02-10")
    watched = list[int]()
    monkeypatch.setattr(watching_anew, "watch_enrolment", lambda dossier, **_how: watched.append(dossier.pk))
    for before in ("2025-02-08", "2025-02-09", "2025-02-11"):
        brussels.night(before)
    assert watched == [brussels.piet.pk]
    brussels.night("2025-02-12")
    assert watched == [brussels.piet.pk]
