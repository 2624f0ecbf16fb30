"""What bears a restored right: the grounds of the right that was restored, and of none that was over long before."""

import pytest

from inzage.consents.models import ConsentForm
from inzage.rules.names import Ground
from inzage.tasks.models import Task
from inzage.view_rights.bearing import bearing, restored_upon_consents
from inzage.view_rights.ending import revoke
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import NotRestored, approve_restoration, ask_restoration
from inzage.view_rights.withdrawing import Withdrawal, foresee_withdrawal, withdraw
from tests.world import World, day, origin


@pytest.fixture
def right(world: World) -> ViewRight:
    """Spoor's right upon a consent of 2025; before it, one upon an assignment and one upon a consent, long over."""
    world.end_assignment(world.assign("2022-01-10"), "2022-02-10")
    world.night("2022-08-11")
    world.grant("2023-01-10")
    world.night("2023-07-11")
    return world.grant("2025-01-10")


def restored(right: ViewRight, closed: str, on: str) -> ViewRight:
    """Revoked by an error, and restored."""
    revoke(right.pk, origin=origin(closed))
    request = ask_restoration(right.pk, "Vergissing.", origin=origin(on, by="person:7"))
    return approve_restoration(request, origin=origin(on, by="person:8"))


def withdrawn(form: ConsentForm, on: str) -> Withdrawal:
    """Withdraw it; what was told beforehand is what is done."""
    told = foresee_withdrawal(form.pk, withdrawn_on=day(on), origin=origin(on))
    assert withdraw(form.pk, withdrawn_on=day(on), origin=origin(on)) == told
    return told


def refused(right: ViewRight, on: str) -> str:
    """The code with which asking is refused."""
    with pytest.raises(NotRestored) as refusal:
        ask_restoration(right.pk, "Vergissing.", origin=origin(on))
    return refusal.value.reason


def consent(number: int) -> ConsentForm:
    """The consents in the order in which they were given, the first being 0."""
    return ConsentForm.objects.order_by("pk")[number]


def test_grounds_of_rights_that_were_over_restore_nothing_against_a_withdrawal(
    world: World, right: ViewRight
) -> None:
    revoke(right.pk, origin=origin("2025-03-01"))
    withdrawn(consent(1), "2025-03-03")
    assert refused(right, "2025-03-05") == "nothing_bears"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_right_however_often_restored_ends_with_the_consent_under_it(
    world: World, right: ViewRight, times: int
) -> None:
    """And no mediator is asked about an assignment that is none of its grounds."""
    for month in range(2, 2 + times):
        right = restored(right, f"2025-0{month}-01", f"2025-0{month}-06")
    told = withdrawn(consent(1), "2025-06-08")
    assert (told.right, told.ends, told.left) == (right, True, ())
    assert not world.may_view("2025-06-08")
    assert not Task.objects.exists()
    assert refused(right, "2025-06-09") == "ended_by_client"
    assert world.is_proven("2025-06-09")


def test_what_it_was_given_since_bears_a_restored_right_beside_what_is_under_it(
    world: World, right: ViewRight
) -> None:
    again = restored(right, "2025-03-01", "2025-03-06")
    world.assign("2025-03-10")
    bears = bearing(again.dossier_id)
    assert [one.ground for one in bears[again.pk]] == [Ground.FORM, Ground.ASSIGNMENT]
    assert [one.ground for one in bears[right.pk]] == [Ground.FORM]
    assert restored_upon_consents(again.dossier_id, on=day("2025-03-11")) == {}


def test_only_consents_under_it_are_said_to_end_a_restored_right(world: World, right: ViewRight) -> None:
    again = restored(right, "2025-03-01", "2025-03-06")
    on = day("2025-03-07")
    assert restored_upon_consents(again.dossier_id, on=on) == {consent(1).pk: again}
    assert not withdrawn(consent(0), "2025-03-07").ends
    assert world.may_view("2025-03-07")


def test_an_earlier_right_does_not_stand_in_for_any_later_one_that_the_client_ended(world: World) -> None:
    first = revoke(world.grant("2025-01-10").pk, origin=origin("2025-03-01"))
    world.grant("2025-03-02")
    withdrawn(consent(1), "2025-03-03")
    world.assign("2025-04-01")
    third = revoke(world.right().pk, origin=origin("2025-05-01"))
    assert refused(first, "2025-05-05") == "ended_since"
    ask_restoration(third.pk, "Vergissing.", origin=origin("2025-05-05"))
