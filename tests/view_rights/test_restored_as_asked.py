"""Of a restoration the database itself compares the answer with the request, on both engines (S22)."""

import pytest

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.view_rights.ending import revoke
from inzage.view_rights.held import Restoration
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import ask_restoration
from tests.database import refused
from tests.world import World, day, noon, origin

MIRA, RUDI = "person:7", "person:8"


@pytest.fixture
def request_of_mira(world: World) -> Restoration:
    """Mira asks on 5 March that Spoor's right on Piet's dossier, closed on 1 March, is restored."""
    closed = revoke(world.grant("2025-01-10").pk, origin=origin("2025-03-01"))
    return ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-03-05", by=MIRA))


def a_right(dossier: Dossier, unit: Unit, on: str = "2025-03-06", **state: object) -> ViewRight:
    """A right of that day, written past the application."""
    given = {"opened_at": noon(on), "relation": "none", "ends_by": "term", **state}
    return ViewRight.objects.create(dossier=dossier, unit=unit, granted_on=day(on), **given)


def answer_refused(
    request: Restoration, opened: int | None, *, asked_by: str = MIRA, answered_by: str = RUDI
) -> bool:
    """Whether the database refuses this answer."""
    columns = "restoration_id, opened_id, asked_by, answered_by, at, remark"
    return refused(
        f"INSERT INTO view_rights_restorationanswer ({columns}) VALUES (%s, %s, %s, %s, %s, 'Goed.')",
        *(request.pk, opened, asked_by, answered_by, "2025-03-06 12:00:00+00:00"),
    )


def test_another_persons_answer_about_the_units_new_right_is_taken(
    world: World, request_of_mira: Restoration
) -> None:
    assert not answer_refused(request_of_mira, a_right(world.piet, world.spoor).pk)


def test_a_refusal_opens_nothing_and_is_taken_from_who_asked_too(request_of_mira: Restoration) -> None:
    assert not answer_refused(request_of_mira, None, answered_by=MIRA)


@pytest.mark.parametrize(
    ("asked_by", "answered_by"), [(MIRA, MIRA), ("person:9", MIRA), ("person:9", RUDI), ("", RUDI)]
)
def test_who_asked_is_who_the_request_says_and_does_not_approve(
    world: World, request_of_mira: Restoration, asked_by: str, answered_by: str
) -> None:
    opened = a_right(world.piet, world.spoor).pk
    assert answer_refused(request_of_mira, opened, asked_by=asked_by, answered_by=answered_by)


def test_a_refusal_too_repeats_who_asked(request_of_mira: Restoration) -> None:
    assert answer_refused(request_of_mira, None, asked_by="person:9")


@pytest.mark.parametrize(("dossier", "unit"), [("piet", "brug"), ("an", "spoor"), ("an", "brug")])
def test_what_is_opened_is_of_the_same_unit_and_dossier(
    world: World, request_of_mira: Restoration, dossier: str, unit: str
) -> None:
    opened = a_right(getattr(world, dossier), getattr(world, unit))
    assert answer_refused(request_of_mira, opened.pk)


def test_neither_the_closed_right_nor_one_before_it_is_what_is_opened(
    world: World, request_of_mira: Restoration
) -> None:
    ended = {"last_day": day("2024-06-30"), "closed_on": day("2024-07-01"), "closed_at": noon("2024-07-01")}
    earlier = a_right(world.piet, world.spoor, "2024-01-01", closing_reason="term", **ended)
    assert answer_refused(request_of_mira, request_of_mira.right_id)
    assert answer_refused(request_of_mira, earlier.pk)


def test_of_a_right_that_stands_nothing_is_restored(world: World) -> None:
    right = world.grant("2025-01-10")
    asked = Restoration.objects.create(right=right, reason="X", asked_by=MIRA, asked_at=noon("2025-03-05"))
    assert answer_refused(asked, right.pk)
