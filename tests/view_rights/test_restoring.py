"""A right closed by an error stands again: as a new right, with four eyes, the gap for everyone to see."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from inzage.view_rights import ending, objecting, withdrawing
from inzage.view_rights.explaining import explain
from inzage.view_rights.held import Restoration, RestorationAnswer
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import (
    NotRestored,
    approve_restoration,
    ask_restoration,
    refuse_restoration,
    to_approve,
)
from tests.world import World, day, origin

MIRA, RUDI = "person:7", "person:8"


@pytest.fixture
def closed(world: World) -> ViewRight:
    """Spoor's right on Piet's dossier, revoked by an error on 1 March."""
    right = world.grant("2025-01-10")
    return ending.revoke(right.pk, origin=origin("2025-03-01"))


def asked(right: ViewRight, on: str = "2025-03-05") -> Restoration:
    """Mira asks that it is restored."""
    return ask_restoration(right.pk, "Verkeerde klant gekozen.", origin=origin(on, by=MIRA))


def restored(right: ViewRight, on: str = "2025-03-06") -> ViewRight:
    """Rudi agrees."""
    return approve_restoration(asked(right), origin=origin(on, by=RUDI))


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal."""
    with pytest.raises(NotRestored) as refusal:
        act()
    return refusal.value.reason


def test_a_new_right_with_its_own_ground_opens_and_the_closed_one_stays(
    world: World, closed: ViewRight
) -> None:
    before = ViewRight.objects.filter(pk=closed.pk).values().get()
    right = restored(closed)
    assert (str(right.granted_on), str(right.last_day), right.pk == closed.pk) == (
        "2025-03-06",
        "2025-09-06",
        False,
    )
    assert [grant.ground for grant in right.grants.all()] == ["restored"]
    assert ViewRight.objects.filter(pk=closed.pk).values().get() == before
    assert not world.may_view("2025-03-05")
    assert world.may_view("2025-03-06")
    assert world.is_proven("2025-03-06")


def test_the_gap_is_explained(closed: ViewRight) -> None:
    sentences = explain(restored(closed), today=day("2025-03-07"), language="en")
    assert any("closed from 1 March 2025 on, and open again from 6 March" in each for each in sentences)


def test_nobody_approves_an_own_request(closed: ViewRight) -> None:
    request = asked(closed)
    approve = lambda: approve_restoration(request, origin=origin("2025-03-06", by=MIRA))  # noqa: E731
    assert refused(approve) == "own_request"


def test_a_refused_request_opens_nothing_and_is_not_answered_again(world: World, closed: ViewRight) -> None:
    request = asked(closed)
    refuse_restoration(request, "Het was geen vergissing.", origin=origin("2025-03-06", by=RUDI))
    assert not world.may_view("2025-03-06")
    assert not to_approve().exists()
    again = lambda: approve_restoration(request, origin=origin("2025-03-06", by=RUDI))  # noqa: E731
    assert refused(again) == "answered"


def test_it_is_asked_once_while_it_waits(closed: ViewRight) -> None:
    asked(closed)
    assert refused(lambda: asked(closed)) == "asked"


def test_an_open_right_is_not_restored(world: World) -> None:
    right = world.grant("2025-01-10")
    assert refused(lambda: asked(right)) == "open"


def test_where_the_unit_has_a_right_again_nothing_is_restored(world: World, closed: ViewRight) -> None:
    request = asked(closed)
    world.grant("2025-03-06")
    approve = lambda: approve_restoration(request, origin=origin("2025-03-06", by=RUDI))  # noqa: E731
    assert refused(approve) == "stands"


def test_after_the_clients_death_nothing_is_restored(world: World, closed: ViewRight) -> None:
    request = asked(closed)
    ending.record_death(world.piet.pk, deceased_on=day("2025-03-05"), origin=origin("2025-03-05"))
    approve = lambda: approve_restoration(request, origin=origin("2025-03-06", by=RUDI))  # noqa: E731
    assert refused(approve) == "died"


def test_against_the_clients_objection_nothing_is_restored(world: World, closed: ViewRight) -> None:
    request = asked(closed)
    objecting.object_to(world.piet.pk, world.spoor, origin=origin("2025-03-05"))
    approve = lambda: approve_restoration(request, origin=origin("2025-03-06", by=RUDI))  # noqa: E731
    assert refused(approve) == "objected"


def test_what_the_client_ended_only_the_client_opens(world: World) -> None:
    form = world.grant("2025-01-10").grants.get().form
    assert form is not None
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-03-01"), origin=origin("2025-03-01"))
    assert refused(lambda: asked(world.right())) == "ended_by_client"


def test_a_right_that_ended_by_its_term_is_not_restored_against_a_withdrawal(world: World) -> None:
    """Asked while the consent still counted; withdrawn before the approval, or before the asking."""
    form = world.grant("2025-01-10").grants.get().form
    assert form is not None
    world.night("2025-07-11")
    request = asked(world.right(), "2025-07-12")
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-07-13"), origin=origin("2025-07-13"))
    approve = lambda: approve_restoration(request, origin=origin("2025-07-14", by=RUDI))  # noqa: E731
    assert refused(approve) == "nothing_bears"
    refuse_restoration(request, "Ingetrokken.", origin=origin("2025-07-14", by=RUDI))
    assert refused(lambda: asked(world.right(), "2025-07-15")) == "nothing_bears"
    assert not world.may_view("2025-07-15")


@pytest.mark.parametrize("bears", ["consent", "assignment"])
def test_another_consent_or_an_assignment_bears_what_is_restored(world: World, bears: str) -> None:
    if bears == "consent":
        world.grant("2025-01-09")
    else:
        world.assign("2025-01-09")
    form = world.grant("2025-01-10").grants.get(granted_on="2025-01-10").form
    assert form is not None
    closed = ending.revoke(world.right().pk, origin=origin("2025-03-01"))
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-03-02"), origin=origin("2025-03-02"))
    restored(closed)
    assert world.may_view("2025-03-06")


def test_a_withdrawal_announced_before_the_approval_ends_the_restored_right_on_its_day(
    world: World, closed: ViewRight
) -> None:
    form = closed.grants.get().form
    assert form is not None
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-03-20"), origin=origin("2025-03-02"))
    restored(closed)
    assert (world.may_view("2025-03-19"), world.may_view("2025-03-20")) == (True, False)
    assert world.is_proven("2025-03-06")


def test_no_earlier_right_stands_in_for_one_that_the_client_ended(world: World, closed: ViewRight) -> None:
    """The consent of the first right still counts; what the client ended was a later one."""
    form = world.grant("2025-03-02").grants.get().form
    assert form is not None
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-03-03"), origin=origin("2025-03-03"))
    assert refused(lambda: asked(closed)) == "ended_since"


def test_the_restored_right_goes_with_the_consent_on_which_the_closed_one_rested(
    world: World, closed: ViewRight
) -> None:
    restored(closed)
    form = closed.grants.get().form
    assert form is not None
    told = withdrawing.withdraw(form.pk, withdrawn_on=day("2025-04-01"), origin=origin("2025-04-01"))
    assert told.ends
    assert (world.right().closing_reason, str(world.right().closed_on)) == ("withdrawn", "2025-04-01")
    assert world.is_proven("2025-04-01")


def test_an_objection_ends_the_restored_right_too(world: World, closed: ViewRight) -> None:
    restored(closed)
    objecting.object_to(world.piet.pk, world.spoor, origin=origin("2025-04-01"))
    assert world.right().closing_reason == "objected"
    assert world.is_proven("2025-04-01")


def test_a_right_restored_upon_an_assignment_stays_without_consents(world: World) -> None:
    world.assign("2025-01-10")
    form = world.grant("2025-01-12").grants.get(ground="form").form
    assert form is not None
    closed = ending.revoke(world.right().pk, origin=origin("2025-03-01"))
    restored(closed)
    withdrawing.withdraw(form.pk, withdrawn_on=day("2025-04-01"), origin=origin("2025-04-01"))
    assert world.right().closed_on is None
    assert world.is_proven("2025-04-01")


def test_what_was_asked_and_answered_is_never_changed(closed: ViewRight) -> None:
    restored(closed)
    for model in (Restoration, RestorationAnswer):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()
