"""Moves, deaths, and what holds for every kind: too early, twice, or not to be understood (S02, S04)."""

from typing import Any

import pytest

from inzage.dossiers.addresses import municipality_of
from inzage.dossiers.models import Address, Assignment, Dossier
from inzage.inbox.models import Received
from inzage.notices.models import Notice
from tests.vdab.saying import activity, assigned, became, client, consented, died, ended, event, moved, tell
from tests.world import World, day

APPLIED, OVERTAKEN = ("applied", ""), ("overtaken", "")
WITHDRAWN = event(
    "consents.withdrawn", 1, consent_id="C1", oe_number="OE1", purpose="guidance", completed_on="2025-01-10"
)


def test_a_move_is_added_and_one_heard_of_later_changes_no_other_day(world: World) -> None:
    client_of = world.piet.client
    tell(moved("21004", "2025-02-10"), moved("11002", "2025-01-05"), moved("21004", "2025-02-10"))
    where = [municipality_of(client_of, day(on)) for on in ("2025-01-04", "2025-01-05", "2025-02-10")]
    assert (where, Address.objects.count()) == (["", "11002", "21004"], 2)


def test_a_move_is_corrected_by_a_later_version_and_taken_back_by_none(world: World) -> None:
    said, older = moved("21004", "2025-02-10", 2), moved("11002", "2025-02-10", 1)
    tell(said, older)
    assert became(older) == OVERTAKEN
    assert municipality_of(world.piet.client, day("2025-02-10")) == "21004"
    tell(moved("", "2025-02-10", 3))
    assert municipality_of(world.piet.client, day("2025-02-10")) == ""
    wrong = moved("123", "2025-02-11")
    tell(wrong)
    assert became(wrong) == ("quarantined", "refused")


def test_a_death_closes_every_right_and_is_told_once(world: World) -> None:
    tell(assigned("2025-01-10"), died("2025-02-28"), died("2025-02-28"))
    assert (world.right().closing_reason, world.right().closed_on) == ("deceased", day("2025-03-01"))
    assert Notice.objects.filter(kind="closed").count() == 1
    late = assigned("2025-01-10", assignment_id="A2", oe_number="OE1")
    tell(late)
    assert became(late) == ("quarantined", "deceased")


@pytest.mark.parametrize(
    "early",
    [
        consented("2025-02-20", client_number="K7"),
        activity(1, started_on="2025-01-15", client_number="K7"),
        moved("21004", "2025-02-10", client_number="K7"),
    ],
    ids=["consent", "activity", "move"],
)
def test_what_is_told_of_a_client_not_known_yet_waits_for_the_assignment(
    world: World, early: dict[str, str]
) -> None:
    tell(early, moved("21004", "2025-02-10", client_number="K8"))
    assert became(early) == ("quarantined", "unknown_client")
    tell(assigned("2025-01-10", client_number="K7"))
    assert became(early) == APPLIED
    assert Received.objects.filter(reason="unknown_client").count() == 1
    assert Received.objects.get(reason="unknown_client").client_number == "K8"


def test_one_event_twice_or_under_another_id_changes_nothing(world: World) -> None:
    said = assigned("2025-01-10")
    double = said | {"id": "another"}
    tell(said, said, double)
    assert (became(said), became(double)) == (APPLIED, OVERTAKEN)
    assert (Assignment.objects.count(), Notice.objects.count()) == (1, 1)


def test_one_version_that_says_two_things_is_for_a_person(world: World) -> None:
    otherwise = assigned("2025-01-12")
    tell(assigned("2025-01-10"), otherwise)
    assert became(otherwise) == ("quarantined", "same_version")
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({"type": "be.vdab.assignments.v1.assignments.notify.sold"}, "expected one of be.vdab"),
        ({"service": "be.vdab.consents.v1"}, "service is not known here"),
        ({"specversion": "0.3"}, "specversion is not known here"),
        ({"datacontenttype": "text/xml"}, "datacontenttype"),
        ({"data": []}, "data is a list; expected an object"),
        ({"data": {}}, "data.client_number is absent"),
        ({"data": {"client_number": "K1", "client": {}}}, "data.assignment_id is absent"),
        ({"data": {**assigned("2025-01-10")["data"], "version": 0}}, "data.version"),
        ({"data": {**assigned("2025-01-10")["data"], "version": True}}, "data.version"),
        ({"data": {**assigned("2025-01-10")["data"], "version": 10**40}}, "data.version"),
        (
            {"data": {**assigned("2025-01-10")["data"], "assigned_on": "2025-13-01"}},
            "data.assigned_on is not a day",
        ),
        (
            {"data": {**assigned("2025-01-10")["data"], "client": client(7, insz="12345678901")}},
            "data.client.insz",
        ),
        ({"data": {**assigned("2025-01-10")["data"], "contact": "nul\x00"}}, "data.contact is other text"),
        ({"data": {**assigned("2025-01-10")["data"], "contact": "\ud800"}}, "data.contact is other text"),
        ({"data": {**assigned("2025-01-10")["data"], "oe_number": 1}}, "data.oe_number is another number"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_names_the_field(
    world: World, spoilt: dict[str, str], told: str
) -> None:
    said = assigned("2025-01-10") | spoilt
    tell(said)
    assert became(said) == ("quarantined", "malformed")
    detail = Received.objects.get().detail
    assert told in detail
    assert "12345678901" not in detail
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (ended("2025-01-10", "2025-02-01"), "ended_on"),
        (WITHDRAWN, "withdrawn_on"),
    ],
)
@pytest.mark.parametrize("instead", ["", "another_name"])
def test_an_end_without_its_day_never_grants(
    world: World, said: dict[str, Any], field: str, instead: str
) -> None:
    """Read as a beginning it would open what VDAB says is over."""
    data = {**said["data"], field: None} | ({instead: "2025-02-01"} if instead else {})
    told = said | {"data": data}
    tell(told)
    assert became(told) == ("quarantined", "malformed")
    assert not world.may_view("2025-03-01")
