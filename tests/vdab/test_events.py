"""Each kind of event, carried out by the use cases; what comes too early waits for what it needs (S02, S04)."""

from typing import Any

import pytest

from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import municipality_of
from inzage.dossiers.models import Activity, Address, Assignment, Client, Dossier
from inzage.inbox.models import Received
from inzage.notices.models import Notice
from inzage.view_rights.models import Grant, ViewRight
from tests.vdab.saying import activity, assigned, became, client, consented, died, ended, event, moved, tell
from tests.world import World, day, insz

APPLIED, OVERTAKEN = ("applied", ""), ("overtaken", "")
WITHDRAWN = event(
    "consents.withdrawn", 1, consent_id="C1", oe_number="OE1", purpose="guidance", completed_on="2025-01-10"
)


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


def test_an_activity_goes_through_its_steps_on_vdab_s_days(world: World) -> None:
    world.grant("2025-01-10")
    tell(
        activity(1, requested_on="2025-01-15"),
        activity(2, requested_on="2025-01-15", started_on="2025-01-20"),
        activity(3, requested_on="2025-01-15", started_on="2025-01-20", closed_on="2025-02-20"),
    )
    line = Activity.objects.get(source_id="L1")
    days = (line.requested_on, line.started_on, line.closed_on)
    assert days == (day("2025-01-15"), day("2025-01-20"), day("2025-02-20"))
    assert world.last_day() == "2025-08-20"
    assert Received.objects.filter(activity=line).count() == 3


def test_an_activity_reopened_and_cancelled_comes_in_at_once(world: World) -> None:
    earlier = [{"closed_on": "2025-01-31", "reopened_on": "2025-02-10"}]
    whole = activity(5, started_on="2025-01-15", earlier_runs=earlier, cancelled_on="2025-02-20")
    tell(whole, activity(1, started_on="2025-01-15"))
    line = Activity.objects.get()
    assert (line.reopened_on, line.cancelled_on) == (day("2025-02-10"), day("2025-02-20"))
    run = line.earlier_runs.get()
    assert (run.begun_on, run.ended_on) == (day("2025-01-15"), day("2025-01-31"))
    assert became(whole) == APPLIED


def test_an_announced_end_that_is_not_said_any_more_is_taken_back(world: World) -> None:
    tell(activity(1, started_on="2025-01-15", closed_on="2025-06-01"), activity(2, started_on="2025-01-15"))
    assert Activity.objects.get().closed_on is None
    tell(activity(3, started_on="2025-01-15", closed_on="2025-05-01"))
    assert Activity.objects.get().closed_on == day("2025-05-01")


def test_an_activity_is_called_what_vdab_calls_it(world: World) -> None:
    world.grant("2025-01-10")
    tell(
        activity(1, started_on="2025-01-15"),
        activity(2, started_on="2025-01-15", kind="trajectory", title="X"),
    )
    line = Activity.objects.get()
    assert (line.kind, line.title) == ("trajectory", "X")
    assert world.is_proven("2025-03-01")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"started_on": "2025-02-01", "closed_on": "2025-01-31"}, "impossible_days"),
        ({"requested_on": "2025-02-01", "started_on": "2025-01-31"}, "impossible_days"),
        ({"started_on": "2025-01-16"}, "differs"),
        ({"started_on": "2025-01-15", "closed_on": "2025-02-20", "oe_number": "OE3"}, "other_executor"),
        ({"started_on": "2025-01-15", "client_number": "K2"}, "other_client"),
        ({"started_on": "2025-01-15", "client_number": "K9"}, "unknown_client"),
    ],
)
def test_an_activity_to_which_no_steps_lead_is_for_a_person(
    world: World, given: dict[str, Any], reason: str
) -> None:
    wrong = activity(2, **given)
    tell(activity(1, started_on="2025-01-15"), wrong)
    assert became(wrong) == ("quarantined", reason)
    assert Activity.objects.get().closed_on is None


def test_an_end_that_was_entered_here_is_not_undone_by_what_vdab_did_not_say(world: World) -> None:
    tell(activity(1, started_on="2025-01-15"))
    world.close(Activity.objects.get(), "2025-02-20")
    stale = activity(2, started_on="2025-01-15", title="Anders")
    tell(stale)
    assert became(stale) == ("quarantined", "differs")
    assert (Activity.objects.get().closed_on, Activity.objects.get().title) == (day("2025-02-20"), "Lassen")


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
