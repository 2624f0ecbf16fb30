"""Records of IBIS corrected, withdrawn or out of order: the dossier ends right, and nobody's work is undone (S15)."""

import itertools
from typing import Any

import pytest

from inzage.dossiers.models import Activity, ActivityVersion, Client
from inzage.inbox.models import Received
from inzage.journal.models import Origin
from inzage.tasks.models import Task
from inzage.view_rights.registering import Actor, cancel, replace_executor, start
from tests.ibis import a_request, a_youngster, come_in, lines_of
from tests.world import World, day, insz, noon

NEXT = "2026-03-03"


CHANGES: dict[str, dict[str, Any]] = {
    "another course": {"remark": "XXXXX/0012345/OE1"},
    "another outsourcing number": {"remark": "A1B2C/7654321/OE1"},
    "PRJLEW instead of a course": {"remark": "PRJLEW/0012345/OE1"},
    "another title": {"title": "Lassen, gevorderd"},
    "another day": {"registered_on": "2026-03-01"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_line_in_aanvraag_follows_what_is_corrected(world: World, change: dict[str, Any]) -> None:
    come_in(a_request())
    corrected = a_request(revision=2, status="corrected", **change)
    come_in(corrected, on=NEXT)
    line = Activity.objects.get()
    course, outsourcing, _oe = corrected["remark"].split("/")
    assert (line.course_number, line.outsourcing_number, line.title) == (
        course,
        outsourcing,
        corrected["title"],
    )
    assert str(line.ibis_registered_on) == str(line.requested_on) == corrected["registered_on"]
    assert line.kind == ("project" if course == "PRJLEW" else "training")
    assert ActivityVersion.objects.count() == 2
    assert not Task.objects.exists()


def test_a_correction_that_changes_nothing_here_leaves_no_trace_on_the_line(world: World) -> None:
    come_in(a_request())
    _first, second = come_in(a_request(revision=2, status="corrected", client={"family_name": "Anders"}))
    assert (second.state, second.activity, ActivityVersion.objects.count()) == (
        "applied",
        Activity.objects.get(),
        1,
    )


def test_another_unit_gets_a_new_line_and_the_old_one_goes(world: World) -> None:
    come_in(a_request())
    come_in(a_request(revision=2, status="corrected", remark="A1B2C/0012345/OE3"), on=NEXT)
    come_in(a_request(revision=3, status="corrected", remark="XXXXX/0012345/OE3"), on=NEXT)
    assert lines_of(world.piet) == [
        ("ibis:R1", "training", "OE1", "A1B2C", "cancelled"),
        ("ibis:R1:2", "training", "OE3", "XXXXX", "requested"),
    ]


def test_another_client_gets_a_new_line_and_the_old_one_goes(world: World) -> None:
    come_in(a_request())
    come_in(a_request(revision=2, status="corrected", client={"insz": insz(2)}), on=NEXT)
    assert lines_of(world.piet) == [("ibis:R1", "training", "OE1", "A1B2C", "cancelled")]
    assert lines_of(world.an) == [("ibis:R1:2", "training", "OE1", "A1B2C", "requested")]


def test_a_youngster_registered_under_a_wrong_number_gets_a_dossier_of_their_own(world: World) -> None:
    come_in(a_youngster())
    come_in(a_youngster(revision=2, status="corrected", insz_of=41))
    numbers = Client.objects.filter(client_number__startswith="IBIS").order_by("pk")
    assert list(numbers.values_list("client_number", flat=True)) == ["IBIS-R1", "IBIS-R1-2"]


def touch(line: Activity, how: str, world: World) -> None:
    """What a partner or VDAB may have done with the line since."""
    actor = Actor(Origin("person:1", noon(NEXT), "portal"))
    match how:
        case "started":
            start(line.pk, on=day(NEXT), actor=actor)
        case "start announced":
            start(line.pk, on=day("2026-04-01"), actor=actor)
        case "cancelled":
            cancel(line.pk, on=day(NEXT), actor=actor)
        case "end announced":
            cancel(line.pk, on=day("2026-04-01"), actor=actor)
        case "replaced":
            replace_executor(line.pk, world.haven, on=day(NEXT), actor=actor)


TOUCHED = ["started", "start announced", "cancelled", "end announced", "replaced"]


@pytest.mark.parametrize("how", TOUCHED)
@pytest.mark.parametrize(
    "change",
    [{"remark": "XXXXX/0012345/OE1"}, {"remark": "A1B2C/0012345/OE2"}, {"client": {"insz": insz(2)}}],
)
def test_a_line_that_has_begun_or_ended_stays_and_the_desk_hears_what_differs(
    world: World, how: str, change: dict[str, Any]
) -> None:
    come_in(a_request())
    line = Activity.objects.get()
    touch(line, how, world)
    versions = ActivityVersion.objects.count()
    for _ in range(2):
        received = come_in(a_request(revision=2, status="corrected", **change), on="2026-03-05")[-1]
    assert (received.state, received.activity) == ("applied", line)
    task = Task.objects.get()
    assert (task.kind, task.subject, task.dossier, task.unit) == ("ibis_difference", "R1:2", world.piet, None)
    assert task.detail.startswith("Aanvraag R1, versie 2. IBIS zegt nu: ")
    assert (ActivityVersion.objects.count(), world.an.activity_set.count()) == (versions, 0)


@pytest.mark.parametrize("how", TOUCHED)
def test_the_same_said_again_of_a_line_that_has_begun_or_ended_asks_nobody(world: World, how: str) -> None:
    come_in(a_request())
    touch(Activity.objects.get(), how, world)
    come_in(a_request(revision=2, status="corrected", title="Een andere titel"), on="2026-03-05")
    assert not Task.objects.exists()


def test_a_request_withdrawn_takes_its_line_with_it_and_needs_say_nothing_else(world: World) -> None:
    come_in(a_request())
    received = come_in({"id": "R1", "revision": 2, "status": "withdrawn"}, on=NEXT)[-1]
    assert (received.state, received.dossier) == ("applied", world.piet)
    assert lines_of(world.piet) == [("ibis:R1", "training", "OE1", "A1B2C", "cancelled")]
    assert Activity.objects.get().cancelled_on == day(NEXT)


@pytest.mark.parametrize("how", ["started", "start announced", "end announced", "replaced"])
def test_a_line_that_has_begun_or_ended_stays_when_its_request_is_withdrawn(world: World, how: str) -> None:
    come_in(a_request())
    touch(Activity.objects.get(), how, world)
    versions = ActivityVersion.objects.count()
    come_in({"id": "R1", "revision": 2, "status": "withdrawn"}, on="2026-03-05")
    assert "ingetrokken in IBIS" in Task.objects.get().detail
    assert ActivityVersion.objects.count() == versions


def test_registered_again_after_it_was_withdrawn_it_gets_a_new_line(world: World) -> None:
    come_in(a_request(), {"id": "R1", "revision": 2, "status": "withdrawn"})
    come_in(a_request(revision=3), on=NEXT)
    assert [line[0::4] for line in lines_of(world.piet)] == [
        ("ibis:R1", "cancelled"),
        ("ibis:R1:3", "requested"),
    ]


def test_withdrawn_first_and_registered_later_nothing_comes_of_it(world: World) -> None:
    states = [each.state for each in come_in({"id": "R1", "revision": 2, "status": "withdrawn"}, a_request())]
    assert (states, Activity.objects.count()) == (["applied", "overtaken"], 0)


REVISIONS = [
    a_request(),
    a_request(revision=2, status="corrected", remark="XXXXX/0012345/OE3"),
    a_request(revision=3, status="corrected", remark="YYYYY/0012345/OE3"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(REVISIONS)))
def test_in_whatever_order_the_revisions_come_the_dossier_ends_the_same(
    world: World, order: tuple[dict[str, Any], ...]
) -> None:
    for record in order:
        come_in(record)
    standing = [line[1:] for line in lines_of(world.piet) if line[-1] != "cancelled"]
    assert standing == [("training", "OE3", "YYYYY", "requested")]
    assert not Task.objects.exists()


@pytest.mark.parametrize("good_first", [False, True])
def test_a_bad_revision_waits_for_nobody_once_a_later_one_is_taken(world: World, good_first: bool) -> None:
    bad, good = a_request(remark="?"), a_request(revision=2, status="corrected")
    for record in (good, bad) if good_first else (bad, good):
        come_in(record)
    assert [each.state for each in Received.objects.order_by("revision")] == ["overtaken", "applied"]
