"""A dossier read once for a page holds the very facts that the rules go by, each line and each owner once."""

from decimal import Decimal

import pytest

from inzage.dossiers.models import Activity, Dossier
from inzage.view_rights.ending import record_death
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.picture import Picture, picture_of
from inzage.view_rights.registering import Actor, reopen
from inzage.view_rights.scopes import these
from inzage.view_rights.viewing import seers_of, standing_right
from tests.world import World, day, origin


def picture(right: ViewRight) -> Picture:
    """As a page reads it, from a dossier with its client."""
    return picture_of(Dossier.objects.select_related("client").get(pk=right.dossier_id), right)


def twice_reopened(world: World, begun_on: str) -> Activity:
    """A training of Spoor with Piet that ended twice and runs again, with four hours on its first day."""
    line = world.activity(begun_on)
    perform(line.pk, Hours(day(begun_on), Decimal(3)), actor=Actor(origin(begun_on)))
    perform(line.pk, Hours(day(begun_on), Decimal(4)), actor=Actor(origin(begun_on)))
    for ended, again in (("2025-02-01", "2025-02-10"), ("2025-02-20", "2025-03-01")):
        world.close(line, ended)
        reopen(line.pk, on=day(again), actor=Actor(origin(again)))
    return line


@pytest.fixture
def full(world: World) -> World:
    """Piet's dossier with a bit of everything: of Spoor, of Haven, and of a client beside."""
    world.grant("2025-01-10")
    world.grant("2025-01-12", unit=world.haven)
    world.grant("2025-01-10", dossier=world.an)
    world.end_assignment(world.assign("2025-01-11"), "2025-02-15")
    world.assign("2025-02-15", unit=world.haven)
    twice_reopened(world, "2025-01-15")
    world.activity("2025-01-20", unit=world.haven)
    world.activity("2025-01-20", dossier=world.an)
    return world


def test_its_facts_are_those_that_are_gathered_for_the_rules(full: World) -> None:
    for unit in (full.spoor, full.haven):
        right = full.right(unit=unit)
        read, gathered = picture(right).case, gather(these(full.piet.pk)).case_of(right)
        assert (read.granted_on, read.deceased_on) == (gathered.granted_on, gathered.deceased_on)
        for kind in ("grants", "ownerships", "executions"):
            assert getattr(gathered, kind), kind
            assert sorted(map(repr, getattr(read, kind))) == sorted(map(repr, getattr(gathered, kind)))


def test_that_somebody_died_is_among_them(full: World) -> None:
    record_death(full.piet.pk, deceased_on=day("2025-04-01"), origin=origin("2025-04-01"))
    assert picture(full.right()).case.deceased_on == day("2025-04-01")


def test_a_line_that_was_reopened_twice_stands_there_once_with_its_hours_once(full: World) -> None:
    lines = picture(full.right()).lines
    assert [line.unit for line in lines] == [full.haven, full.spoor]
    hours = {line.unit: vars(line)["hours_present"] for line in lines}
    assert hours == {full.haven: None, full.spoor: Decimal(4)}


def test_it_names_every_owner_of_this_dossier_the_latest_first(full: World) -> None:
    assert [owner.unit for owner in picture(full.right()).owners] == [full.haven, full.spoor]


@pytest.mark.parametrize("on", ["2025-01-09", "2025-01-10", "2025-01-11", "2025-01-12"])
def test_who_sees_a_dossier_are_the_units_that_may_see_it_each_by_itself(full: World, on: str) -> None:
    seers = seers_of(full.piet.pk, on=day(on))
    own = {unit: standing_right(full.piet.pk, unit.pk, on=day(on)) for unit in (full.haven, full.spoor)}
    assert seers == [right for right in own.values() if right is not None]
