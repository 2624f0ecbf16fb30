"""Moves: the eve, the day and the day after; recorded later, taken back, and told by a file."""

import random
from contextlib import suppress

import pytest

from inzage.dossiers.addresses import (
    brussels_participants,
    home_read,
    lives_in_brussels,
    municipality_of,
    with_home,
)
from inzage.dossiers.models import Address, Client, Dossier
from inzage.view_rights.moving import NotMoved, move
from tests.world import World, day, origin

GHENT, ELSENE, JETTE = "44021", "21009", "21010"


def moved(world: World, nis_code: str, lives_from: str, *, entered: str = "2025-03-10") -> Address:
    """Piet moves."""
    return move(world.piet.pk, nis_code, day(lives_from), origin(entered))


def in_brussels(world: World, *days: str) -> list[bool]:
    """Whether Piet is a Brussels participant on each of these days."""
    return [lives_in_brussels(world.piet.client, day(each)) for each in days]


@pytest.fixture
def from_ghent(world: World) -> World:
    """Piet lived in Ghent when the register first heard of him."""
    Client.objects.filter(pk=world.piet.client_id).update(nis_code=GHENT)
    world.piet.client.refresh_from_db()
    return world


def test_a_move_counts_from_its_own_day(from_ghent: World) -> None:
    moved(from_ghent, ELSENE, "2025-03-10")
    assert in_brussels(from_ghent, "2025-03-09", "2025-03-10", "2025-03-11") == [False, True, True]


def test_a_move_away_ends_it_on_its_own_day(from_ghent: World) -> None:
    moved(from_ghent, ELSENE, "2025-03-10")
    moved(from_ghent, GHENT, "2025-04-01")
    assert in_brussels(from_ghent, "2025-03-31", "2025-04-01", "2025-04-02") == [True, False, False]


def test_a_move_recorded_later_counts_from_the_day_it_happened(from_ghent: World) -> None:
    moved(from_ghent, ELSENE, "2025-04-01")
    moved(from_ghent, JETTE, "2025-03-10", entered="2025-05-01")
    assert in_brussels(from_ghent, "2025-03-09", "2025-03-10", "2025-04-01") == [False, True, True]
    assert municipality_of(from_ghent.piet.client, day("2025-04-01")) == ELSENE


def test_a_move_announced_changes_nothing_before_its_day(from_ghent: World) -> None:
    moved(from_ghent, ELSENE, "2025-06-01", entered="2025-03-10")
    assert in_brussels(from_ghent, "2025-05-31", "2025-06-01") == [False, True]


def test_a_move_taken_back_leaves_what_was_before_it(from_ghent: World) -> None:
    moved(from_ghent, JETTE, "2025-02-01")
    moved(from_ghent, GHENT, "2025-03-10")
    moved(from_ghent, "", "2025-03-10")
    assert in_brussels(from_ghent, "2025-01-31", "2025-03-10", "2025-03-11") == [False, True, True]
    moved(from_ghent, "", "2025-02-01")
    assert in_brussels(from_ghent, "2025-02-01", "2025-03-11") == [False, False]


def test_of_one_day_the_move_recorded_last_counts(from_ghent: World) -> None:
    moved(from_ghent, ELSENE, "2025-03-10")
    moved(from_ghent, JETTE, "2025-03-10")
    assert municipality_of(from_ghent.piet.client, day("2025-03-10")) == JETTE


def test_the_same_move_stands_once_and_another_clients_stays_another_clients(from_ghent: World) -> None:
    assert moved(from_ghent, ELSENE, "2025-03-10") == moved(from_ghent, ELSENE, "2025-03-10")
    assert Address.objects.count() == 1
    assert not lives_in_brussels(from_ghent.an.client, day("2025-03-10"))


@pytest.mark.parametrize("seed", range(8))
def test_a_list_and_a_single_question_agree_on_who_lives_in_brussels(world: World, seed: int) -> None:
    dice = random.Random(seed)
    days = [f"2025-03-{number:02}" for number in range(1, 8)]
    clients = [world.dossier(f"K{number}", "Bo") for number in range(3, 9)]
    for dossier in clients:
        Client.objects.filter(pk=dossier.client_id).update(nis_code=dice.choice(["", GHENT, ELSENE]))
        for _move in range(dice.randrange(6)):
            with suppress(NotMoved):
                move(dossier.pk, dice.choice(["", GHENT, ELSENE]), day(dice.choice(days)), origin(days[0]))
    for on in map(day, days):
        listed = set(brussels_participants(Client.objects.all(), on))
        assert listed == {client for client in Client.objects.all() if lives_in_brussels(client, on)}
        for dossier in with_home(Dossier.objects.all(), on):
            assert home_read(dossier) == municipality_of(dossier.client, on)


@pytest.mark.parametrize("nis_code", ["1050", "Elsene", "210090", "2100९"])
def test_what_is_no_nis_code_is_no_move(world: World, nis_code: str) -> None:
    with pytest.raises(NotMoved, match="five digits"):
        moved(world, nis_code, "2025-03-10")


def test_nothing_is_taken_back_where_there_is_no_move(world: World) -> None:
    moved(world, ELSENE, "2025-03-10")
    with pytest.raises(NotMoved, match="no move on 2025-03-11"):
        moved(world, "", "2025-03-11")
    moved(world, "", "2025-03-10")
    with pytest.raises(NotMoved):
        moved(world, "", "2025-03-10")


def test_who_recorded_a_move_and_when_is_kept(world: World) -> None:
    kept = moved(world, ELSENE, "2025-03-10", entered="2025-05-01")
    assert (kept.recorded_at, kept.recorded_by, kept.source) == (
        origin("2025-05-01").at,
        "person:1",
        "portal",
    )
