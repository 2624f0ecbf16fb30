"""No look without a line: what was shown stands in the log, and what can't be logged isn't shown (S01)."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from inzage.access_log.models import AccessLine, ShownDossier, Why
from inzage.partners.models import Unit
from inzage.rules.names import Part
from inzage.view_rights.looking import Look, NoRight, look, write
from inzage.view_rights.models import ViewRight
from tests.world import World, noon, origin

REQUEST = UUID("00000000-0000-4000-8000-000000000001")


def at(on: str, unit: Unit | None, part: Part = Part.GENERAL, reason: str = "") -> Look:
    """A look at noon of that day."""
    return Look(origin(on), unit, part, REQUEST, reason, Why.STATED if reason else Why.NONE)


def test_a_look_says_who_for_whom_at_what_when_and_why(world: World) -> None:
    right = world.grant("2025-01-10")
    assert look(world.piet, at("2025-01-12", world.spoor), lambda shown: shown) == right
    line = AccessLine.objects.get()
    assert (line.kind, line.person, line.unit, line.part) == ("look", "person:1", "OE1", "general")
    assert (line.at, line.request_id) == (noon("2025-01-12"), REQUEST)
    shown = ShownDossier.objects.get()
    assert (shown.line, shown.dossier, shown.right) == (line, world.piet, right.pk)
    assert (shown.rule, str(shown.last_day), shown.verdict) == (
        "closing.no-activity",
        "2025-07-10",
        "right_stands",
    )


@pytest.mark.parametrize(
    ("on", "shown"), [("2025-01-09", False), ("2025-07-10", True), ("2025-07-11", False)]
)
def test_a_look_without_a_right_that_stands_shows_nothing_and_leaves_no_line(
    world: World, on: str, shown: bool
) -> None:
    world.grant("2025-01-10")
    try:
        seen = look(world.piet, at(on, world.spoor), lambda _right: "the dossier")
    except NoRight:
        seen = ""
    assert (seen == "the dossier", AccessLine.objects.count()) == (shown, int(shown))


def test_neither_another_unit_nor_another_dossier_is_shown(world: World) -> None:
    world.grant("2025-01-10")
    for dossier, unit in ((world.piet, world.brug), (world.an, world.spoor)):
        with pytest.raises(NoRight):
            look(dossier, at("2025-01-12", unit), lambda _right: None)
    assert not AccessLine.objects.exists()


def test_the_confidential_part_is_not_opened_by_a_view_right(world: World) -> None:
    world.grant("2025-01-10")
    with pytest.raises(NoRight):
        look(world.piet, at("2025-01-12", world.spoor, Part.CONFIDENTIAL), lambda _right: None)


def test_vdab_needs_no_right_and_states_its_reason(world: World) -> None:
    assert look(world.piet, at("2025-01-12", None, reason="klacht"), lambda right: right) is None
    line = AccessLine.objects.get()
    assert (line.unit, line.stated_reason, line.shown.get().verdict) == ("", "klacht", "vdab")
    assert line.reason_kind == "stated"


@pytest.mark.parametrize(
    ("reason", "kind"), [("klacht", ""), ("", "stated"), ("", "work"), ("klacht", "gok")]
)
def test_the_database_keeps_no_reason_without_its_kind_nor_a_kind_without_its_reason(
    world: World, reason: str, kind: str
) -> None:
    line = {"at": noon("2025-01-12"), "kind": "look", "person": "person:1", "part": "general"}
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLine.objects.create(**line, stated_reason=reason, reason_kind=kind)


def test_where_the_line_cannot_be_written_nothing_is_shown(world: World) -> None:
    world.grant("2025-01-10")
    shown: list[ViewRight | None] = []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE access_log_showndossier RENAME TO pulled_away")
    with pytest.raises(DatabaseError), transaction.atomic():
        look(world.piet, at("2025-01-12", world.spoor), shown.append)
    assert shown == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pulled_away RENAME TO access_log_showndossier")
    assert not AccessLine.objects.exists()


def test_where_showing_fails_no_line_stays_behind(world: World) -> None:
    world.grant("2025-01-10")

    def broken(_right: ViewRight | None) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        look(world.piet, at("2025-01-12", world.spoor), broken)
    assert not AccessLine.objects.exists()


def test_a_list_writes_one_line_that_names_the_dossiers(world: World) -> None:
    rights = [world.grant("2025-01-10"), world.grant("2025-01-10", dossier=world.an)]
    listed = [(right.dossier_id, right) for right in rights]
    line = write(AccessLine.Kind.LIST, Look(origin("2025-01-12"), world.spoor, Part.GENERAL, uuid4()), listed)
    assert AccessLine.objects.get() == line
    assert {shown.dossier_id for shown in line.shown.all()} == {world.piet.pk, world.an.pk}


def test_a_list_says_of_each_dossier_on_what_it_was_named(world: World) -> None:
    closed, open_right = world.grant("2025-01-10"), world.grant("2025-03-10", dossier=world.an)
    entries = [(closed.dossier_id, closed), (open_right.dossier_id, open_right)]
    line = write(AccessLine.Kind.LIST, at("2025-07-11", world.spoor), entries)
    said = {shown.dossier: shown.verdict for shown in line.shown.all()}
    assert said == {world.piet: "right_closed", world.an: "right_stands"}
    asked = write(AccessLine.Kind.LIST, at("2025-07-11", world.spoor), [(world.piet.pk, None)])
    assert asked.shown.get().verdict == "no_right"
