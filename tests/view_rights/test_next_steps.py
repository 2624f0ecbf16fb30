"""The lawful next steps of many units at once: what they are one by one, in words, and as a link."""

import random
from datetime import timedelta
from itertools import product
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Unit
from inzage.rules.names import UnitKind, Way
from inzage.rules.next_steps import ways_to_right
from inzage.view_rights.brussels_forms import lines_from_ibis
from inzage.view_rights.next_steps import HOMES, in_words, link_to, values_of, ways_of
from tests.world import World, day, noon

ELSENE, GHENT = "21009", "44021"
REFERENCE = UUID(int=7)


def from_ibis(world: World, dossier: Dossier, unit: Unit, on: str) -> Activity:
    """A line that the unit registered in IBIS on that day."""
    line = world.activity(on, dossier=dossier, unit=unit, requested=True)
    Activity.objects.filter(pk=line.pk).update(ibis_registered_on=day(on))
    return line


def ways(world: World, on: str) -> tuple[Way, ...]:
    """Those of Spoor to Piet's dossier."""
    pair = (world.piet.reference, world.spoor.oe_number)
    return ways_of([pair], day(on))[pair]


def test_s11_the_ways_change_on_the_day_the_client_moves(world: World) -> None:
    world.lives_in(ELSENE, "2025-02-01")
    world.lives_in(GHENT, "2025-03-01")
    flemish = (Way.FORM, Way.MEDIATOR, Way.ASSIGNMENT)
    brussels = (Way.BRUSSELS_FORM, Way.ASSIGNMENT)
    found = [ways(world, on) for on in ("2025-01-31", "2025-02-01", "2025-02-28", "2025-03-01")]
    assert found == [flemish, brussels, brussels, flemish]


def test_s14_s17_a_promoter_begins_in_ibis_and_then_takes_the_form_while_its_line_runs(world: World) -> None:
    Unit.objects.filter(pk__in=[world.spoor.pk, world.haven.pk]).update(kind="promoter")
    world.lives_in(ELSENE, "2025-01-01")
    line = from_ibis(world, world.piet, world.spoor, "2025-02-01")
    world.close(line, "2025-02-10")
    first = (Way.IBIS, Way.BRUSSELS_FORM, Way.ASSIGNMENT)
    then = (Way.BRUSSELS_IBIS, Way.ASSIGNMENT)
    found = [ways(world, on) for on in ("2025-01-31", "2025-02-01", "2025-02-09", "2025-02-10")]
    assert found == [first, then, then, first]
    beside = ways_of(
        [(world.piet.reference, world.haven.oe_number), (world.an.reference, world.spoor.oe_number)],
        day("2025-02-01"),
    )
    assert list(beside.values()) == [first, (Way.FORM, Way.MEDIATOR, Way.ASSIGNMENT)]


def test_where_the_dossier_or_the_unit_is_not_known_there_is_no_way(world: World) -> None:
    pairs = [(world.piet.reference, "OE0"), (REFERENCE, world.spoor.oe_number), (REFERENCE, "OE0")]
    assert ways_of(pairs, day("2025-02-01")) == dict.fromkeys(pairs, ())
    assert ways_of([], day("2025-02-01")) == {}


@pytest.mark.parametrize("seed", range(8))
def test_of_any_world_many_at_once_are_what_they_are_one_by_one(world: World, seed: int) -> None:
    chance = random.Random(seed)
    units = [world.spoor, world.brug, world.haven]
    for unit in units:
        unit.kind = chance.choice(list(UnitKind))
        unit.save()
    dossiers = [world.piet, world.an, *(world.dossier(f"K{number}", "Zoë") for number in range(10, 18))]
    for dossier in dossiers:
        for _ in range(chance.randrange(6)):
            _something_happens(world, dossier, chance.choice(units), chance)
    pairs = [(dossier.reference, unit.oe_number) for dossier, unit in product(dossiers, units)]
    chance.shuffle(pairs)
    for on in (day("2025-02-01") + timedelta(days=days) for days in range(-1, 11)):
        one_by_one = {
            (dossier.reference, unit.oe_number): ways_to_right(
                UnitKind(unit.kind),
                in_brussels=lives_in_brussels(dossier.client, on),
                from_ibis=lines_from_ibis(on).filter(dossier=dossier, unit=unit).exists(),
            )
            for dossier, unit in product(dossiers, units)
        }
        assert ways_of(pairs, on) == one_by_one


def _something_happens(world: World, dossier: Dossier, unit: Unit, chance: random.Random) -> None:
    on = str((noon("2025-02-01") + timedelta(days=chance.randrange(10))).date())
    match chance.randrange(5):
        case 0 | 1:
            world.lives_in(chance.choice([ELSENE, "21004", GHENT]), on, dossier=dossier)
        case 2:
            from_ibis(world, dossier, unit, on)
        case 3:
            world.close(from_ibis(world, dossier, unit, "2025-01-20"), on)
        case _:
            world.activity(on, dossier=dossier, unit=unit)


def test_however_many_pairs_three_queries_are_asked(world: World) -> None:
    dossiers = [world.dossier(f"K{number}", "Zoë") for number in range(10, 20)]
    pairs = [
        (dossier.reference, unit.oe_number) for dossier in dossiers for unit in (world.spoor, world.brug)
    ]
    ways_of(pairs, day("2025-02-01"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ways_of(pairs, day("2025-02-01"))
    assert len(asked) == (
        3 if connection.vendor == "sqlite" else 0
    )  # prepared ones go past Django's own cursor
    values = values_of(pairs, day("2025-02-01"))
    assert len(HOMES.fit(**values)) == HOMES.statement.count("%s")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_way_is_said_in_a_sentence_or_two_and_no_two_alike(language: str) -> None:
    said = [in_words(way, language) for way in Way]
    assert len(set(said)) == len(Way)
    for sentence in said:
        assert sentence.endswith(".")
        assert 1 <= sentence.count(". ") + 1 <= 2, sentence


def test_no_two_languages_say_the_same() -> None:
    for way in Way:
        assert len({in_words(way, language) for language in ("nl", "fr", "en")}) == 3


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        (Way.FORM, "form"),
        (Way.BRUSSELS_FORM, "form"),
        (Way.BRUSSELS_IBIS, "form"),
        (Way.MEDIATOR, "mediator"),
    ],
)
def test_a_link_names_dossier_unit_and_way_and_not_where_the_client_lives(way: Way, asked: str) -> None:
    link = link_to(way, reference=REFERENCE, oe_number="OE 1/&")
    assert link is not None
    assert urlsplit(link).path == "/aanvragen/nieuw/"
    assert parse_qs(urlsplit(link).query) == {
        "dossier": [str(REFERENCE)],
        "voor": ["OE 1/&"],
        "weg": [asked],
    }


@pytest.mark.parametrize("base", ["https://inzage.example", "https://inzage.example/"])
def test_a_link_begins_with_the_address_of_the_portal_where_that_is_given(base: str) -> None:
    link = link_to(Way.FORM, reference=REFERENCE, oe_number="OE1", base=base)
    assert link == f"https://inzage.example/aanvragen/nieuw/?dossier={REFERENCE}&voor=OE1&weg=form"


@pytest.mark.parametrize("way", [Way.ASSIGNMENT, Way.IBIS])
def test_where_nothing_is_asked_in_the_application_there_is_no_link(way: Way) -> None:
    assert link_to(way, reference=REFERENCE, oe_number="OE1") is None


def test_the_kinds_of_units_are_those_the_rules_know() -> None:
    assert {str(kind) for kind in UnitKind} == set(Unit.Kind.values)
