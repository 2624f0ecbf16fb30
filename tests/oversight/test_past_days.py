"""Any past day: as it was known then it is what the decision said that day; as it is known now, what the facts say."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.oversight.past_days import Stood, as_of, compared, end_of
from inzage.region.writing import make_region
from inzage.register_files.staging import stage
from inzage.rules.names import Ground
from inzage.view_rights.ending import record_death, revoke
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import Scope, between, these
from inzage.view_rights.viewing import standing
from inzage.view_rights.withdrawing import withdraw
from tests.importing.day_by_day import Diary
from tests.importing.test_as_reference import imported
from tests.importing.test_day_by_day import Nothing, opened
from tests.rules import reference
from tests.rules.against_reference import by_client
from tests.rules.random_registers import LAST, random_register
from tests.world import World, day, noon, origin

Seen = set[tuple[int, int]]
COMPARED = ("client_number", "oe_number", "granted_on", "relation", "rule", "last_day")


def everything() -> Scope:
    """All dossiers."""
    return between(1, Dossier.objects.order_by("-pk").values_list("pk", flat=True)[0])


def said_now(on: date) -> Seen:
    """On which dossiers the decision says yes to which units."""
    return set(ViewRight.objects.filter(standing(on)).values_list("dossier", "unit"))


def by_unit(stood: list[Stood]) -> list[Stood]:
    """In the order in which the two answers are compared."""
    return sorted(stood, key=lambda one: (one.dossier, one.oe_number))


class Watched(Diary):
    """A diary that keeps what the decision said on each day on which something happened, and on its eve."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[date, Seen] = {}
        self._last: date | None = None

    def _night_before(self, day: date) -> None:
        for on in (self._last, day - timedelta(days=1)):
            if on is not None:
                self.said[on] = said_now(on)
        super()._night_before(day)
        self._last = day


@pytest.mark.parametrize("seed", [21, 22])
@pytest.mark.django_db
def test_as_known_then_is_what_the_decision_said_on_that_day(seed: int, tmp_path: Path) -> None:
    make_region(tmp_path / "region", dossiers=40, seed=seed, until=date(2025, 12, 31))
    with stage(tmp_path / "region", known=Nothing(), scratch=tmp_path) as staged:
        bundles = opened(staged)
    diary = Watched()
    for bundle in bundles:
        diary.note(bundle)
    diary.live_through(date(2026, 12, 31))
    scope, met = everything(), 0
    for on, said in diary.said.items():
        assert {(stood.dossier, stood.unit) for stood in as_of(scope, on, end_of(on))} == said, on
        both = compared(scope, on)
        assert [one.then for one in both if one.then] == by_unit(as_of(scope, on, end_of(on))), on
        assert [one.now for one in both if one.now] == by_unit(as_of(scope, on)), on
        met += len(said)
    assert met > len(diary.said)


@pytest.mark.parametrize("seed", [23, 24])
@pytest.mark.django_db
def test_as_known_now_is_what_the_reference_says(seed: int, tmp_path: Path) -> None:
    register = random_register(seed, 150)
    imported(register, tmp_path, on=LAST + timedelta(days=400))
    numbers = dict(Dossier.objects.values_list("pk", "client__client_number"))
    for on in (LAST - timedelta(days=back) for back in range(0, 900, 37)):
        expected = [
            (*map(right.get, COMPARED), tuple(right["grounds"]))
            for one in by_client(register)
            for right in reference.rights_on(one, on)
            if right["closed_on"] is None
        ]
        found = [
            (
                *(numbers[stood.dossier], stood.oe_number, str(stood.granted_on), stood.relation, stood.rule),
                *(str(stood.last_day) if stood.last_day else None, tuple(map(str, stood.grounds))),
            )
            for stood in as_of(everything(), on)
        ]
        assert sorted(found, key=str) == sorted(expected, key=str), on


def told(world: World, on: str) -> list[tuple[str, ...]]:
    """Of each unit: the last day as known then and as known now; "no" where it had no right, "open" without an end."""
    return [
        (pair.either.oe_number, *("no" if one is None else str(one.last_day or "open") for one in pair[:2]))
        for pair in compared(these(world.piet.pk), day(on))
    ]


def causes(world: World, on: str) -> list[tuple[str, str, str]]:
    """What was recorded late: what it is, from when it holds, and the day it was recorded."""
    return [
        (one.what, str(one.holds_from), str(one.recorded_at.date()))
        for pair in compared(these(world.piet.pk), day(on))
        for one in pair.behind_it
    ]


def test_a_closing_entered_late_shows_as_exactly_that_difference(world: World) -> None:
    world.grant("2025-01-10")
    activity = world.activity("2025-01-15")
    world.close(activity, "2025-02-28", entered="2025-03-10")
    assert told(world, "2025-02-27") == [("OE1", "open", "open")]
    assert causes(world, "2025-02-27") == []
    for on in ("2025-02-28", "2025-03-01", "2025-03-09"):
        assert told(world, on) == [("OE1", "open", "2025-08-31")]
        assert causes(world, on) == [("activity", "2025-02-28", "2025-03-10")]
    assert told(world, "2025-03-10") == [("OE1", "2025-08-31", "2025-08-31")]
    assert causes(world, "2025-03-10") == []


def test_another_dossiers_late_registration_and_another_units_right_stay_out_of_it(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", unit=world.haven)
    world.grant("2025-01-10", dossier=world.an)
    world.close(world.activity("2025-01-15", dossier=world.an), "2025-02-28", entered="2025-03-10")
    assert told(world, "2025-03-05") == [
        ("OE1", "2025-07-10", "2025-07-10"),
        ("OE3", "2025-07-10", "2025-07-10"),
    ]
    assert causes(world, "2025-03-05") == []


@pytest.mark.parametrize(
    ("on", "stood"),
    [("2025-01-09", False), ("2025-01-10", True), ("2025-07-10", True), ("2025-07-11", False)],
)
@pytest.mark.parametrize("night", [True, False])
def test_a_right_stands_from_its_grant_to_its_last_day_whether_or_not_the_night_has_run(
    world: World, on: str, stood: bool, night: bool
) -> None:
    world.grant("2025-01-10")
    if night:
        world.night("2025-07-11")
    for known_at in (None, end_of(day(on))):
        found = as_of(these(world.piet.pk), day(on), known_at)
        assert [one.unit for one in found] == [world.spoor.pk] * stood


def test_before_it_was_recorded_nothing_was_known_and_from_that_moment_all_of_it(world: World) -> None:
    world.grant("2025-01-10")
    scope, before = these(world.piet.pk), noon("2025-01-10") - timedelta(microseconds=1)
    assert as_of(scope, day("2025-01-10"), before) == []
    assert len(as_of(scope, day("2025-01-10"), noon("2025-01-10"))) == 1


def test_what_is_known_at_a_later_moment_lies_between_then_and_now(world: World) -> None:
    world.grant("2025-01-10")
    world.close(world.activity("2025-01-15"), "2025-02-28", entered="2025-03-10")
    record_death(world.piet.pk, deceased_on=day("2025-03-20"), origin=origin("2025-04-01"))
    scope, on = these(world.piet.pk), day("2025-03-05")
    known = [as_of(scope, on, noon(at))[0].last_day for at in ("2025-03-09", "2025-03-10", "2025-04-02")]
    assert known == [None, day("2025-08-31"), day("2025-08-31")]


@pytest.fixture
def ended(world: World) -> World:
    """Rights that ended at once: one revoked, one whose only consent was withdrawn."""
    world.grant("2025-01-10")
    withdraw(ConsentForm.objects.get().pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-02-03"))
    revoke(world.grant("2025-01-10", unit=world.haven).pk, origin=origin("2025-02-03"))
    return world


@pytest.mark.parametrize(
    ("on", "units"), [("2025-02-02", ["OE1", "OE3"]), ("2025-02-03", []), ("2025-02-04", [])]
)
def test_a_right_that_ended_at_once_stood_until_that_day_then_and_now(
    ended: World, on: str, units: list[str]
) -> None:
    assert [pair.either.oe_number for pair in compared(these(ended.piet.pk), day(on))] == units
    assert not any(pair.differs for pair in compared(these(ended.piet.pk), day(on)))


def test_the_grounds_of_a_day_are_those_that_counted_on_it(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-12")
    withdraw(ConsentForm.objects.get().pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-02-01"))
    grounds = [
        as_of(these(world.piet.pk), day(on), end_of(day(on)))[0].grounds
        for on in ("2025-01-11", "2025-01-12", "2025-02-01")
    ]
    assert grounds == [(Ground.FORM,), (Ground.ASSIGNMENT, Ground.FORM), (Ground.ASSIGNMENT,)]


def test_ten_years_of_history_ask_no_more_of_the_database_than_a_day(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            compared(these(world.piet.pk), day("2025-01-10"))
        return len(queries)

    world.grant("2015-01-10")
    activity = world.activity("2015-01-10")
    first = asked()
    for year in range(2015, 2025):
        world.close(activity, f"{year}-05-10")
        activity = world.activity(f"{year}-06-10")
    assert asked() == first
