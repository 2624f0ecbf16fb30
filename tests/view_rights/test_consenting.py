"""Consents on their way: granted once, withdrawn with what ends and what stays shown beforehand (S04 to S06)."""

import pytest

from inzage.consents.models import ConsentForm, ConsentFormVersion
from inzage.notices.models import Notice
from inzage.rules.granting import Refusal
from inzage.rules.names import Route
from inzage.tasks.models import Task
from inzage.view_rights.consenting import (
    refuse,
    send_back,
    take_in,
)
from inzage.view_rights.ending import record_death
from inzage.view_rights.granting import NotGranted, grant_by_form
from inzage.view_rights.models import GrantVersion, ViewRight
from inzage.view_rights.withdrawing import foresee_withdrawal, withdraw
from tests.world import World, day, origin


def withdrawn(world: World, on: str, *, entered: str | None = None) -> bool:
    """Withdraw the first consent; whether that ended the right, which must be what was foreseen."""
    form = ConsentForm.objects.earliest("pk")
    foreseen = foresee_withdrawal(form.pk, withdrawn_on=day(on), origin=origin(entered or on))
    happened = withdraw(form.pk, withdrawn_on=day(on), origin=origin(entered or on))
    assert (happened.right, happened.ends) == (foreseen.right, foreseen.ends)
    assert world.is_proven(entered or on)
    return happened.ends


def test_with_no_ground_left_the_right_closes_at_once(world: World) -> None:
    world.grant("2025-01-10")
    assert withdrawn(world, "2025-03-01")
    right = world.right()
    assert (right.closing_reason, right.closed_on, right.closed_at) == (
        "withdrawn",
        day("2025-03-01"),
        origin("2025-03-01").at,
    )
    assert world.may_view("2025-02-28")
    assert not world.may_view("2025-03-01")
    assert Notice.objects.filter(kind="closed", unit=world.spoor).exists()


def test_a_right_that_also_rests_on_another_consent_stays(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-02-10")
    assert world.last_day() == "2025-08-10"
    assert not withdrawn(world, "2025-03-01")
    assert (world.last_day(), Task.objects.count()) == ("2025-08-10", 0)


def test_what_was_withdrawn_no_longer_counts_as_the_last_grant(world: World) -> None:
    world.grant("2025-01-10")
    second = world.form("2025-02-10")
    grant_by_form(second.pk, origin=origin("2025-02-10"))
    withdraw(second.pk, withdrawn_on=day("2025-03-01"), origin=origin("2025-03-01"))
    assert world.last_day() == "2025-07-10"


@pytest.mark.parametrize("ended", [False, True])
def test_on_an_assignment_running_or_ended_it_stays_and_a_mediator_is_asked(
    world: World, ended: bool
) -> None:
    world.grant("2025-01-10")
    assignment = world.assign("2025-01-12")
    if ended:
        world.end_assignment(assignment, "2025-02-01")
    assert not withdrawn(world, "2025-03-01")
    assert world.last_day() == ("2025-08-01" if ended else None)
    assert Task.objects.get().kind == "withdrawal"


def test_entered_late_it_bites_from_the_day_of_entry(world: World) -> None:
    world.grant("2025-01-10")
    assert withdrawn(world, "2025-02-01", entered="2025-03-01")
    assert world.right().closed_on == day("2025-03-01")
    assert ConsentForm.objects.get().withdrawn_on == day("2025-02-01")


def test_announced_it_bites_on_its_own_day(world: World) -> None:
    world.grant("2025-01-10")
    withdrawn(world, "2025-04-01", entered="2025-03-01")
    right = world.right()
    assert (right.closed_on, world.last_day(), right.ends_by) == (None, "2025-03-31", "withdrawn")
    assert world.night("2025-04-01").closed == 1
    assert (world.right().closing_reason, world.right().closed_on) == ("withdrawn", day("2025-04-01"))


def test_after_the_right_has_ended_there_is_nothing_to_take_away(world: World) -> None:
    world.grant("2025-01-10")
    form = ConsentForm.objects.get()
    on = origin("2025-07-11")
    assert foresee_withdrawal(form.pk, withdrawn_on=day("2025-07-11"), origin=on).right is None
    withdraw(form.pk, withdrawn_on=day("2025-07-11"), origin=origin("2025-07-11"))
    assert (world.right().closing_reason, world.last_day()) == ("term", "2025-07-10")


def test_withdrawn_before_it_is_granted_it_grants_nothing(world: World) -> None:
    form = world.form("2025-01-10")
    withdraw(form.pk, withdrawn_on=day("2025-01-11"), origin=origin("2025-01-11"))
    with pytest.raises(NotGranted) as refused:
        grant_by_form(form.pk, origin=origin("2025-01-12"))
    assert refused.value.refusal is Refusal.WITHDRAWN
    assert not ViewRight.objects.exists()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"completed_on": None}, Refusal.INCOMPLETE),
        ({"completed_on": day("2025-01-11")}, Refusal.BEFORE_COMPLETION),
        ({"route": Route.BRUSSELS_FORM, "informed_of_actiris": False}, Refusal.INCOMPLETE),
    ],
)
def test_the_rules_refuse_with_a_reason_and_nothing_changes(
    world: World, given: dict[str, object], refusal: Refusal
) -> None:
    form = world.form("2025-01-10", **given)
    with pytest.raises(NotGranted) as refused:
        grant_by_form(form.pk, origin=origin("2025-01-10"))
    assert refused.value.refusal is refusal
    form.refresh_from_db()
    assert (form.state, ViewRight.objects.count()) == ("received", 0)


@pytest.mark.parametrize(
    ("on", "granted"), [("2025-01-31", True), ("2025-02-01", False), ("2025-02-02", False)]
)
def test_nothing_is_granted_on_or_after_a_death(world: World, on: str, granted: bool) -> None:
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-01-20"))
    form = world.form(on)
    if granted:
        assert grant_by_form(form.pk, origin=origin(on)).last_day == day("2025-01-31")
    else:
        with pytest.raises(NotGranted):
            grant_by_form(form.pk, origin=origin(on))


def test_a_handled_form_takes_nothing_more(world: World) -> None:
    form = world.form("2025-01-10")
    grant_by_form(form.pk, origin=origin("2025-01-10"))
    on = origin("2025-01-11")
    for again in (
        lambda: take_in(form.pk, completed_on=day("2025-01-11"), origin=on),
        lambda: send_back(form.pk, origin=on),
        lambda: refuse(form.pk, reason="te laat", origin=on),
        lambda: grant_by_form(form.pk, origin=on),
    ):
        with pytest.raises(NotGranted) as refused:
            again()
        assert refused.value.refusal is Refusal.ALREADY_HANDLED
    assert ViewRight.objects.get().grants.count() == 1


def test_the_one_who_asked_is_told_what_is_missing(world: World) -> None:
    form = world.form("2025-01-10", unit=world.brug, by=world.spoor, completed_on=None)
    send_back(form.pk, remark="Vul de datum in", origin=origin("2025-01-10"))
    notice = Notice.objects.get()
    assert (notice.unit, notice.kind) == (world.spoor, "sent_back")
    assert notice.detail.splitlines() == ["completed_on", "Vul de datum in"]


def test_every_state_of_a_form_and_of_its_ground_is_kept(world: World) -> None:
    world.grant("2025-01-10")
    withdrawn(world, "2025-03-01")
    states = ConsentFormVersion.objects.order_by("pk").values_list("state", "withdrawn_on")
    assert list(states) == [
        ("asked", None),
        ("received", None),
        ("granted", None),
        ("granted", day("2025-03-01")),
    ]
    assert [version.withdrawn_on for version in GrantVersion.objects.order_by("pk")] == [
        None,
        day("2025-03-01"),
    ]


def test_what_is_foreseen_holds_after_a_missed_night_too(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-12", from_="2025-02-01")
    assert not withdrawn(world, "2025-02-05")
    assert (world.last_day(), world.right().relation) == (None, "owner")


def test_a_ground_that_begins_tomorrow_does_not_keep_the_right_today(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-12", from_="2025-02-01")
    assert withdrawn(world, "2025-01-31")
    world.night("2025-02-01")
    assert world.right().granted_on == day("2025-02-01")


def test_what_was_withdrawn_stays_withdrawn(world: World) -> None:
    world.grant("2025-01-20")
    world.assign("2025-01-20")
    withdrawn(world, "2025-02-01")
    with pytest.raises(NotGranted) as refused:
        withdraw(ConsentForm.objects.get().pk, withdrawn_on=day("2026-01-01"), origin=origin("2025-02-01"))
    assert refused.value.refusal is Refusal.WITHDRAWN
    assert ConsentForm.objects.get().withdrawn_on == day("2025-02-01")


def test_an_announced_withdrawal_can_be_moved_until_its_day(world: World) -> None:
    world.grant("2025-01-10")
    withdrawn(world, "2025-05-01", entered="2025-02-01")
    withdrawn(world, "2025-04-01", entered="2025-03-01")
    assert (world.last_day(), world.right().ends_by) == ("2025-03-31", "withdrawn")


def test_granted_and_withdrawn_on_one_day_it_has_no_usable_day_and_a_new_consent_opens_anew(
    world: World,
) -> None:
    world.grant("2025-01-10")
    assert withdrawn(world, "2025-01-10")
    assert not world.may_view("2025-01-10")
    world.grant("2025-01-10")
    assert world.may_view("2025-01-10")
    assert ViewRight.objects.count() == 2


@pytest.mark.parametrize(("day_asked", "may"), [("2025-01-31", True), ("2025-02-01", False)])
def test_a_withdrawal_announced_before_the_grant_bites_on_its_day(
    world: World, day_asked: str, may: bool
) -> None:
    form = world.form("2025-01-10")
    withdraw(form.pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-01-11"))
    grant_by_form(form.pk, origin=origin("2025-01-12"))
    world.night("2025-02-01")
    assert world.may_view(day_asked) is may
    assert world.is_proven("2025-02-01")
