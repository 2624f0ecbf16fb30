"""Stappen naar werk: what a partner may register, and with whose right (S03, S12)."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest

from inzage.dossiers.models import Activity, ActivityVersion, Performance
from inzage.journal.models import Origin
from inzage.rules.lines import Hindrance
from inzage.rules.names import Kind
from inzage.view_rights.ending import revoke
from inzage.view_rights.performing import Hours, perform
from inzage.view_rights.registering import (
    Actor,
    NewActivity,
    NotRegistered,
    cancel,
    close,
    register,
    reopen,
    replace_executor,
    start,
)
from tests.world import World, day, origin

ON = "2025-02-01"


def steps(world: World, activity: Activity) -> dict[str, Callable[[Actor], object]]:
    """Everything that can be done to a line, or for its unit, on that day."""
    on = day(ON)
    return {
        "register": lambda actor: register(
            activity.dossier_id, NewActivity(activity.unit, Kind.TRAINING, started_on=on), actor=actor
        ),
        "start": lambda actor: start(activity.pk, on=on, actor=actor),
        "close": lambda actor: close(activity.pk, on=on, actor=actor),
        "cancel": lambda actor: cancel(activity.pk, on=on, actor=actor),
        "reopen": lambda actor: reopen(activity.pk, on=on, actor=actor),
        "replace": lambda actor: replace_executor(activity.pk, world.haven, on=on, actor=actor),
        "perform": lambda actor: perform(activity.pk, Hours(on, Decimal(4)), actor=actor),
    }


def ready_for(step: str, world: World, **given: object) -> Activity:
    """A line in a state in which that step is possible."""
    activity = world.activity("2025-01-15", requested=step == "start", **given)
    if step == "reopen":
        return world.close(activity, "2025-01-20")
    return activity


STEPS = ["register", "start", "close", "cancel", "reopen", "replace", "perform"]


@pytest.mark.parametrize("step", STEPS)
def test_a_partner_acts_on_its_own_open_right(world: World, step: str) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", unit=world.haven)
    activity = ready_for(step, world)
    assert steps(world, activity)[step](Actor(origin(ON), world.spoor))
    assert world.is_proven(ON)


@pytest.mark.parametrize("step", STEPS)
def test_without_its_own_open_right_a_partner_does_nothing(world: World, step: str) -> None:
    world.grant("2025-01-10", unit=world.haven)  # another partner, same dossier
    world.grant("2025-01-10", dossier=world.an)  # this partner, another dossier
    activity = ready_for(step, world)
    before = (Activity.objects.count(), ActivityVersion.objects.count(), Performance.objects.count())
    with pytest.raises(NotRegistered):
        steps(world, activity)[step](Actor(origin(ON), world.spoor))
    assert (Activity.objects.count(), ActivityVersion.objects.count(), Performance.objects.count()) == before


@pytest.mark.parametrize("step", STEPS)
def test_on_another_organisations_line_a_partner_does_nothing(world: World, step: str) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", unit=world.haven)
    activity = ready_for(step, world, unit=world.haven)
    with pytest.raises(NotRegistered, match="Haven"):
        steps(world, activity)[step](Actor(origin(ON), world.spoor))


@pytest.mark.parametrize("step", STEPS)
def test_with_a_right_closed_yesterday_a_partner_does_nothing(world: World, step: str) -> None:
    right = world.grant("2025-01-10")
    activity = ready_for(step, world)
    revoke(right.pk, origin=origin("2025-01-31"))
    with pytest.raises(NotRegistered, match="no view right"):
        steps(world, activity)[step](Actor(origin(ON), world.spoor))


@pytest.mark.parametrize("step", STEPS)
def test_vdabs_own_people_need_no_right(world: World, step: str) -> None:
    activity = ready_for(step, world)
    assert steps(world, activity)[step](Actor(origin(ON)))


@pytest.mark.parametrize(
    ("state", "impossible"),
    [
        ("requested", ["reopen", "perform"]),
        ("running", ["start", "reopen"]),
        ("closed", ["start", "close", "cancel", "replace"]),
        ("cancelled", ["start", "close", "cancel", "replace", "perform"]),
    ],
)
def test_what_a_state_does_not_allow_is_refused_with_what_it_does(
    world: World, state: str, impossible: list[str]
) -> None:
    activity = world.activity("2025-01-15", requested=state == "requested")
    if state == "closed":
        world.close(activity, "2025-01-20")
    if state == "cancelled":
        world.cancel(activity, "2025-01-20")
    for step in impossible:
        with pytest.raises(NotRegistered, match="can't be done now"):
            steps(world, activity)[step](Actor(origin(ON)))


@pytest.mark.parametrize("step", ["close", "cancel"])
@pytest.mark.parametrize(
    ("on", "refused"), [("2025-01-14", True), ("2025-01-15", False), ("2025-01-16", False)]
)
def test_an_end_lies_not_before_its_start(world: World, step: str, on: str, refused: bool) -> None:
    activity = world.activity("2025-01-15")
    end = close if step == "close" else cancel
    if refused:
        with pytest.raises(NotRegistered, match="lies before the start 2025-01-15"):
            end(activity.pk, on=day(on), actor=Actor(origin(ON)))
    else:
        assert end(activity.pk, on=day(on), actor=Actor(origin(ON)))


def test_performances_are_corrected_with_the_earlier_entry_kept(world: World) -> None:
    activity = world.activity("2025-01-15")
    first = perform(activity.pk, Hours(day("2025-01-16"), Decimal(8)), actor=Actor(origin("2025-01-16")))
    corrected = Hours(day("2025-01-16"), Decimal(5), Decimal(3), "ziek")
    second = perform(
        activity.pk, corrected, actor=Actor(Origin("person:2", origin("2025-01-17").at, "portal"))
    )
    third = perform(activity.pk, corrected._replace(present=Decimal(4)), actor=Actor(origin("2025-01-18")))
    assert [entry.replaces for entry in (first, second, third)] == [None, first, second]
    assert (first.recorded_by, second.recorded_by, second.absence_reason) == ("person:1", "person:2", "ziek")
    assert activity.performances.get(replaced_by=None) == third


@pytest.mark.parametrize(
    ("present", "absent", "reason", "may"),
    [
        ("24", "0", "", True),
        ("20", "4", "ziek", True),
        ("20.5", "4", "ziek", False),
        ("-1", "0", "", False),
        ("4", "4", "", False),
        ("0", "8", "ziek", True),
    ],
)
def test_hours_fit_in_a_day_and_an_absence_has_its_reason(
    world: World, present: str, absent: str, reason: str, may: bool
) -> None:
    activity = world.activity("2025-01-15")
    hours = Hours(day("2025-01-16"), Decimal(present), Decimal(absent), reason)
    if may:
        assert perform(activity.pk, hours, actor=Actor(origin("2025-01-16"))).hours_present == Decimal(
            present
        )
    else:
        with pytest.raises(NotRegistered, match="between 0 and 24"):
            perform(activity.pk, hours, actor=Actor(origin("2025-01-16")))
        assert not Performance.objects.exists()


def test_a_replaced_executors_line_is_continued_by_a_new_one(world: World) -> None:
    old = world.activity("2025-01-15")
    new = replace_executor(old.pk, world.haven, on=day(ON), actor=Actor(origin(ON)))
    old.refresh_from_db()
    assert (old.closed_on, old.unit, new.continues, new.unit, new.started_on) == (
        day(ON),
        world.spoor,
        old,
        world.haven,
        day(ON),
    )


@pytest.mark.parametrize(
    ("on", "refused"), [("2025-02-28", False), ("2025-03-01", False), ("2025-03-02", True)]
)
@pytest.mark.parametrize("step", ["close", "cancel"])
def test_a_start_lies_not_after_an_end_already_entered(
    world: World, step: str, on: str, refused: bool
) -> None:
    activity = world.activity("2025-01-15", requested=True)
    end = close if step == "close" else cancel
    end(activity.pk, on=day("2025-03-01"), actor=Actor(origin(ON)))
    if refused:
        with pytest.raises(NotRegistered, match="The end 2025-03-01"):
            start(activity.pk, on=day(on), actor=Actor(origin(ON)))
    else:
        assert start(activity.pk, on=day(on), actor=Actor(origin(ON))).started_on == day(on)


@pytest.mark.parametrize("hours", ["24.01", "100", "-0.01", "NaN", "Infinity"])
@pytest.mark.parametrize("part", ["present", "absent"])
def test_hours_that_no_day_has_are_refused_with_a_sentence(world: World, part: str, hours: str) -> None:
    activity = world.activity("2025-01-15")
    given = {"present": Decimal(0), "absence_reason": "ziek", part: Decimal(hours)}
    with pytest.raises(NotRegistered, match="between 0 and 24"):
        perform(activity.pk, Hours(day("2025-01-16"), **given), actor=Actor(origin("2025-01-16")))  # type: ignore[arg-type]
    assert not Performance.objects.exists()


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        ("2025-01-14", False),  # before it began
        ("2025-01-15", True),
        ("2025-01-20", True),  # closed that day
        ("2025-01-21", False),
    ],
)
def test_hours_are_registered_for_days_on_which_the_activity_ran(world: World, on: str, taken: bool) -> None:
    world.grant("2025-01-10")
    activity = world.close(world.activity("2025-01-15"), "2025-01-20")
    actor = Actor(origin("2025-02-01"))
    if taken:
        assert perform(activity.pk, Hours(day(on), Decimal(8)), actor=actor).day == day(on)
        return
    with pytest.raises(NotRegistered) as refused:
        perform(activity.pk, Hours(day(on), Decimal(8)), actor=actor)
    assert refused.value.hindrance is Hindrance.HOURS_OUTSIDE


@pytest.mark.parametrize(("on", "taken"), [("2025-02-01", 1), ("2025-02-02", 0)])
def test_hours_of_tomorrow_are_not_registered(world: World, on: str, taken: int) -> None:
    world.grant("2025-01-10")
    activity = world.activity("2025-01-15")
    with suppress(NotRegistered):
        perform(activity.pk, Hours(day(on), Decimal(8)), actor=Actor(origin("2025-02-01")))
    assert activity.performances.count() == taken


@pytest.mark.parametrize(
    ("on", "reopened"),
    [("2025-01-19", False), ("2025-01-20", True), ("2025-02-01", True), ("2025-02-02", False)],
)
def test_a_line_reopens_between_its_end_and_today(world: World, on: str, reopened: bool) -> None:
    world.grant("2025-01-10")
    activity = world.close(world.activity("2025-01-15"), "2025-01-20")
    with suppress(NotRegistered):
        reopen(activity.pk, on=day(on), actor=Actor(origin("2025-02-01")))
    activity.refresh_from_db()
    assert (activity.closed_on is None) is reopened
    assert (world.last_day() is None) is reopened
