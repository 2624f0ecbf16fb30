"""The evening check against the nights on record: all of a part above its threshold is held, the rest goes on (S22)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import Settings

from inzage.journal.models import Origin
from inzage.notices.models import OfficialMail
from inzage.notices.officials import send_to_officials
from inzage.partners.models import Person, Unit
from inzage.rules.days import midnight
from inzage.view_rights import holding
from inzage.view_rights.catching_up import lock
from inzage.view_rights.holding import EveningReport, TooLate, check_evening, check_late
from inzage.view_rights.models import ClosingRun, EveningCheck, ViewRight
from tests.world import World, day, noon

GRANTED, ENDS = "2025-01-10", "2025-07-10"
FEW = {"times": 3, "least": 1, "nights": 20, "floor": 2, "percent": 50}
"""Limits for a small world."""


@pytest.fixture
def small(world: World, settings: Settings) -> World:
    """Where more than two of a part are too many."""
    settings.EVENING_LIMITS = FEW
    return world


def check(on: str = ENDS) -> EveningReport:
    """The check of that evening."""
    return check_evening(day(on), clock=lambda: midnight(day(on)) + timedelta(hours=22))


def ending(world: World, unit: Unit, number: int, *, first: int = 100) -> None:
    """So many rights of that unit, which all end on ENDS."""
    for each in range(first, first + number):
        world.grant(GRANTED, dossier=world.dossier(f"K{each}", "Cor"), unit=unit)


def nights(number: int) -> None:
    """So many nights on record that closed nothing."""
    for each in range(number):
        on = day(ENDS) - timedelta(days=each)
        ClosingRun.objects.create(day=on, started_at=noon(ENDS), finished_at=noon(ENDS))


def held(unit: Unit) -> int:
    """How many of its rights wait."""
    return ViewRight.objects.filter(unit=unit).exclude(held="").count()


@pytest.mark.parametrize(("number", "waiting"), [(2, 0), (3, 3)])
def test_with_few_nights_on_record_only_the_floor_counts(small: World, number: int, waiting: int) -> None:
    ending(small, small.spoor, number)
    assert check().held_by_threshold == waiting
    assert small.is_proven(ENDS)


@pytest.mark.parametrize(("on_record", "waiting"), [(19, 0), (20, 2)])
def test_with_twenty_nights_on_record_they_count(small: World, on_record: int, waiting: int) -> None:
    nights(on_record)
    ending(small, small.spoor, 2)
    assert check().held_by_threshold == waiting


def test_a_night_run_twice_is_one_night_on_record(small: World) -> None:
    nights(19)
    nights(1)
    ending(small, small.spoor, 2)
    assert check().held_by_threshold == 0


def test_only_the_unit_that_is_above_is_held(small: World, settings: Settings) -> None:
    settings.EVENING_LIMITS = {**FEW, "floor": 3, "percent": 60}
    ending(small, small.spoor, 4)
    ending(small, small.haven, 1, first=200)
    for each in range(
        300, 306
    ):  # open rights that end later: of the whole, and of the rule, it is no large part
        small.grant("2025-02-10", dossier=small.dossier(f"K{each}", "Dora"), unit=small.brug)
    report = check()
    assert [(part.kind, part.name, part.number) for part in report.above] == [("unit", "OE1", 4)]
    assert (held(small.spoor), held(small.haven)) == (4, 0)
    assert EveningCheck.objects.get().above == [{"part": "unit", "of": "OE1", "number": 4}]


def test_where_all_of_them_are_too_many_all_are_held(small: World) -> None:
    ending(small, small.spoor, 2)
    ending(small, small.haven, 2, first=200)
    assert [part.kind for part in check().above] == ["all"]
    assert (held(small.spoor), held(small.haven)) == (2, 2)


def test_killed_halfway_and_run_again_it_ends_the_same(small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "BATCH", 1)
    ending(small, small.spoor, 3)
    locks = iter([lock, lock])

    def killed(ids: list[int]) -> list[int]:
        return next(locks)(ids)

    monkeypatch.setattr(holding, "lock", killed)
    with pytest.raises(StopIteration):
        check()
    assert held(small.spoor) == 2
    monkeypatch.setattr(holding, "lock", lock)
    check()
    assert held(small.spoor) == 3
    assert EveningCheck.objects.get().held == 3


def test_a_check_that_lasts_until_midnight_brings_nothing_back(small: World) -> None:
    ending(small, small.spoor, 3)
    moments = iter([midnight(day(ENDS)) + timedelta(hours=23, minutes=59)] * 2)
    with pytest.raises(TooLate):
        check_evening(day(ENDS), clock=lambda: next(moments, midnight(day("2025-07-11"))))
    assert held(small.spoor) == 0
    assert EveningCheck.objects.get().finished_at is None


def test_what_comes_after_the_check_is_counted_with_what_it_held(small: World) -> None:
    ending(small, small.spoor, 3)
    check()
    ending(small, small.spoor, 1, first=200)
    check_late(clock=lambda: midnight(day(ENDS)) + timedelta(hours=23))
    assert held(small.spoor) == 4


def test_what_comes_before_the_check_waits_for_it(small: World) -> None:
    ending(small, small.spoor, 3)
    check_late(clock=lambda: noon(ENDS))
    assert held(small.spoor) == 0


def test_rule_managers_and_operators_are_told_how_many(
    small: World, mailoutbox: list[object], make_official: Callable[[str], Person]
) -> None:
    for role in (Person.Role.RULE_MANAGER, Person.Role.OPERATOR, Person.Role.DATA_PROTECTION_OFFICER):
        make_official(role)
    ending(small, small.spoor, 3)
    check()
    check()
    assert send_to_officials(noon(ENDS)) == 2
    assert {mail.to[0] for mail in mailoutbox} == {"rule_manager@a.example", "operator@a.example"}  # type: ignore[attr-defined]
    assert all("3 inzagerechten" in mail.body and "Cor" not in mail.body for mail in mailoutbox)  # type: ignore[attr-defined]
    assert send_to_officials(noon(ENDS)) == 0


@pytest.mark.parametrize(("night", "told"), [("2025-07-29", 0), ("2025-07-30", 1), ("2025-08-02", 1)])
def test_the_data_protection_officer_is_told_on_day_twenty(
    small: World, make_official: Callable[[str], Person], night: str, told: int
) -> None:
    """Once, be it later where a night was missed."""
    make_official(Person.Role.DATA_PROTECTION_OFFICER)
    ending(small, small.spoor, 3)
    check()
    small.night(night)
    small.night(night)
    assert OfficialMail.objects.filter(kind="unanswered").count() == told


@pytest.fixture
def make_official() -> Callable[[str], Person]:
    """Somebody in that role, with an address."""

    def make(role: str) -> Person:
        return Person.objects.create(
            issuer="test", subject=role, name=role, role=role, email=f"{role}@a.example"
        )

    return make


def test_the_check_signs_what_it_does(small: World) -> None:
    ending(small, small.spoor, 3)
    check()
    origin = Origin("run", noon(ENDS), "evening")
    version = small.spoor.viewright_set.first().viewrightversion_set.latest("pk")  # type: ignore[union-attr]
    assert (version.recorded_by, version.source) == (origin.by, origin.source)
