"""Every answer on record, in the fields of the Authorization Decision Log; kept as it was given; judged again."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from inzage.access_log.models import Decided, DecisionRecord
from inzage.decision_api.authzen.entities import Action, Kind, Question
from inzage.decision_api.authzen.provider import Given
from inzage.decision_api.register.ledger import new_identity
from inzage.oversight.rejudging import replay
from inzage.rules.days import day_of
from inzage.view_rights import ending
from tests.decision_api.register.point import Point, counsellor, may_ask, of
from tests.world import World, day, noon, origin

NOW = noon("2025-03-10")
BODY = b'{"subject": {"type": "partner-user", "id": "carla"}, "odd": "\\u0000"}'


@pytest.fixture
def point(world: World) -> Point:
    """Carla works for Spoor, which may see Piet's dossier."""
    may_ask()
    world.person("counsellor", world.spoor, subject="carla")
    world.grant("2025-03-01")
    return Point()


def given(point: Point, world: World, at: datetime = NOW, **context: Any) -> DecisionRecord:
    """Ask about Piet's dossier and An's in one call, and put the answer on record."""
    asked = [
        Question(counsellor("carla", world.spoor), Action("view", {}), of(dossier), context)
        for dossier in (world.piet, world.an)
    ]
    return keep(point, asked, at)


def keep(point: Point, asked: Sequence[Question], at: datetime) -> DecisionRecord:
    """Decide, and put on record."""
    call = point.call(at, Kind.EVALUATIONS)._replace(request_id="r-1")
    return point.keep(Given(call, BODY, list(zip(asked, point.decide_all(asked, at), strict=True))))


def test_a_record_holds_the_request_as_it_came_and_the_answer(world: World, point: Point) -> None:
    """The sentences and what else follows from reason and day are left out, and that is said."""
    record = given(point, world)
    assert record.request == BODY.decode()
    assert (record.type, record.caller, record.request_id) == ("access_evaluations", "mlp", "r-1")
    assert record.timestamp == NOW
    response = json.loads(record.response)
    assert [each["decision"] for each in response["evaluations"]] == [True, False]
    assert response["evaluations"][0]["context"] == {"reason": "right_stands", "last_day": "2025-09-01"}
    assert response["omitted"]
    assert record.trace_id == record.id.hex


def test_each_decision_has_the_right_and_the_facts_it_rested_on(world: World, point: Point) -> None:
    """A no without a right has none, but who asked about what stays."""
    record, right = given(point, world), world.right()
    yes, no = Decided.objects.filter(record=record).order_by("position")
    assert (yes.allowed, yes.reason, yes.dossier) == (True, "right_stands", world.piet.pk)
    assert (yes.right, yes.rule, yes.rule_version) == (right.pk, right.rule, right.rule_version)
    assert (yes.rule_status, yes.anchor_event, yes.last_day) == ("verified", "granted", right.last_day)
    assert (yes.subject, yes.unit, yes.action, yes.part) == ("partner-user", "OE1", "view", "general")
    assert yes.person == world.spoor.people.get().pk
    assert (no.allowed, no.reason, no.dossier, no.right) == (False, "no_right", world.an.pk, None)


def test_a_trace_that_the_caller_names_is_kept(world: World, point: Point) -> None:
    """Where it is one."""
    trace = "0af7651916cd43dd8448eb211c80319c"
    record = given(point, world, traceparent=f"00-{trace}-b7ad6b7169203331-01")
    assert record.trace_id == trace
    for none in ("00-short-01", f"00-{'0' * 32}-b7ad6b7169203331-01", f"00-{trace}", trace, 5):
        record = given(point, world, traceparent=none)
        assert record.trace_id == record.id.hex


def test_what_is_on_record_can_be_neither_changed_nor_taken_away(world: World, point: Point) -> None:
    """The database itself refuses."""
    record = given(point, world)
    changes = (
        lambda: DecisionRecord.objects.filter(pk=record.pk).update(caller="x"),
        lambda: Decided.objects.filter(record=record).update(allowed=True),
        lambda: Decided.objects.filter(record=record).delete(),
        lambda: DecisionRecord.objects.filter(pk=record.pk)._raw_delete("default"),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert Decided.objects.filter(record=record).count() == 2


def test_records_are_numbered_in_the_order_of_time() -> None:
    """So that rows are added at the end of their index."""
    numbers = [new_identity() for _ in range(1000)]
    assert {number.version for number in numbers} == {7}
    assert len(set(numbers)) == len(numbers)
    assert [number.int >> 80 for number in numbers] == sorted(number.int >> 80 for number in numbers)


def test_judged_again_a_days_decisions_come_out_the_same(world: World, point: Point) -> None:
    """Before and after what happened meanwhile, with the facts as they were known at each moment."""
    world.activity("2025-03-05")
    given(point, world)
    ending.revoke(world.right().pk, origin=origin("2025-03-12"))
    given(point, world, noon("2025-03-12"))
    world.grant("2025-03-20")
    given(point, world, noon("2025-03-20"))
    for on in ("2025-03-10", "2025-03-12", "2025-03-20"):
        again = replay(day(on))
        assert (again.judged, again.left, again.differences) == (2, 0, [])


def test_judged_again_a_wrong_decision_is_found(world: World, point: Point) -> None:
    """A yes recorded of a dossier on which the unit had none, and a wrong last day."""
    record = given(point, world)
    row = Decided.objects.get(record=record, position=0)
    row.position, row.last_day = 7, day("2026-01-01")
    row.save(force_insert=True)
    row.position, row.dossier = 8, world.an.pk
    row.save(force_insert=True)
    again = replay(day_of(NOW))
    assert again.judged == 4
    assert [difference.position for difference in again.differences] == [7, 8]
    assert [difference.again.reason for difference in again.differences] == ["right_stands", "no_right"]


def test_another_days_decisions_are_left(world: World, point: Point) -> None:
    """The eve and the morrow."""
    given(point, world)
    assert replay(day("2025-03-09")).judged == 0
    assert replay(day("2025-03-11")).judged == 0
    assert replay(day("2025-03-10")).judged == 2


def recorded_at(point: Point, world: World, said_at: datetime, at: datetime) -> None:
    """What is answered at one moment about Piet's dossier, on record as asked at another."""
    question = Question(counsellor("carla", world.spoor), Action("view", {}), of(world.piet), {})
    [decision] = point.decide_all([question], said_at)
    point.keep(Given(point.call(at), BODY, [(question, decision)]))


@pytest.mark.parametrize(
    ("seconds", "overtaken", "different"), [(-31, 0, 1), (-29, 1, 0), (0, 0, 0), (29, 0, 0)]
)
def test_a_change_that_was_committed_before_the_question_was_judged_makes_no_difference(
    world: World, point: Point, seconds: int, overtaken: int, different: int
) -> None:
    """The question came first, and waited; half a minute, and no longer."""
    revoked = origin("2025-03-12")
    ending.revoke(world.right().pk, origin=revoked)
    recorded_at(point, world, noon("2025-03-13"), revoked.at + timedelta(seconds=seconds))
    again = replay(day("2025-03-12"))
    assert (again.judged, again.overtaken, len(again.differences)) == (1, overtaken, different)


@pytest.mark.parametrize(
    ("seconds", "overtaken", "different"), [(-1, 0, 0), (0, 1, 0), (29, 1, 0), (31, 0, 1)]
)
def test_a_change_that_was_not_committed_yet_makes_no_difference(
    world: World, point: Point, seconds: int, overtaken: int, different: int
) -> None:
    """It was dated when it began; half a minute later it is a difference."""
    revoked = origin("2025-03-12")
    at = revoked.at + timedelta(seconds=seconds)
    recorded_at(point, world, at, at)
    ending.revoke(world.right().pk, origin=revoked)
    again = replay(day("2025-03-12"))
    assert (again.judged, again.overtaken, len(again.differences)) == (1, overtaken, different)


def test_what_no_change_accounts_for_is_found_while_one_was_being_written(world: World, point: Point) -> None:
    """Right neither with it nor without."""
    revoked = origin("2025-03-12")
    ending.revoke(world.right().pk, origin=revoked)
    recorded_at(point, world, revoked.at, revoked.at)
    row = Decided.objects.get()
    row.position, row.reason, row.allowed, row.last_day = 1, "right_stands", True, day("2030-01-01")
    row.save(force_insert=True)
    again = replay(day("2025-03-12"))
    assert (again.judged, again.overtaken) == (2, 0)
    assert [difference.position for difference in again.differences] == [1]


@pytest.mark.parametrize(("hours", "overtaken", "different"), [(23, 1, 0), (25, 0, 1)])
def test_what_an_import_had_not_come_to_yet_makes_no_difference(
    world: World, point: Point, hours: int, overtaken: int, different: int
) -> None:
    """All that it brings is dated when it began."""
    began = origin("2025-03-12", by="import:2025-03-12T11:00:00", source="import")
    at = began.at + timedelta(hours=hours)
    recorded_at(point, world, at, at)
    ending.revoke(world.right().pk, origin=began)
    again = replay(day_of(at))
    assert (again.judged, again.overtaken, len(again.differences)) == (1, overtaken, different)


def test_a_refusal_that_was_wrong_is_found(world: World, point: Point) -> None:
    """That the unit has no right is judged again too: here it turns out to have had one all the time."""
    question = Question(counsellor("carla", world.spoor), Action("view", {}), of(world.an), {})
    keep(point, [question], NOW)
    world.grant("2025-03-01", dossier=world.an)
    again = replay(day_of(NOW))
    assert [difference.again.reason for difference in again.differences] == ["right_stands"]
