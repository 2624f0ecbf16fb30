"""What grants: assignments and their ends, consents at the mediator, carried out by the use cases (S02, S04)."""

from typing import Any

import pytest

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment, Client
from inzage.inbox.models import Received
from inzage.view_rights.models import Grant, ViewRight
from tests.vdab.saying import assigned, became, consented, ended, tell
from tests.world import World, day, insz

APPLIED, OVERTAKEN = ("applied", ""), ("overtaken", "")


def test_an_assignment_of_a_client_not_known_yet_makes_the_dossier(world: World) -> None:
    said = assigned("2025-02-01", client_number="K7")
    tell(said)
    assert became(said) == APPLIED
    who = Client.objects.get(client_number="K7")
    assert (who.insz, who.given_name, who.nis_code) == (insz(7), "Nieuw", "11002")
    assert world.may_view("2025-03-01", dossier=who.dossier)
    assert world.is_proven("2025-03-01")


def test_an_assignment_under_a_service_that_is_not_tendered_is_kept_and_grants_nothing(world: World) -> None:
    said = assigned("2025-02-01", service="VRIJ")
    tell(said)
    assert (became(said), Assignment.objects.count()) == (APPLIED, 1)
    assert not ViewRight.objects.exists()


def test_an_end_ends_the_ownership_on_vdab_s_own_day(world: World) -> None:
    tell(assigned("2025-01-10"), ended("2025-01-10", "2025-02-01"))
    assignment = Assignment.objects.get()
    assert (assignment.ended_on, assignment.end_reason) == (day("2025-02-01"), "traject afgerond")
    assert assignment.end_recorded_on == day("2025-03-01")
    assert world.last_day() == "2025-08-01"


@pytest.mark.parametrize(
    ("said", "counts_as"),
    [
        ("not_started", "not_started"),
        ("Not-started ", "not_started"),
        ("not started yet", ""),
        ("niet opgedaagd", ""),
    ],
)
def test_a_reason_that_is_spelled_as_a_known_end_counts_as_that(
    world: World, said: str, counts_as: str
) -> None:
    tell(assigned("2025-01-10"), ended("2025-01-10", "2025-02-01", end_reason=said))
    assignment = Assignment.objects.get()
    assert (assignment.end_reason, assignment.ended_by) == (said.strip(), counts_as)


def test_an_end_that_comes_first_brings_the_assignment_with_it(world: World) -> None:
    first, second = assigned("2025-01-10"), ended("2025-01-10", "2025-02-01")
    tell(second, first)
    assert (became(second), became(first)) == (APPLIED, OVERTAKEN)
    assert (world.last_day(), Assignment.objects.count()) == ("2025-08-01", 1)


def test_an_announced_end_can_be_moved(world: World) -> None:
    tell(assigned("2025-01-10"), ended("2025-01-10", "2025-06-01"), ended("2025-01-10", "2025-04-01", 3))
    assert Assignment.objects.get().ended_on == day("2025-04-01")


def test_while_another_unit_owns_the_dossier_an_assignment_waits_for_its_end(world: World) -> None:
    other = assigned("2025-02-01", assignment_id="A2", oe_number="OE3")
    tell(assigned("2025-01-10"), other)
    assert became(other) == ("quarantined", "refused")
    assert "end that assignment first" in Received.objects.get(reason="refused").detail
    tell(ended("2025-01-10", "2025-02-01"))
    assert became(other) == APPLIED
    assert world.may_view("2025-03-01", unit=world.haven)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"service": "ONBEKEND"}, "unknown_service"),
        ({"oe_number": "OE99"}, "unknown_unit"),
        ({"ended_on": "2025-01-01"}, "refused"),
    ],
)
def test_an_assignment_that_cannot_be_taken_does_nothing_and_says_why(
    world: World, given: dict[str, Any], reason: str
) -> None:
    said = assigned("2025-02-01", client_number="K7", **given)
    tell(said)
    assert became(said) == ("quarantined", reason)
    assert not Client.objects.filter(client_number="K7").exists()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("given", [{"service": "WIJ3"}, {"oe_number": "OE3"}, {"assigned_on": "2025-01-12"}])
def test_an_assignment_that_is_said_otherwise_is_for_a_person(world: World, given: dict[str, Any]) -> None:
    otherwise = assigned("2025-01-10", 2, **given) | {"id": "otherwise"}
    tell(assigned("2025-01-10"), otherwise)
    assert became(otherwise) == ("quarantined", "differs")
    assert world.right().granted_on == day("2025-01-10")


def test_an_assignment_of_another_client_or_taken_up_again_is_for_a_person(world: World) -> None:
    stolen, again = assigned("2025-01-10", 2, client_number="K2"), assigned("2025-01-10", 4)
    tell(assigned("2025-01-10"), stolen, ended("2025-01-10", "2025-02-01", 3), again)
    assert (became(stolen), became(again)) == (("quarantined", "other_client"), ("quarantined", "differs"))
    assert not ViewRight.objects.filter(dossier=world.an).exists()


def test_a_consent_recorded_at_the_mediator_grants_from_the_day_it_is_heard_of(world: World) -> None:
    tell(consented("2025-02-20"))
    form = ConsentForm.objects.get()
    assert (form.source_id, form.route, form.completed_on) == ("C1", "mediator", day("2025-02-20"))
    assert (world.right().granted_on, Grant.objects.get().ground) == (day("2025-03-01"), "mediator")


def test_a_consent_that_was_asked_of_the_mediator_is_thereby_given(world: World) -> None:
    asked = world.form("2025-02-01", route="mediator")
    tell(consented("2025-02-20"))
    asked.refresh_from_db()
    assert (asked.source_id, asked.state) == ("C1", "granted")


def test_a_withdrawal_at_the_mediator_takes_the_ground_away(world: World) -> None:
    tell(consented("2025-02-20"))
    tell(consented("2025-02-20", 2, withdrawn_on="2025-03-03"), on="2025-03-04")
    assert (world.right().closing_reason, world.right().closed_on) == ("withdrawn", day("2025-03-04"))


def test_a_consent_withdrawn_before_it_was_heard_of_grants_nothing(world: World) -> None:
    first, withdrawn = consented("2025-02-20"), consented("2025-02-20", 2, withdrawn_on="2025-02-25")
    tell(withdrawn, first)
    assert (became(withdrawn), became(first)) == (APPLIED, OVERTAKEN)
    assert not ViewRight.objects.exists()


@pytest.mark.parametrize("withdrawn_on", ["2025-03-02", "2025-03-20"])
def test_a_consent_that_stands_again_is_for_a_person(world: World, withdrawn_on: str) -> None:
    """A right that closed stays closed, and an announced withdrawal is not taken back unseen."""
    tell(consented("2025-03-01"))
    tell(consented("2025-03-01", 2, withdrawn_on=withdrawn_on), on="2025-03-02")
    again = consented("2025-03-01", 3)
    tell(again, on="2025-03-03")
    assert became(again) == ("quarantined", "differs")


def test_a_consent_is_of_one_client_unit_and_purpose(world: World) -> None:
    others = [
        consented("2025-02-20", 2, **given)
        for given in ({"client_number": "K2"}, {"oe_number": "OE3"}, {"purpose": "training"})
    ]
    tell(consented("2025-02-20"), *others)
    assert {became(other) for other in others} == {("quarantined", "differs")}
