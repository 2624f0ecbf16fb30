"""`inzage check-evening`, and when the worker does it (S22)."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from inzage.project import command, nights
from inzage.project.command import Wrong
from inzage.project.management.commands import check_evening
from inzage.rules.days import midnight
from inzage.view_rights.held import EveningCheck
from tests.world import World, day, noon

ENDS = "2025-07-10"


@pytest.fixture
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (command, check_evening):
        monkeypatch.setattr(module, "now", lambda: noon(ENDS))


@pytest.mark.usefixtures("_at_noon")
def test_it_says_what_it_held(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.grant("2025-01-10")
    call_command("check_evening", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "day": ENDS,
        "examined": 1,
        "held": 0,
        "held_by_rule": 0,
        "held_by_threshold": 0,
        "above": [],
    }


@pytest.mark.usefixtures("_at_noon")
def test_an_evening_that_is_over_is_refused(world: World) -> None:
    with pytest.raises(Wrong, match="four eyes"):
        call_command("check_evening", "--day", "2025-07-09")


@pytest.mark.usefixtures("_at_noon")
def test_an_evening_that_is_not_yet_is_refused(world: World) -> None:
    with pytest.raises(Wrong, match="not yet"):
        call_command("check_evening", "--day", "2025-07-11")
    assert not EveningCheck.objects.exists()


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (timedelta(hours=21, minutes=59), timedelta(hours=22)),
        (timedelta(hours=22), timedelta(hours=22, minutes=10)),
        (timedelta(hours=23, minutes=49), timedelta(hours=23, minutes=59)),
        (timedelta(hours=23, minutes=50), timedelta(days=1, hours=22)),
    ],
)
def test_the_worker_checks_at_ten_and_again_until_midnight(at: timedelta, due: timedelta) -> None:
    begins = midnight(day(ENDS))
    assert nights.next_check(begins + at) == begins + due


@pytest.mark.parametrize(
    ("at", "due"),
    [(timedelta(hours=9), timedelta(hours=22)), (timedelta(hours=23), timedelta(hours=23))],
)
def test_a_worker_that_starts_late_checks_at_once(at: timedelta, due: timedelta) -> None:
    begins = midnight(day(ENDS))
    assert nights.first_check(begins + at) == begins + due
