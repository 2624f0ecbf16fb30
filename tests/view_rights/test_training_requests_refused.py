"""Records of IBIS that can't be taken: in quarantine with the reason, and no other is held up (S14)."""

import json
from typing import Any

import pytest

from inzage.dossiers.models import Activity, Client
from inzage.partners.models import Contract, Course, Unit
from tests.ibis import REGISTERED, a_request, a_youngster, come_in
from tests.world import World, day, insz, origin

NEXT = "2026-03-03"


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
