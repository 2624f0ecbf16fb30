"""Whatever happens, in whatever order, entered early or late: what holds after every step (S01, S18 to S22)."""

from typing import Any

import pytest
from django.db.models import Model

from inzage.dossiers.models import Dossier
from inzage.notices.models import Notice
from inzage.view_rights.listing import rights_on
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import VERSIONS, columns_kept
from tests.view_rights.walking import Walk
from tests.world import World, day

STEPS = 40
Pair = tuple[str, str]
"""A client's number and a unit's."""


def viewable(world: World, on: str) -> set[Pair]:
    """Whose dossiers who may view on that day, by the decision."""
    return {
        (dossier.client.client_number, unit.oe_number)
        for dossier in (world.piet, world.an)
        for unit in (world.spoor, world.brug)
        if world.may_view(on, dossier=dossier, unit=unit)
    }


def listed_as_open(on: str) -> set[Pair]:
    """The same by the list of rights."""
    states = rights_on(day(on))
    return {(state["client_number"], state["oe_number"]) for state in states if state["closed_on"] is None}


def stored(model: type[Model]) -> dict[int, tuple[Any, ...]]:
    """Every fact of that kind, as far as its versions keep it."""
    rows = model._default_manager.values_list("pk", *columns_kept(model))
    return {row[0]: row[1:] for row in rows}


def last_recorded(model: type[Model]) -> dict[int, tuple[Any, ...]]:
    """The same as the history says, and nothing of what has no history."""
    fact, version = VERSIONS[model]
    rows = version._default_manager.order_by("recorded_at", "pk").values_list(fact, *columns_kept(model))
    return {row[0]: row[1:] for row in rows}


def all_that_always_holds(world: World, today: str) -> None:
    """What is stored is proven, decision and list agree, history says the same, each change was told once."""
    assert world.is_proven(today)
    assert viewable(world, today) == listed_as_open(today)
    for model in VERSIONS:
        recorded = last_recorded(model)
        assert {pk: row for pk, row in stored(model).items() if pk in recorded} == recorded
    assert Notice.objects.filter(kind="granted").count() == Grant.objects.exclude(right=None).count()
    assert Notice.objects.filter(kind="closed").count() == ViewRight.objects.exclude(closed_on=None).count()
    for dossier in Dossier.objects.filter(client__deceased_on__lte=today).select_related("client"):
        assert dossier.client.client_number not in {client for client, _unit in viewable(world, today)}


@pytest.mark.parametrize("seed", [*range(5), 105])
def test_whatever_happens_it_all_fits_and_no_day_that_was_used_is_taken_back(world: World, seed: int) -> None:
    walk = Walk(world, seed)
    used: dict[str, set[Pair]] = {}
    closed: list[Any] = []
    for _ in range(STEPS):
        walk.step()
        today = str(walk.today)
        all_that_always_holds(world, today)
        used[today] = viewable(world, today)
        assert [on for on, pairs in used.items() if not pairs <= viewable(world, on)] == [], walk.done
        assert [right for right in closed if not ViewRight.objects.filter(**right).exists()] == [], walk.done
        closed = list(ViewRight.objects.exclude(closed_on=None).values())
    for on in used:  # the list says of past days what the decision says
        assert viewable(world, on) == listed_as_open(on), (on, walk.done)


def test_the_walks_do_everything_and_are_refused_something(world: World) -> None:
    walk = Walk(world, 8)
    for _ in range(400):
        walk.step()
    done = {said.split()[1] for said in walk.done if "refused" not in said}
    assert {step.__name__ for step in walk.steps} == done
    assert len([said for said in walk.done if "refused" not in said]) > 100
    assert any("refused" in said for said in walk.done)
