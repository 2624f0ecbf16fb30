"""The school's record card: who fills it in for whom, what may stand on it, and that it is kept (S10)."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from inzage.dossiers.models import Activity, Client, Dossier, RecordCard
from inzage.outbox.models import Delivery
from inzage.partners.models import Unit
from inzage.rules.names import Kind
from inzage.view_rights.ending import give_back
from inzage.view_rights.record_cards import (
    Card,
    NotFilledIn,
    NotItsPupil,
    card_of,
    fill_in,
    is_pupil_of,
    pupils_of,
)
from tests.world import World, day, origin

ON, YEAR = "2025-01-15", "2024-2025"


@pytest.fixture
def school(world: World) -> Unit:
    """A school; Piet lives in Brussels."""
    world.lives_in("21009")
    return Unit.objects.create(oe_number="OE9", name="CDO Verzonnen", kind="school")


def filled_in(
    world: World, school: Unit, *, on: str = ON, dossier: Dossier | None = None, **other: Any
) -> RecordCard:
    """The card of Piet."""
    values = {
        "centre": "CDO",
        "school_year": YEAR,
        "course": "Lassen",
        "starts_on": day("2024-09-02"),
        **other,
    }
    return fill_in((dossier or world.piet).pk, Card(**values), school=school, origin=origin(on))


def from_ibis(world: World, unit: Unit, on: str = "2025-01-10", **given: Any) -> Activity:
    """A line of that unit with Piet, as it comes from IBIS."""
    given = {"kind": Kind.PROJECT, **given}
    line = world.activity(on, unit=unit, requested=True, **given)
    Activity.objects.filter(pk=line.pk).update(ibis_registered_on=day(on))
    return line


def test_a_school_with_a_right_fills_in_the_card(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    card = filled_in(world, school)
    assert (card.school, card.course, card.filled_in_on, card.recorded_by) == (
        school,
        "Lassen",
        day(ON),
        "person:1",
    )


def test_a_school_whose_line_came_from_ibis_fills_it_in_before_the_right(world: World, school: Unit) -> None:
    from_ibis(world, school)
    assert not world.may_view(ON, unit=school)
    assert filled_in(world, school)


def test_near_misses(world: World, school: Unit) -> None:
    other = Unit.objects.create(oe_number="OE10", name="CDV Anders", kind="school")
    world.grant("2025-01-10", unit=world.haven)
    from_ibis(world, world.brug)
    world.activity("2025-01-10", unit=other, kind=Kind.PROJECT)
    from_ibis(world, other, kind=Kind.TRAINING)
    world.grant("2025-01-10", unit=other, dossier=world.an)
    for unit in (school, other, world.haven, world.brug):
        with pytest.raises(NotItsPupil):
            filled_in(world, unit)
    assert not RecordCard.objects.exists()


def test_a_right_given_back_or_a_line_that_ended_fills_in_nothing_any_more(
    world: World, school: Unit
) -> None:
    right = world.grant("2025-01-10", unit=school)
    line = from_ibis(world, school)
    give_back(right.pk, origin=origin("2025-01-13"))
    assert is_pupil_of(world.piet, school, on=day("2025-01-13"))
    world.cancel(line, "2025-01-14")
    assert not is_pupil_of(world.piet, school, on=day("2025-01-14"))
    with pytest.raises(NotItsPupil):
        filled_in(world, school)


def test_the_list_of_pupils_and_the_single_question_agree(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    from_ibis(world, school)
    world.grant("2025-01-10", unit=world.spoor, dossier=world.an)
    for unit, on in ((school, ON), (school, "2025-01-09"), (world.spoor, ON), (world.brug, ON)):
        listed = set(pupils_of(unit, on=day(on)))
        assert listed == {each for each in (world.piet, world.an) if is_pupil_of(each, unit, on=day(on))}
    assert set(pupils_of(school, on=day(ON))) == {world.piet}


def test_the_card_is_for_brussels_participants(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    world.lives_in("44021", "2025-01-14")
    with pytest.raises(NotFilledIn, match="live in Brussels"):
        filled_in(world, school)
    assert filled_in(world, school, on="2025-01-13")
    assert Client.objects.get(pk=world.piet.client_id).nis_code == ""


def test_a_correction_is_a_new_card_that_replaces_the_one_before(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    first = filled_in(world, school)
    assert filled_in(world, school) == first
    second = filled_in(world, school, course="Bakken")
    third = filled_in(world, school, course="Lassen")
    assert (second.replaces, third.replaces) == (first, second)
    assert card_of(world.piet, school, YEAR) == third
    next_year = filled_in(world, school, school_year="2025-2026", starts_on=day("2025-09-01"))
    assert next_year.replaces is None


def test_each_card_is_told_to_actiris_once_in_the_stream_of_its_dossier(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    for course in ("Lassen", "Lassen", "Bakken"):
        filled_in(world, school, course=course)
    told = list(Delivery.objects.order_by("sequence"))
    assert {(each.destination, each.stream) for each in told} == {("actiris", str(world.piet.reference))}
    assert {each.kind for each in told} == {"be.inzage.enrolments.v1.recordCards.notify.submitted"}
    first, second = (json.loads(each.body) for each in told)
    assert first["data"] == {
        "ssin": world.piet.client.insz,
        "card": str(RecordCard.objects.order_by("pk")[0].pk),
        "school": "OE9",
        "centre": "CDO",
        "schoolYear": YEAR,
        "course": "Lassen",
        "startsOn": "2024-09-02",
        "filledInOn": ON,
    }
    assert (second["data"]["course"], second["data"]["replaces"]) == ("Bakken", first["data"]["card"])
    attributes = {name: value for name, value in first.items() if name != "data"}
    assert world.piet.client.insz not in json.dumps(attributes)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"centre": "CVO"}, "neither CDO nor CDV"),
        ({"school_year": "2024"}, "no school year"),
        ({"school_year": "2024-2026"}, "no school year"),
        ({"course": "  "}, "needs the course"),
        ({"starts_on": day("2024-08-31")}, "outside the school year"),
        ({"starts_on": day("2025-09-01")}, "outside the school year"),
    ],
)
def test_what_can_not_stand_on_it_is_refused(
    world: World, school: Unit, wrong: dict[str, Any], said: str
) -> None:
    world.grant("2025-01-10", unit=school)
    with pytest.raises(NotFilledIn, match=said):
        filled_in(world, school, **wrong)


def test_a_card_is_never_changed(world: World, school: Unit) -> None:
    world.grant("2025-01-10", unit=school)
    filled_in(world, school)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RecordCard.objects.update(course="Bakken")
