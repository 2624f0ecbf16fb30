"""Which systems may ask, and what about: changed from day to day, with a version of each change."""

import pytest
from django.db import DatabaseError, transaction

from inzage.decision_api.callers.keeping import ALL_UNITS, CallerRefused, Wanted, add, change, stop, units_of
from inzage.decision_api.models import Caller, CallerUnit, CallerVersion
from inzage.rules.names import Part
from tests.database import refused
from tests.world import World, origin

GENERAL = (Part.GENERAL,)
SPOOR = Wanted("MLP", ["OE1"], GENERAL)


def may_ask(client_id: str = "mlp") -> tuple[bool, list[str], set[Part], bool]:
    """All units, which units, which parts, active."""
    caller = Caller.objects.get(client_id=client_id)
    return caller.all_units, units_of(caller), set(caller.parts), caller.is_active


def test_a_caller_may_ask_about_what_it_was_given_and_no_more(world: World) -> None:
    add("mlp", Wanted("MLP", ["OE2", "OE1", "OE2"], [Part.STEPS, Part.GENERAL]), origin("2025-03-01"))
    add("gateway", Wanted("Poort", ALL_UNITS, [Part.GENERAL]), origin("2025-03-01"))

    assert may_ask() == (False, ["OE1", "OE2"], {Part.GENERAL, Part.STEPS}, True)
    assert may_ask("gateway") == (True, [], {Part.GENERAL}, True)


def test_only_what_is_named_changes(world: World) -> None:
    add("mlp", SPOOR, origin("2025-03-01"))

    change("mlp", Wanted(units=["OE3"]), origin("2025-03-02"))
    assert may_ask() == (False, ["OE3"], {Part.GENERAL}, True)
    change("mlp", Wanted(parts=[Part.CONFIDENTIAL]), origin("2025-03-02"))
    assert may_ask() == (False, ["OE3"], {Part.CONFIDENTIAL}, True)
    change("mlp", Wanted(units=ALL_UNITS), origin("2025-03-02"))
    assert may_ask() == (True, [], {Part.CONFIDENTIAL}, True)
    change("mlp", Wanted(units=["OE1"]), origin("2025-03-02"))
    assert may_ask() == (False, ["OE1"], {Part.CONFIDENTIAL}, True)


def test_stopped_it_is_kept_and_may_be_let_in_again(world: World) -> None:
    add("mlp", SPOOR, origin("2025-03-01"))
    stop("mlp", origin("2025-03-02"))
    stop("mlp", origin("2025-03-03"))
    assert may_ask() == (False, ["OE1"], {Part.GENERAL}, False)

    with pytest.raises(CallerRefused, match="'mlp' is stopped"):
        change("mlp", Wanted(units=["OE2"]), origin("2025-03-04"))
    add("mlp", Wanted("MLP", ["OE2"], GENERAL), origin("2025-03-05"))
    assert may_ask() == (False, ["OE2"], {Part.GENERAL}, True)


def test_each_change_leaves_a_version_of_who_made_it_and_what_it_became(world: World) -> None:
    add("mlp", SPOOR, origin("2025-03-01", by="system:els", source="shell"))
    change("mlp", Wanted(units=["OE1", "OE2"]), origin("2025-03-02"))
    stop("mlp", origin("2025-03-03"))
    stop("mlp", origin("2025-03-04"))

    versions = CallerVersion.objects.order_by("pk").values_list(
        "holds_from", "recorded_by", "units", "is_active"
    )
    assert [(str(on), *rest) for on, *rest in versions] == [
        ("2025-03-01", "system:els", ["OE1"], True),
        ("2025-03-02", "person:1", ["OE1", "OE2"], True),
        ("2025-03-03", "person:1", ["OE1", "OE2"], False),
    ]


@pytest.mark.parametrize(
    ("client_id", "wanted", "why"),
    [
        ("mlp", SPOOR, "'mlp' may already ask"),
        ("", SPOOR, "A client id is"),
        ("émile", SPOOR, "A client id is"),
        ("m" * 201, SPOOR, "A client id is"),
        ("new", SPOOR._replace(units=["OE9", "OE1", "OE8"]), "There is no unit 'OE8', 'OE9'"),
        ("new", SPOOR._replace(name="  "), "A name is"),
        ("new", SPOOR._replace(name="a\nb"), "A name is"),
        ("new", SPOOR._replace(name="n" * 201), "A name is"),
    ],
)
def test_what_can_not_be_is_refused_and_changes_nothing(
    world: World, client_id: str, wanted: Wanted, why: str
) -> None:
    add("mlp", SPOOR, origin("2025-03-01"))

    with pytest.raises(CallerRefused, match=why):
        add(client_id, wanted, origin("2025-03-02"))

    assert list(Caller.objects.values_list("client_id", flat=True)) == ["mlp"]
    assert CallerVersion.objects.count() == 1


def test_a_change_with_a_unit_that_is_not_there_leaves_the_units_as_they_were(world: World) -> None:
    add("mlp", SPOOR, origin("2025-03-01"))

    with pytest.raises(CallerRefused, match="There is no unit 'OE9'"):
        change("mlp", Wanted("Anders", ["OE2", "OE9"]), origin("2025-03-02"))
    with pytest.raises(CallerRefused, match="There is no caller 'nobody'"):
        stop("nobody", origin("2025-03-02"))

    assert may_ask() == (False, ["OE1"], {Part.GENERAL}, True)
    assert Caller.objects.get().name == "MLP"


def test_the_database_itself_refuses_what_makes_no_caller(world: World) -> None:
    caller = add("mlp", SPOOR, origin("2025-03-01"))
    add("gateway", SPOOR, origin("2025-03-01"))
    row = f"WHERE id = {caller.pk}"

    assert refused(f"UPDATE decision_api_caller SET client_id = '' {row}")
    assert refused(f"UPDATE decision_api_caller SET client_id = 'gateway' {row}")
    assert refused(f"UPDATE decision_api_caller SET name = '' {row}")
    assert refused(f"UPDATE decision_api_caller SET general = %s {row}", False)
    assert not refused(f"UPDATE decision_api_caller SET general = %s, steps = %s {row}", False, True)
    assert refused(f"DELETE FROM decision_api_caller {row}")
    assert refused("UPDATE decision_api_callerversion SET name = 'x'")
    assert refused("DELETE FROM decision_api_callerversion")
    with pytest.raises(DatabaseError), transaction.atomic():
        CallerUnit.objects.create(caller=caller, unit=world.spoor)
