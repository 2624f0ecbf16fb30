"""Records of IBIS: each leads to what it should, once; changed, withdrawn or out of order, the dossier ends right."""

import itertools
import json
from typing import Any

import pytest

from inzage.dossiers.models import Activity, ActivityVersion, Client, ClientVersion, Dossier
from inzage.inbox.models import Received
from inzage.journal.models import Origin
from inzage.partners.models import Contract, Course, Unit
from inzage.tasks.models import Task
from inzage.view_rights.registering import Actor, cancel, replace_executor, start
from tests.ibis import REGISTERED, a_request, a_youngster, come_in, lines_of
from tests.world import World, day, insz, noon, origin

NEXT = "2026-03-03"


def test_a_line_begins_in_aanvraag_with_everything_the_record_says(world: World) -> None:
    (received,) = come_in(a_request())
    line = Activity.objects.get()
    assert (received.state, received.dossier, received.activity) == ("applied", world.piet, line)
    assert (received.settled_by, received.settled_at) == ("adapter:ibis", noon(REGISTERED))
    assert (line.dossier, line.unit, line.kind, line.title) == (world.piet, world.spoor, "training", "Lassen")
    assert (line.course_number, line.outsourcing_number) == ("A1B2C", "0012345")
    assert line.requested_on == line.ibis_registered_on == day(REGISTERED)
    assert (line.source_id, line.state_on(day(REGISTERED))) == ("ibis:R1", "requested")


def test_the_same_record_twice_changes_nothing(world: World) -> None:
    for _ in range(3):
        come_in(a_request(), a_request(), on=NEXT)
    assert (Activity.objects.count(), ActivityVersion.objects.count(), Received.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("at_once", [True, False])
def test_one_revision_that_says_two_things_is_for_a_person(world: World, at_once: bool) -> None:
    """The first stays; the other is kept, with the reason, however often it comes."""
    first, other = a_request(), a_request(remark="ZZZZZ/7654321/OE1")
    received = come_in(first, other) if at_once else [*come_in(first), *come_in(other)][1:]
    assert [(each.state, each.reason) for each in received] == [
        ("applied", ""),
        ("quarantined", "same_version"),
    ]
    assert json.loads(received[1].original) == other
    assert lines_of(world.piet) == [("ibis:R1", "training", "OE1", "A1B2C", "requested")]
    turned_round = dict(reversed(first.items()))
    assert len(come_in(first, other, turned_round)) == 2


def test_a_youngster_who_is_not_known_gets_a_dossier_without_a_personal_number_on_it(world: World) -> None:
    (received,) = come_in(a_youngster())
    client = Client.objects.get(insz=insz(40))
    assert (client.client_number, client.given_name, client.nis_code) == ("IBIS-R1", "Noor", "21004")
    assert received.dossier == client.dossier
    assert ClientVersion.objects.get(client=client).recorded_by == "adapter:ibis"
    assert lines_of(client.dossier) == [("ibis:R1", "project", "OE1", "PRJLEW", "requested")]


def test_two_requests_for_one_new_youngster_make_one_dossier(world: World) -> None:
    come_in(a_youngster("R1"), a_youngster("R2", remark="PRJLEW/7654321/OE3"))
    assert len(lines_of(Dossier.objects.get(client__insz=insz(40)))) == 2


WRONG: dict[str, tuple[dict[str, Any] | str, str]] = {
    "no JSON": ("{half of it", "not_json"),
    "a list": ("[1, 2]", "not_json"),
    "one name twice": ('{"id": "R1", "id": "R2"}', "not_json"),
    "no number": ('{"id": "R1", "revision": NaN}', "not_json"),
    "too deep": ("[" * 100_000, "not_json"),
    "no id": (json.dumps({**a_request(), "id": None}), "bad_field"),
    "a personal sign in the id": (json.dumps({**a_request(), "id": "R 1"}), "bad_field"),
    "no revision": (json.dumps({**a_request(), "revision": "1"}), "bad_field"),
    "revision 0": (json.dumps({**a_request(), "revision": 0}), "bad_field"),
    "an unknown status": (a_request(status="deleted"), "bad_field"),
    "no client": (a_request() | {"client": "Piet"}, "bad_field"),
    "a name with a line break": (a_request(client={"given_name": "Pi\net"}), "bad_field"),
    "a name with a sign that can't be stored": (a_request(client={"given_name": "Pi\x00et"}), "bad_field"),
    "half a sign": (a_request(title="\ud800"), "bad_field"),
    "a title that is too long": (a_request(title="x" * 201), "bad_field"),
    "a postcode instead of a NIS code": (a_request(client={"nis_code": "1000"}), "bad_field"),
    "no Opmerking": (a_request(remark=None), "bad_field"),
    "an empty Opmerking": (a_request(remark=" "), "reference_empty"),
    "an Opmerking of two parts": (a_request(remark="A1B2C/0012345"), "reference_count"),
    "a look-alike": (a_request(remark="\u04101B2C/0012345/OE1"), "reference_not_ascii"),
    "a short course number": (a_request(remark="A1B2/0012345/OE1"), "reference_course_length"),
    "a day that doesn't exist": (a_request(registered_on="2026-02-29"), "bad_date"),
    "a day in another form": (a_request(registered_on="02/03/2026"), "bad_date"),
    "no day": (a_request(registered_on=None), "bad_date"),
    "a registration tomorrow": (a_request(registered_on=NEXT), "registered_in_future"),
    "an INSZ that can't be": (a_request(client={"insz": "85010199999"}), "bad_insz"),
    "no INSZ": (a_request(client={"insz": None}), "bad_insz"),
    "a client who is not known": (a_request(client={"insz": insz(40)}), "unknown_client"),
    "a unit that is not known": (a_request(remark="A1B2C/0012345/OE9"), "unknown_unit"),
    "PRJLEW without a name": (a_youngster(client={"insz": insz(40), "given_name": ""}), "no_name"),
}


@pytest.mark.parametrize(("record", "reason"), WRONG.values(), ids=WRONG)
def test_what_can_not_be_taken_goes_to_quarantine_with_its_reason_and_what_to_do(
    world: World, record: dict[str, Any] | str, reason: str
) -> None:
    (received,) = come_in(record)
    assert (received.state, received.reason) == ("quarantined", reason)
    assert len(received.detail) > 40
    assert insz(1) not in received.detail
    assert (Activity.objects.count(), Client.objects.count()) == (0, 2)


def test_one_bad_record_holds_up_no_other(world: World) -> None:
    states = [each.state for each in come_in("{", a_request(), a_request("R2", remark="?"), a_request("R3"))]
    assert states == ["quarantined", "applied", "quarantined", "applied"]


def test_an_insz_that_two_clients_share_is_never_guessed(world: World) -> None:
    world.an.client.insz = insz(1)
    world.an.client.save()
    for record in (a_request(), a_youngster("R2", insz_of=1)):
        assert come_in(record)[-1].reason == "client_not_clear"


def test_nothing_begins_for_a_client_who_died(world: World) -> None:
    world.piet.client.deceased_on = day(REGISTERED)
    world.piet.client.save()
    assert come_in(a_request())[0].reason == "deceased"


def test_an_oe_number_in_small_letters_is_found_and_two_that_differ_only_so_are_not_clear(
    world: World,
) -> None:
    assert come_in(a_request(remark="a1b2c/0012345/oe1"))[0].state == "applied"
    Unit.objects.create(oe_number="oe1", name="Spoor?", kind="partner")
    assert come_in(a_request("R2"))[1].reason == "unknown_unit"


def test_courses_and_contracts_are_checked_as_soon_as_some_are_known(world: World) -> None:
    Course.objects.create(number="ZZZZZ", title="Iets anders")
    assert come_in(a_request())[-1].reason == "unknown_course"
    Course.objects.create(number="A1B2C", title="Lassen, halfautomaat")
    Contract.objects.create(outsourcing_number="0012345", unit=world.haven)
    assert come_in(a_request("R2"))[-1].reason == "unknown_contract"
    assert come_in(a_youngster("R3"))[-1].reason == "unknown_contract"
    Contract.objects.create(outsourcing_number="0012345", unit=world.spoor)
    assert come_in(a_request("R4", title=None))[-1].state == "applied"
    assert Activity.objects.get().title == "Lassen, halfautomaat"
    assert come_in(a_youngster("R5"))[-1].state == "applied"


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


def test_what_a_use_case_refuses_goes_to_quarantine_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise ValueError("never foreseen")

    monkeypatch.setattr("inzage.view_rights.training_lines.register", refuses)
    (received,) = come_in(a_youngster())
    assert (received.state, received.reason) == ("quarantined", "unexpected")
    assert not Client.objects.filter(insz=insz(40)).exists()
    assert received.settled_at == origin(REGISTERED).at
