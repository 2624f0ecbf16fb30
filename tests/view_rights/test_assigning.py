"""Assignments: one owner at a time, every earlier one readable, rights following (S02, S19)."""

import pytest

from inzage.dossiers.models import Assignment, AssignmentVersion
from inzage.partners.models import Service
from inzage.rules.granting import Refusal
from inzage.tasks.models import Task
from inzage.view_rights.assigning import NotAssigned, owner_on, owners_of, transfer
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import NotGranted
from tests.world import World, day, origin


def test_a_transfer_keeps_the_earlier_owner_and_its_contact_readable(world: World) -> None:
    first = world.assign("2025-01-10", contact="Carla")
    second = transfer(
        first.pk, world.haven, world.wij3, on=day("2025-03-01"), origin=origin("2025-03-01"), contact="Cem"
    )
    known = owners_of(world.piet)
    owners = {on: owner_on(known, day(on)) for on in ("2025-01-09", "2025-02-28", "2025-03-01")}
    assert owners["2025-01-09"] is None
    assert owners["2025-02-28"] == first
    assert owners["2025-03-01"] == second
    first.refresh_from_db()
    assert (first.contact, first.end_reason, second.contact) == ("Carla", "transferred_to_partner", "Cem")
    assert (world.last_day(), world.right().relation) == ("2025-09-01", "former_owner")
    assert (world.last_day(unit=world.haven), world.right(unit=world.haven).relation) == (None, "owner")
    assert world.is_proven("2025-03-01")


def test_a_transfer_that_fails_changes_nothing(world: World) -> None:
    first = world.assign("2025-01-10")
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-01"))
    with pytest.raises(NotGranted) as refused:
        transfer(first.pk, world.haven, world.wij3, on=day("2025-03-01"), origin=origin("2025-03-01"))
    assert refused.value.refusal is Refusal.DECEASED
    first.refresh_from_db()
    assert (first.ended_on, Assignment.objects.count()) == (None, 1)


def test_every_change_is_kept_with_who_when_and_from_which_day(world: World) -> None:
    assignment = world.assign("2025-01-10")
    world.end_assignment(assignment, "2025-02-01", entered="2025-02-05")
    first, second = AssignmentVersion.objects.order_by("pk")
    assert (first.ended_on, first.holds_from, first.recorded_by) == (None, day("2025-01-10"), "person:1")
    assert (second.ended_on, second.holds_from, second.recorded_at) == (
        day("2025-02-01"),
        day("2025-02-01"),
        origin("2025-02-05").at,
    )


@pytest.mark.parametrize(
    ("on", "said"), [("2025-01-09", "lies before the start"), ("2025-01-10", None), ("2025-06-01", None)]
)
def test_an_assignment_ends_on_or_after_its_start(world: World, on: str, said: str | None) -> None:
    assignment = world.assign("2025-01-10")
    if said:
        with pytest.raises(NotAssigned, match=said):
            world.end_assignment(assignment, on, entered="2025-06-01")
    else:
        assert world.end_assignment(assignment, on, entered="2025-06-01").ended_on == day(on)


def test_an_assignment_ends_once_but_an_end_to_come_may_move(world: World) -> None:
    assignment = world.assign("2025-01-10")
    world.end_assignment(assignment, "2025-06-01", entered="2025-02-01")
    assert world.last_day() == "2025-12-01"
    world.end_assignment(assignment, "2025-05-01", entered="2025-02-02")
    assert world.last_day() == "2025-11-01"
    with pytest.raises(NotAssigned, match="already ended on 2025-05-01"):
        world.end_assignment(assignment, "2025-05-03")


def test_an_end_entered_late_ends_no_right_before_the_day_of_entry(world: World) -> None:
    assignment = world.assign("2024-01-10")
    world.end_assignment(assignment, "2024-02-01", entered="2025-01-20")
    assert world.last_day() == "2025-01-20"
    assert world.may_view("2025-01-20")
    assert not world.may_view("2025-01-21")


def test_the_same_unit_may_own_under_another_service_at_once(world: World) -> None:
    first = world.assign("2025-01-10")
    world.assign("2025-02-01", service=world.wij3)
    world.end_assignment(first, "2025-03-01")
    assert (world.right().rule, world.last_day()) == ("closing.owner.WIJ3", None)


def test_nothing_opens_on_or_after_a_death(world: World) -> None:
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-01-15"))
    with pytest.raises(NotGranted):
        world.assign("2025-02-01")
    world.assign("2025-01-31")
    assert world.last_day() == "2025-01-31"


@pytest.mark.parametrize("from_", ["2025-01-15", "2025-02-01", "2025-04-01"])
def test_entered_after_a_death_an_assignment_opens_nothing(world: World, from_: str) -> None:
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-01"))
    with pytest.raises(NotGranted) as refused:
        world.assign("2025-03-01", from_=from_)
    assert refused.value.refusal is Refusal.DECEASED
    assert not Assignment.objects.exists()
    assert world.assign("2025-03-01", from_=from_, dossier=world.an).makes_owner  # nobody died there


@pytest.mark.parametrize(("on", "moves"), [("2025-05-31", True), ("2025-06-01", True), ("2025-06-02", False)])
def test_an_end_to_come_does_not_move_over_the_next_owner(world: World, on: str, moves: bool) -> None:
    first = world.assign("2025-01-10")
    transfer(first.pk, world.haven, world.wij3, on=day("2025-06-01"), origin=origin("2025-02-01"))
    if moves:
        assert world.end_assignment(first, on, entered="2025-03-01").ended_on == day(on)
    else:
        with pytest.raises(NotAssigned, match="Haven"):
            world.end_assignment(first, on, entered="2025-03-01")
        first.refresh_from_db()
        assert first.ended_on == day("2025-06-01")


def test_an_ownership_of_no_days_is_in_nobodys_way(world: World) -> None:
    world.end_assignment(world.assign("2025-02-01", unit=world.haven), "2025-02-01")
    world.assign("2025-02-10", from_="2025-01-15")
    assert owner_on(owners_of(world.piet), day("2025-02-01")) == Assignment.objects.get(unit=world.spoor)


@pytest.mark.parametrize(("code", "asked"), [("TIBB4", 0), ("NIEUW", 1)])
def test_assigned_under_a_service_without_a_rule_somebody_is_asked_once(
    world: World, code: str, asked: int
) -> None:
    service, _new = Service.objects.get_or_create(code=code, defaults={"name": code, "tendered": True})
    world.assign("2025-01-10", service=service)
    world.assign("2025-01-10", service=service, dossier=world.an)
    assert Task.objects.filter(kind="rule_gap", subject=f"service:{code}").count() == asked
    assert world.right().rule == f"closing.owner.{code}"
