"""A restored right rests on the consents of the closed one: it stays while one of them counts, and says so (S04)."""

from itertools import permutations

import pytest

from inzage.consents.models import ConsentForm
from inzage.tasks.models import Task
from inzage.view_rights import ending, objecting
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from inzage.view_rights.withdrawing import Withdrawal, foresee_withdrawal, withdraw
from tests.world import World, day, origin

ORDERS = [order for number in (1, 2, 3) for order in permutations(range(number))]


def restored(world: World, consents: int) -> ViewRight:
    """Spoor's right upon that many consents, revoked by an error on 1 March and restored on the 6th."""
    for number in range(consents):
        world.grant(f"2025-01-1{number}")
    closed = ending.revoke(world.right().pk, origin=origin("2025-03-01"))
    request = ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-03-05", by="person:7"))
    return approve_restoration(request, origin=origin("2025-03-06", by="person:8"))


def withdrawn(world: World, consent: int, on: str, *, entered: str) -> Withdrawal:
    """Withdraw that consent, the first being 0; what was told beforehand is what is done, and what is stored."""
    form = ConsentForm.objects.order_by("pk")[consent]
    told = foresee_withdrawal(form.pk, withdrawn_on=day(on), origin=origin(entered))
    assert withdraw(form.pk, withdrawn_on=day(on), origin=origin(entered)) == told
    assert told.right is not None
    told.right.refresh_from_db()
    assert told.right.last_day == told.last_day
    assert world.is_proven(entered)
    return told


@pytest.mark.parametrize("order", ORDERS)
def test_it_stays_on_the_others_until_the_last_is_withdrawn(world: World, order: tuple[int, ...]) -> None:
    right = restored(world, len(order))
    for already, consent in enumerate(order, 1):
        on, is_last = f"2025-04-0{already}", already == len(order)
        told = withdrawn(world, consent, on, entered=on)
        assert (told.right, told.ends, told.left) == (right, is_last, () if is_last else ("form",))
        assert world.may_view(on) is not is_last


@pytest.mark.parametrize("days", [("2025-04-10", "2025-04-20"), ("2025-04-20", "2025-04-10")])
def test_of_two_announced_withdrawals_the_later_day_ends_it(world: World, days: tuple[str, str]) -> None:
    restored(world, 2)
    for consent, on in enumerate(days):
        withdrawn(world, consent, on, entered="2025-04-01")
    assert (world.may_view("2025-04-19"), world.may_view("2025-04-20")) == (True, False)


def test_an_announced_day_that_is_moved_moves_the_end(world: World) -> None:
    restored(world, 1)
    withdrawn(world, 0, "2025-04-20", entered="2025-04-01")
    withdrawn(world, 0, "2025-04-10", entered="2025-04-02")
    assert (world.may_view("2025-04-09"), world.may_view("2025-04-10")) == (True, False)


def test_a_consent_given_since_the_announcement_keeps_it(world: World) -> None:
    restored(world, 1)
    withdrawn(world, 0, "2025-04-20", entered="2025-04-01")
    world.grant("2025-04-02")
    assert world.may_view("2025-04-20")
    assert withdrawn(world, 1, "2025-04-03", entered="2025-04-03").last_day == day("2025-04-19")


def test_borne_by_an_assignment_it_stays_and_a_mediator_looks_at_it(world: World) -> None:
    world.assign("2025-01-09")
    restored(world, 1)
    told = withdrawn(world, 0, "2025-04-01", entered="2025-04-01")
    assert (told.ends, told.left) == (False, ("assignment",))
    assert Task.objects.get().kind == "withdrawal"


@pytest.mark.parametrize("assigned", [True, False])
def test_shutting_the_unit_out_tells_what_bears_it(world: World, assigned: bool) -> None:
    if assigned:
        world.assign("2025-01-09")
    restored(world, 2)
    told = objecting.object_to(world.piet.pk, world.spoor, origin=origin("2025-04-01"))
    assert (told.ends, told.left) == (not assigned, ("assignment",) if assigned else ())
    assert world.may_view("2025-04-01") is assigned
