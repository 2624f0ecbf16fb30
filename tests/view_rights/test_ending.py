"""Rights that end at once: revoked, given back, or because the client died."""

import pytest

from inzage.notices.models import Notice
from inzage.view_rights.ending import AlreadyClosed, give_back, record_death, revoke
from tests.world import World, day, origin


@pytest.mark.parametrize(("end", "reason"), [(revoke, "revoked"), (give_back, "given_back")])
def test_a_right_ends_that_day_and_stays_ended(world: World, end: object, reason: str) -> None:
    world.assign("2025-01-10")
    right = (revoke if end is revoke else give_back)(world.right().pk, origin=origin("2025-03-01"))
    assert (right.closed_on, right.closing_reason, world.last_day()) == (
        day("2025-03-01"),
        reason,
        "2025-02-28",
    )
    assert [world.may_view(on) for on in ("2025-02-28", "2025-03-01")] == [True, False]
    with pytest.raises(AlreadyClosed):
        revoke(right.pk, origin=origin("2025-03-02"))
    assert Notice.objects.filter(kind="closed").count() == 1
    assert world.is_proven("2025-03-01")


def test_a_right_that_the_night_should_have_closed_is_not_revoked(world: World) -> None:
    right = world.grant("2025-01-10")
    with pytest.raises(AlreadyClosed, match="2025-07-11"):
        revoke(right.pk, origin=origin("2025-08-01"))


@pytest.mark.parametrize("entered", ["2025-02-01", "2025-02-05"])
def test_a_death_closes_every_right_on_the_dossier_and_no_other(world: World, entered: str) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-10", unit=world.haven)
    world.grant("2025-01-10", dossier=world.an)
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin(entered))
    for unit in (world.spoor, world.haven):
        assert world.right(unit=unit).closing_reason == "deceased"
        assert world.right(unit=unit).closed_on == day(entered)
    assert world.right(dossier=world.an).closed_on is None
    assert world.is_proven(entered)


def test_a_death_announced_for_later_is_a_day_like_any_other(world: World) -> None:
    world.grant("2025-01-10")
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-01-20"))
    assert (world.right().closed_on, world.last_day(), world.right().ends_by) == (
        None,
        "2025-01-31",
        "deceased",
    )
    assert world.night("2025-02-01").closed == 1
    assert world.right().closing_reason == "deceased"


def test_a_right_given_and_taken_on_one_day_has_no_usable_day(world: World) -> None:
    right = world.grant("2025-01-10")
    revoke(right.pk, origin=origin("2025-01-10"))
    assert not world.may_view("2025-01-10")
    assert (world.right().closed_on, world.last_day()) == (day("2025-01-10"), "2025-01-09")
