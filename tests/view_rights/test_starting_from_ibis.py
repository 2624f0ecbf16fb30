"""A line registered in IBIS: bezig from the next calendar day in Brussels, filled in with its title (S16)."""

from datetime import date, datetime, timedelta

import pytest

from inzage.dossiers.models import Activity
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import midnight
from inzage.rules.lines import Hindrance
from inzage.rules.names import Kind
from inzage.view_rights.registering import (
    Actor,
    NewActivity,
    NotRegistered,
    cancel,
    register,
    reopen,
    replace_executor,
    start,
)
from tests.world import World, day, origin

REGISTERED, FIRST = "2026-03-27", "2026-03-28"


def requested(world: World, *, title: str = "Lassen", started_on: date | None = None) -> Activity:
    """Spoor's line in Piet's dossier, registered in IBIS."""
    registered = day(REGISTERED)
    new = NewActivity(
        world.spoor, Kind.TRAINING, title, registered, started_on, ibis_registered_on=registered
    )
    return register(world.piet.pk, new, actor=Actor(origin(REGISTERED)))


def start_at(
    line: Activity, moment: datetime, on: str, *, by: Unit | None = None, title: str = ""
) -> Activity:
    """Set it to bezig at that moment."""
    return start(line.pk, on=day(on), title=title, actor=Actor(Origin("person:1", moment, "portal"), by))


@pytest.mark.parametrize("seconds", [0, 12 * 3600, 24 * 3600 - 1])
def test_all_day_long_on_the_day_of_registration_it_can_not_start(world: World, seconds: int) -> None:
    line = requested(world)
    moment = midnight(day(REGISTERED)) + timedelta(seconds=seconds)
    for on in (REGISTERED, FIRST, "2026-04-10"):
        with pytest.raises(NotRegistered, match=f"can be started from {FIRST} on") as refused:
            start_at(line, moment, on)
        assert refused.value.hindrance is Hindrance.TOO_SOON_AFTER_IBIS


@pytest.mark.parametrize("seconds", [0, 12 * 3600])
@pytest.mark.parametrize("on", [FIRST, "2026-03-29", "2026-04-10"])
def test_from_midnight_in_brussels_on_it_can(world: World, seconds: int, on: str) -> None:
    line = start_at(requested(world), midnight(day(FIRST)) + timedelta(seconds=seconds), on)
    assert line.started_on == day(on)


def test_a_start_is_never_dated_back_to_the_day_of_registration(world: World) -> None:
    with pytest.raises(NotRegistered) as refused:
        start_at(requested(world), midnight(day("2026-04-02")), REGISTERED)
    assert refused.value.hindrance is Hindrance.TOO_SOON_AFTER_IBIS


def test_a_partner_and_vdab_itself_wait_alike(world: World) -> None:
    line = requested(world)
    world.grant(REGISTERED)
    for unit in (world.spoor, None):
        with pytest.raises(NotRegistered, match="can be started from"):
            start_at(line, midnight(day(REGISTERED)), FIRST, by=unit)
    assert start_at(line, midnight(day(FIRST)), FIRST, by=world.spoor).started_on == day(FIRST)


@pytest.mark.parametrize("started", [REGISTERED, FIRST])
def test_registering_it_as_started_goes_round_nothing(world: World, started: str) -> None:
    with pytest.raises(NotRegistered, match="can be started from"):
        requested(world, started_on=day(started))
    assert not Activity.objects.exists()


def test_nor_does_another_executor_or_a_reopening(world: World) -> None:
    line = requested(world)
    actor = Actor(origin(REGISTERED))
    continued = replace_executor(line.pk, world.haven, on=day(REGISTERED), actor=actor)
    cancel(continued.pk, on=day(REGISTERED), actor=actor)
    reopen(continued.pk, on=day(REGISTERED), actor=actor)
    with pytest.raises(NotRegistered, match="can be started from"):
        start_at(continued, midnight(day(REGISTERED)), FIRST)
    assert start_at(continued, midnight(day(FIRST)), FIRST).started_on == day(FIRST)


def test_without_a_title_it_asks_one_at_the_start(world: World) -> None:
    line = requested(world, title="")
    with pytest.raises(NotRegistered) as refused:
        start_at(line, midnight(day(FIRST)), FIRST)
    assert refused.value.hindrance is Hindrance.NO_TITLE
    start_at(line, midnight(day(FIRST)), FIRST, title="Lassen, halfautomaat")
    line.refresh_from_db()
    assert (line.title, line.started_on) == ("Lassen, halfautomaat", day(FIRST))


def test_a_line_from_elsewhere_starts_on_the_day_of_its_request_and_needs_no_title(world: World) -> None:
    new = NewActivity(world.spoor, Kind.TRAINING, "", day(REGISTERED))
    line = register(world.piet.pk, new, actor=Actor(origin(REGISTERED)))
    assert start_at(line, midnight(day(REGISTERED)), REGISTERED).started_on == day(REGISTERED)
