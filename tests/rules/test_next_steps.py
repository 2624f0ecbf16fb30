"""Which ways to a view right are open to whom; every combination (S02, S04, S11, S14, S17, S23)."""

from itertools import product

import pytest

from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Route, UnitKind, Way
from inzage.rules.next_steps import consent_routes, route_of, ways_to_right

EVERYTHING = list(product(UnitKind, (False, True), (False, True)))
"""Kind of unit, whether the client lives in Brussels, whether the unit has a line from IBIS."""
FLEMISH = (Way.FORM, Way.MEDIATOR)
OPEN = {
    UnitKind.PARTNER: [
        (*FLEMISH, Way.ASSIGNMENT),
        (Way.BRUSSELS_FORM, Way.ASSIGNMENT),
        (Way.BRUSSELS_IBIS, Way.ASSIGNMENT),
    ],
    UnitKind.OCMW: [
        (*FLEMISH, Way.ASSIGNMENT),
        (Way.BRUSSELS_FORM, Way.ASSIGNMENT),
        (Way.BRUSSELS_IBIS, Way.ASSIGNMENT),
    ],
    UnitKind.PROMOTER: [
        (*FLEMISH, Way.ASSIGNMENT),
        (Way.IBIS, Way.BRUSSELS_FORM, Way.ASSIGNMENT),
        (Way.BRUSSELS_IBIS, Way.ASSIGNMENT),
    ],
    UnitKind.SCHOOL: [FLEMISH, (Way.IBIS, Way.BRUSSELS_FORM), (Way.BRUSSELS_IBIS,)],
}
"""For each kind: outside Brussels, in Brussels, in Brussels with a line from IBIS."""


@pytest.mark.parametrize("kind", UnitKind)
def test_every_kind_of_unit_has_its_ways_what_it_begins_with_first(kind: UnitKind) -> None:
    found = [
        ways_to_right(kind, in_brussels=brussels, from_ibis=ibis)
        for brussels, ibis in ((False, False), (True, False), (True, True))
    ]
    assert found == OPEN[kind]


@pytest.mark.parametrize("kind", UnitKind)
def test_outside_brussels_a_line_from_ibis_changes_nothing(kind: UnitKind) -> None:
    with_line = ways_to_right(kind, in_brussels=False, from_ibis=True)
    assert with_line == ways_to_right(kind, in_brussels=False, from_ibis=False)


@pytest.mark.parametrize(("kind", "in_brussels", "from_ibis"), EVERYTHING)
def test_what_is_asked_in_the_application_are_the_routes_by_which_the_client_can_consent(
    kind: UnitKind, in_brussels: bool, from_ibis: bool
) -> None:
    ways = ways_to_right(kind, in_brussels=in_brussels, from_ibis=from_ibis)
    asked = tuple(route for way in ways if (route := route_of(way)))
    assert asked == consent_routes(in_brussels=in_brussels, from_ibis=from_ibis)
    assert len(set(ways)) == len(ways)


def test_s11_whoever_lives_in_brussels_consents_on_a_brussels_form_and_nobody_else() -> None:
    for brussels, ibis in product((False, True), repeat=2):
        routes = consent_routes(in_brussels=brussels, from_ibis=ibis)
        assert [route in BRUSSELS for route in routes] == ([True] if brussels else [False, False])


def test_a_way_that_is_a_route_is_called_as_the_route_is_and_the_others_are_none() -> None:
    assert {route_of(way) for way in Way} == {*Route, None}
    assert {way: str(route) for way in Way if (route := route_of(way))} == {
        way: str(way) for way in Way if way not in (Way.ASSIGNMENT, Way.IBIS)
    }
