"""The worker draws up yesterday's balance each night: once more does no harm, and who is away is asked again later."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from structlog.testing import capture_logs

from inzage.adapters.actiris import wire
from inzage.adapters.failing import Failed
from inzage.outbox.models import Delivery
from inzage.outbox.queueing import queue
from inzage.oversight.balancing import Balance, balanced
from inzage.project import balances
from inzage.project.balances import BalancingEveryNight
from inzage.rules.days import day_of, midnight
from inzage.tasks.asking import done
from inzage.tasks.models import Task
from tests.simulated import SECRET, Simulated, simulated

KIND = "be.inzage.activities.v1.activities.notify.started"


@pytest.fixture
def sides(tmp_path: Path) -> Iterator[dict[str, Simulated]]:
    """Actiris and IBIS, as processes."""
    with simulated("actiris", tmp_path) as actiris, simulated("ibis", tmp_path) as ibis:
        yield {"actiris": actiris, "ibis": ibis}


@pytest.fixture
def clock(db: None, sides: dict[str, Simulated], monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The worker's clock: what it last says. Both addresses are configured, VDAB's is not."""
    for name, side in sides.items():
        monkeypatch.setenv(f"INZAGE_{name.upper()}_URL", side.url)
        monkeypatch.setenv(f"INZAGE_{name.upper()}_SECRET", SECRET)
    moments = [timezone.now()]
    monkeypatch.setattr(balances, "now", lambda: moments[-1])
    return moments


def heard(*, days_ago: int = 1) -> str:
    """Actiris hears a message that was written so many days ago, at the end of the day; its id."""
    at = midnight(day_of(timezone.now()) - timedelta(days=days_ago - 1)) - timedelta(seconds=1)
    written = queue("actiris", stream=str(Delivery.objects.count()), kind=KIND, data={}, at=at)
    line = wire.line()
    assert written
    assert line
    assert wire.send(line, written, timezone.now()).verdict == "taken"
    Delivery.objects.filter(pk=written.pk).update(state="delivered", delivered_at=timezone.now())
    line.close()
    return str(written.event_id)


def subjects() -> list[str]:
    """Of the tasks there are."""
    return list(Task.objects.order_by("subject").values_list("subject", flat=True))


def test_yesterdays_differences_become_tasks_once_however_often_it_starts(
    clock: list[datetime], sides: dict[str, Simulated]
) -> None:
    lost, _well = heard(), heard()
    lost_today = heard(days_ago=0)
    lost_before = heard(days_ago=2)
    sides["actiris"].control("messages", {"lose": [lost, lost_today, lost_before]})
    duty = BalancingEveryNight(due=clock[-1])
    assert duty.act() is False
    assert subjects() == [f"actiris:{lost}:lost"]
    assert set(duty.due) == {"actiris", "ibis"}
    assert {moment.hour * 60 + moment.minute for moment in duty.due.values()} == {30}
    assert done(Task.objects.get().pk, by="person:1", at=clock[-1])
    BalancingEveryNight(due=clock[-1]).act()
    assert len(subjects()) == 1
    duty.act()
    assert all(moment > clock[-1] for moment in duty.due.values())


def test_who_is_away_is_asked_again_later_and_holds_up_nobody(
    clock: list[datetime], sides: dict[str, Simulated]
) -> None:
    lost = heard()
    sides["actiris"].control("messages", {"lose": [lost]})
    sides["actiris"].fail(1, "error")
    duty = BalancingEveryNight(due=clock[-1])
    with capture_logs() as said:
        duty.act()
    assert [(each["event"], each["institution"]) for each in said] == [
        ("no balance", "actiris"),
        ("balance", "ibis"),
    ]
    assert duty.due["actiris"] == clock[-1] + timedelta(minutes=5)
    sides["actiris"].fail(0)
    clock.append(clock[-1] + timedelta(minutes=4, seconds=59))
    duty.act()
    assert subjects() == []
    duty.due["actiris"] = clock[
        -1
    ]  # not a second later: Actiris takes no signature of more than five minutes
    duty.act()
    assert subjects() == [f"actiris:{lost}:lost"]


def test_what_only_a_person_can_mend_is_asked_less_often(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INZAGE_ACTIRIS_SECRET", "whsec_YW5vdGhlciBzZWNyZXQgb2YgdGhlIHRlc3Rz")
    duty = BalancingEveryNight(due=clock[-1])
    duty.act()
    assert duty.due["actiris"] == clock[-1] + timedelta(hours=1)


def test_an_institution_that_is_switched_off_or_has_no_address_is_not_asked(
    clock: list[datetime], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOT_TOLD = {"actiris"}
    monkeypatch.delenv("INZAGE_IBIS_URL")
    duty = BalancingEveryNight(due=clock[-1])
    assert (duty.act(), duty.due) == (False, {})


def test_while_the_other_side_is_away_no_day_is_passed_over(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INZAGE_IBIS_URL")
    away, drawn = [True], list[date]()

    def drawn_up(_name: str, day: date) -> Balance:
        if away[0]:
            raise Failed("nobody there")
        drawn.append(day)
        return balanced({}, {})

    monkeypatch.setattr(balances, "drawn_up", drawn_up)
    noon = midnight(day_of(clock[-1])) + timedelta(hours=12)
    clock.append(noon)  # whatever the hour of this test: just after midnight the next night would be tonight
    first = day_of(noon) - timedelta(days=1)
    duty = BalancingEveryNight(due=noon)
    for _ in range(3):
        duty.act()
        clock.append(clock[-1] + timedelta(days=1))
    away[0] = False
    for _ in range(6):
        duty.act()
    assert drawn == [first + timedelta(days=days) for days in range(4)]
    clock.append(duty.due["actiris"])
    duty.act()
    assert drawn[4:] == [first + timedelta(days=4)]
