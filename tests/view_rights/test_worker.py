"""The worker: the run every night at 00:05 in Brussels, whatever the clocks do, and once at the start (S22)."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from inzage.project import duties
from inzage.project.duties import ClosingEveryNight
from inzage.project.nights import next_run
from inzage.project.working import Duty, attempt, work
from inzage.rules.days import BRUSSELS, midnight
from inzage.view_rights.models import ClosingRun
from tests.world import World, day, noon


def test_every_night_of_a_year_has_its_run_in_summer_and_in_winter() -> None:
    due = next_run(datetime(2026, 1, 1, 12, tzinfo=UTC))
    nights, hours = [], Counter[float]()
    for _ in range(365):
        nights.append(due.date())
        following = next_run(due.astimezone(UTC))
        hours[(following.astimezone(UTC) - due.astimezone(UTC)) / timedelta(hours=1)] += 1
        assert (following.astimezone(BRUSSELS).hour, following.astimezone(BRUSSELS).minute) == (0, 5)
        due = following
    assert nights == [day("2026-01-02") + timedelta(days=n) for n in range(365)]
    assert hours == {24.0: 363, 23.0: 1, 25.0: 1}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The worker's clock: what it last says."""
    moments = [noon("2025-09-01")]
    monkeypatch.setattr(duties, "now", lambda: moments[-1])
    return moments


def test_at_its_start_it_catches_up_and_then_it_waits_for_the_night(
    world: World, clock: list[datetime]
) -> None:
    world.grant("2025-01-10")
    closing = ClosingEveryNight(due=clock[-1])
    closing.act()
    assert (world.right().closed_on, ClosingRun.objects.count()) == (day("2025-07-11"), 1)
    assert closing.due == midnight(day("2025-09-02")) + timedelta(minutes=5)
    for minutes, runs in ((4, 1), (5, 2), (6, 2)):
        clock.append(midnight(day("2025-09-02")) + timedelta(minutes=minutes))
        closing.act()
        assert ClosingRun.objects.count() == runs
    assert ClosingRun.objects.latest("pk").day == day("2025-09-02")


def test_a_database_that_is_away_is_tried_again(
    world: World, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.grant("2025-01-10")
    closing = ClosingEveryNight(due=clock[-1])
    duty = Duty("closing", closing.act, pause=30)

    def away(*_: object, **__: object) -> None:
        raise OperationalError("the server is not there")

    with monkeypatch.context() as outage:
        outage.setattr(f"{duties.__name__}.run", away)
        outage.setattr(connection, "close", lambda: None)  # it is the test's, with its transaction
        assert attempt(duty) is False
    assert (world.right().closed_on, closing.due) == (None, clock[-1])
    assert attempt(duty) is False
    assert closing.due > clock[-1]
    assert world.right().closed_on == day("2025-07-11")


def test_duties_go_on_side_by_side_whatever_one_of_them_does() -> None:
    stop, done = threading.Event(), Counter[str]()

    def failing() -> bool:
        done["failing"] += 1
        raise RuntimeError("a fault of ours")

    def working() -> bool:
        done["working"] += 1
        if done["working"] >= 3 and done["failing"] >= 2:
            stop.set()
        return False

    work([Duty("failing", failing, pause=0.001), Duty("working", working, pause=0.001)], stop)
    assert done["working"] >= 3
    assert done["failing"] >= 2
