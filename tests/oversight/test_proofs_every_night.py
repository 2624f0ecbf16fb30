"""The worker proves all rights once every night after the run, and cries out where one differs."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from structlog.testing import capture_logs

from inzage.oversight.models import CanaryWatch, Checked, Differing
from inzage.oversight.proving import Proof
from inzage.project import proofs
from inzage.project.proofs import ProvingEveryNight, WatchingOverMidnight
from inzage.rules.days import midnight
from inzage.rules.periods import eve
from inzage.view_rights.models import ViewRight
from tests.world import World, day, noon

TODAY = day("2025-03-02")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The worker's clock: what it last says."""
    moments = [midnight(TODAY) + timedelta(minutes=10)]
    monkeypatch.setattr(proofs, "now", lambda: moments[-1])
    return moments


@pytest.fixture
def proves(clock: list[datetime]) -> ProvingEveryNight:
    """The duty, due now, in this process alone."""
    return ProvingEveryNight(due=clock[-1], processes=1)


def wrong(right: ViewRight) -> None:
    """Another last day, past the application."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE view_rights_viewright SET last_day = '2030-01-01' WHERE id = %s", [right.pk])


def test_it_waits_for_the_run_and_then_proves_once_that_night(
    world: World, clock: list[datetime], proves: ProvingEveryNight
) -> None:
    world.grant("2025-01-10")
    assert proves.act() is False
    assert not Checked.objects.exists()
    world.night("2025-03-02")
    assert proves.act() is False
    kept = Checked.objects.get()
    assert (kept.kind, kept.day, kept.counted, kept.differing) == ("proof", TODAY, 1, 0)
    assert proves.due == midnight(day("2025-03-03")) + timedelta(minutes=10)
    for again in (proves, ProvingEveryNight(due=clock[-1], processes=1)):
        again.act()
    assert Checked.objects.count() == 1
    clock.append(midnight(day("2025-03-03")) + timedelta(minutes=10))
    world.night("2025-03-03")
    proves.act()
    assert Checked.objects.count() == 2


def test_a_difference_is_an_alarm_with_the_rights_and_without_a_name(
    world: World, proves: ProvingEveryNight
) -> None:
    right = world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    world.night("2025-03-02")
    wrong(right)
    with capture_logs() as logged:
        proves.act()
    assert [(each["event"], each["log_level"]) for each in logged] == [
        ("rights differ from the rules", "error")
    ]
    assert logged[0]["rights"] == [f"{world.piet.reference} OE1"]
    assert "Verzonnen" not in str(logged)
    differing = Differing.objects.get()
    assert (differing.right_id, differing.dossier_id, differing.unit_id) == (
        right.pk,
        world.piet.pk,
        world.spoor.pk,
    )
    assert "2030-01-01" in differing.stored
    assert "2025-07-10" in differing.proven
    assert Browser().get("/gezond").content == b"ok\nproof: rights differ\n"


def test_once_it_is_proven_again_nothing_is_cried_out_any_more(
    world: World, clock: list[datetime], proves: ProvingEveryNight
) -> None:
    world.night("2025-03-02")
    assert Browser().get("/gezond").content == b"ok\n"
    proves.act()
    assert Browser().get("/gezond").content == b"ok\n"


def test_it_goes_on_in_turns_and_begins_again_where_it_failed(
    world: World, clock: list[datetime], proves: ProvingEveryNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.night("2025-03-02")

    def parts(fails: bool):  # type: ignore[no-untyped-def]
        for place in range(3):
            clock.append(clock[-1] + proofs.TURN)
            yield Proof(10, [])
            if fails and place == 1:
                raise DatabaseError("the server went away")

    monkeypatch.setattr(proofs, "proving", lambda **_: parts(fails=True))
    assert (proves.act(), proves.act()) == (True, True)
    with pytest.raises(DatabaseError):
        proves.act()
    assert not Checked.objects.exists()
    monkeypatch.setattr(proofs, "proving", lambda **_: parts(fails=False))
    assert [proves.act() for _ in range(4)] == [True, True, True, False]
    assert Checked.objects.get().counted == 30


def test_what_a_proof_found_is_only_added_to(world: World, proves: ProvingEveryNight) -> None:
    right = world.grant("2025-01-10")
    world.night("2025-03-02")
    wrong(right)
    proves.act()
    for change in (Differing.objects.get().delete, lambda: Differing.objects.update(stored="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("moment", "watched"),
    [
        (midnight(TODAY) - timedelta(seconds=2.001), False),
        (midnight(TODAY) - timedelta(seconds=2), True),
        (midnight(TODAY), False),
        (noon("2025-03-02"), False),
    ],
)
def test_a_canary_is_watched_only_where_midnight_is_a_moment_away(
    world: World, clock: list[datetime], moment: datetime, watched: bool
) -> None:
    def wait(pause: timedelta) -> None:
        clock.append(clock[-1] + pause)

    clock.append(moment)
    with capture_logs() as logged:
        assert WatchingOverMidnight(wait).act() is False
    assert [heard.day for heard in CanaryWatch.objects.all()] == [eve(TODAY)] * watched
    assert [(each["log_level"], each["overrun_us"]) for each in logged] == [("info", 0)] * watched


def test_a_midnight_that_another_worker_watched_is_passed_over_without_a_word(
    world: World, clock: list[datetime]
) -> None:
    def wait(pause: timedelta) -> None:
        clock.append(clock[-1] + pause)

    clock.append(midnight(TODAY) - timedelta(seconds=2))
    WatchingOverMidnight(wait).act()
    clock.append(midnight(TODAY) - timedelta(seconds=1))
    with capture_logs() as logged:
        assert WatchingOverMidnight(wait).act() is False
    assert logged == []
    assert CanaryWatch.objects.count() == 1
