"""What was known at a past moment: every change of a fact stays readable as it was recorded (facts(on, known_at))."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Client
from inzage.journal.models import Origin
from inzage.rule_books.in_force import books
from inzage.rules.closing import outcome_of
from inzage.rules.facts import Execution, Facts, facts_on
from inzage.rules.names import Event, Ground, Kind
from inzage.view_rights.assigning import end_assignment
from inzage.view_rights.ending import record_death, revoke
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.registering import Actor, reopen, replace_executor
from inzage.view_rights.scopes import these
from inzage.view_rights.withdrawing import withdraw
from tests.world import World, day, noon, origin


def facts(right: ViewRight, *, on: str, known_at: str | None = None) -> Facts:
    """The facts of that right on a day, as known at noon of another, or as known now."""
    gathered = gather(these(right.dossier_id), known_at=noon(known_at) if known_at else None)
    return facts_on(gathered.case_of(right), day(on))


def test_a_closing_entered_late_was_not_known_before(world: World) -> None:
    right = world.grant("2025-01-10")
    activity = world.activity("2025-01-15")
    world.close(activity, "2025-02-28", entered="2025-03-10")
    assert facts(right, on="2025-03-01", known_at="2025-03-09").executes
    assert not facts(right, on="2025-03-01", known_at="2025-03-10").executes
    assert not facts(right, on="2025-03-01").executes
    assert facts(right, on="2025-02-27").executes


def test_an_ownership_and_its_end_are_known_from_when_they_were_entered(world: World) -> None:
    assignment = world.assign("2025-01-10")
    world.end_assignment(assignment, "2025-02-01", entered="2025-02-05")
    right = world.right()
    assert facts(right, on="2025-01-10", known_at="2025-01-09").owned_service is None
    assert facts(right, on="2025-02-03", known_at="2025-02-04").owned_service == "TIBB4"
    assert facts(right, on="2025-02-03", known_at="2025-02-05").owned_service is None


def test_a_withdrawal_is_known_from_when_it_was_entered(world: World) -> None:
    world.grant("2025-01-10")
    world.assign("2025-01-12")
    withdraw(ConsentForm.objects.get().pk, withdrawn_on=day("2025-02-01"), origin=origin("2025-02-03"))
    right = world.right()
    assert facts(right, on="2025-02-03", known_at="2025-02-02").last_granted_on == day("2025-01-12")
    grants = gather(these(world.piet.pk), known_at=noon("2025-02-02")).case_of(right).grants
    assert [grant.withdrawn_on for grant in grants] == [None, None]
    grants = gather(these(world.piet.pk), known_at=noon("2025-02-03")).case_of(right).grants
    assert sorted(str(grant.withdrawn_on) for grant in grants) == ["2025-02-03", "None"]


def test_a_death_is_known_from_when_it_was_entered(world: World) -> None:
    world.grant("2025-01-10")
    record_death(world.piet.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-03"))
    assert gather(these(world.piet.pk), known_at=noon("2025-02-02")).deaths == {}
    entered = day("2025-02-03")  # no earlier: days that were lawfully used stay lawful
    assert gather(these(world.piet.pk), known_at=noon("2025-02-03")).deaths == {world.piet.pk: entered}
    assert gather(these(world.piet.pk)).deaths == {world.piet.pk: entered}


def test_the_last_day_as_it_was_known_can_be_worked_out_again(world: World) -> None:
    right = world.grant("2025-01-10")
    before = world.last_day()
    world.close(world.activity("2025-03-01"), "2025-04-10")
    case = gather(these(world.piet.pk), known_at=noon("2025-02-28")).case_of(right)
    assert str(outcome_of(case, books(), since=day("2025-01-10")).last_day) == before == "2025-07-10"
    assert world.last_day() == "2025-10-10"


def test_other_dossiers_stay_out_of_it(world: World) -> None:
    world.grant("2025-01-10")
    world.grant("2025-01-10", dossier=world.an)
    for known_at in (None, noon("2025-01-10")):
        assert len(gather(these(world.piet.pk), known_at=known_at).grants) == 1
        assert len(gather(these(world.piet.pk, world.an.pk), known_at=known_at).grants) == 2


def test_a_ground_still_to_come_is_no_ground_of_an_earlier_right_yet(world: World) -> None:
    right = world.grant("2025-01-10")
    world.assign("2025-01-12", from_="2025-03-01")
    gathered = gather(these(world.piet.pk))
    assert [len(grants) for grants in gathered.grants.values()] == [1]
    pair = (world.piet.pk, world.spoor.pk)
    assert [str(grant.granted_on) for grant in gathered.to_come[pair]] == ["2025-03-01"]
    assert len(gathered.case_of(right).grants) == 2


def test_to_a_closed_right_nothing_comes_any_more_and_before_it_was_granted_it_had_nothing(
    world: World,
) -> None:
    right = revoke(world.grant("2025-01-10").pk, origin=origin("2025-02-01"))
    world.assign("2025-02-03", from_="2025-03-01")
    for known_at, grounds in ((None, [Ground.FORM]), ("2025-01-10", [Ground.FORM]), ("2025-01-09", [])):
        gathered = gather(these(world.piet.pk), known_at=noon(known_at) if known_at else None)
        assert [grant.ground for grant in gathered.case_of(right).grants] == grounds


def test_a_death_elsewhere_is_no_death_here(world: World) -> None:
    world.grant("2025-01-10")
    record_death(world.an.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-01"))
    for known_at in (None, noon("2025-02-03")):
        assert gather(these(world.piet.pk), known_at=known_at).deaths == {}


def test_two_who_died_on_one_day_are_both_known_and_a_death_taken_back_is_none(world: World) -> None:
    for dossier in (world.piet, world.an):
        record_death(dossier.pk, deceased_on=day("2025-02-01"), origin=origin("2025-02-01"))
    client = Client.objects.get(dossier=world.an)
    client.deceased_on = client.death_recorded_on = None
    record(client, holds_from=day("2025-02-01"), origin=origin("2025-02-03"))
    died, scope = day("2025-02-01"), these(world.piet.pk, world.an.pk)
    both = {world.piet.pk: died, world.an.pk: died}
    assert gather(scope, known_at=noon("2025-02-02")).deaths == both
    for known_at in (noon("2025-02-03"), None):
        assert gather(scope, known_at=known_at).deaths == {world.piet.pk: died}


def test_of_two_changes_the_last_recorded_counts(world: World) -> None:
    world.grant("2025-01-10")
    for deceased_on, entered in (("2025-03-01", "2025-02-01"), ("2025-04-01", "2025-02-02")):
        record_death(world.piet.pk, deceased_on=day(deceased_on), origin=origin(entered))
    assert gather(these(world.piet.pk), known_at=noon("2025-02-01")).deaths[world.piet.pk] == day(
        "2025-03-01"
    )
    assert gather(these(world.piet.pk), known_at=noon("2025-02-02")).deaths[world.piet.pk] == day(
        "2025-04-01"
    )


def test_a_closing_that_was_undone_stays_readable_as_it_was_known(world: World) -> None:
    right = world.grant("2025-01-10")
    activity = world.close(world.activity("2025-01-15"), "2025-02-01")
    reopen(activity.pk, on=day("2025-02-10"), actor=Actor(origin("2025-02-10")))
    assert not facts(right, on="2025-02-05", known_at="2025-02-09").executes
    assert facts(right, on="2025-02-10", known_at="2025-02-10").executes
    assert facts(right, on="2025-02-10").executes


@pytest.mark.parametrize(
    ("kind", "requested", "ended_by"),
    [
        (Kind.TRAINING, False, Event.ACTIVITY_CANCELLED),
        (Kind.TRAJECTORY, False, Event.ACTIVITY_CANCELLED),
        (Kind.TRAINING, True, None),
    ],
)
def test_a_reopened_line_is_two_stretches_from_when_it_was_entered(
    world: World, kind: Kind, requested: bool, ended_by: Event | None
) -> None:
    for dossier in (world.piet, world.an):
        line = world.activity("2025-01-15", dossier=dossier, kind=kind, requested=requested)
        world.cancel(line, "2025-02-01", entered="2025-02-03")
        reopen(line.pk, on=day("2025-02-10"), actor=Actor(origin("2025-02-12")))
    trajectory, pair = kind is Kind.TRAJECTORY, (world.piet.pk, world.spoor.pk)
    before = Execution(trajectory, day("2025-01-15"), day("2025-02-01"), ended_by, day("2025-02-03"))
    again = Execution(trajectory, day("2025-02-10"))
    for known_at, stretches in (
        ("2025-02-11", [before]),
        ("2025-02-12", [again, before]),
        (None, [again, before]),
    ):
        at = noon(known_at) if known_at else None
        assert gather(these(world.piet.pk), known_at=at).executions == {pair: stretches}


def test_an_executor_replaced_is_known_as_such_from_when_it_was_entered(world: World) -> None:
    mine, theirs = world.grant("2025-01-10"), world.grant("2025-01-10", unit=world.haven)
    activity = world.activity("2025-01-15")
    replace_executor(activity.pk, world.haven, on=day("2025-02-01"), actor=Actor(origin("2025-02-03")))
    for known_at, executors in (("2025-02-02", [True, False]), ("2025-02-03", [False, True])):
        known = [facts(right, on="2025-02-01", known_at=known_at).executes for right in (mine, theirs)]
        assert known == executors


def test_each_ground_is_named_now_and_as_it_was_known(world: World) -> None:
    right = world.grant("2025-01-10")
    world.assign("2025-01-12")
    for known_at in (None, noon("2025-01-12")):
        grants = gather(these(world.piet.pk), known_at=known_at).case_of(right).grants
        named = {(grant.ground, grant.granted_on) for grant in grants}
        assert named == {(Ground.FORM, day("2025-01-10")), (Ground.ASSIGNMENT, day("2025-01-12"))}


def test_only_a_tendered_service_makes_an_owner_now_and_as_it_was_known(world: World) -> None:
    world.assign("2025-01-10", service=world.free)
    world.assign("2025-01-12", service=world.wij3)
    for known_at in (None, noon("2025-01-12")):
        owned = gather(these(world.piet.pk), known_at=known_at).ownerships
        assert {pair: [one.service for one in all_of_it] for pair, all_of_it in owned.items()} == {
            (world.piet.pk, world.spoor.pk): ["WIJ3"]
        }


def test_an_assignment_corrected_to_make_no_owner_was_one_until_then(world: World) -> None:
    assignment = world.assign("2025-01-10")
    assignment.service, assignment.makes_owner = world.free, False
    record(assignment, holds_from=day("2025-01-10"), origin=origin("2025-02-03"))
    right = world.right()
    assert facts(right, on="2025-02-03", known_at="2025-02-02").owned_service == "TIBB4"
    assert facts(right, on="2025-02-03", known_at="2025-02-03").owned_service is None
    assert facts(right, on="2025-02-03").owned_service is None


@pytest.fixture
def backwards(db: None) -> Iterator[None]:
    """Rows that nobody ordered come backwards, on SQLite, which can be asked that."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA reverse_unordered_selects = 1")
    yield
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA reverse_unordered_selects = 0")


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_of_two_at_once_the_last_written_counts_though_it_may_have_come_first(
    world: World, backwards: None, seconds: int
) -> None:
    """Who comes first can be the last to get the dossier's lock: what stands then is what it wrote."""
    assignment = world.assign("2025-01-10")
    came, waited = noon("2025-02-01"), noon("2025-02-01") + timedelta(seconds=seconds)
    for at, ends, dies in ((came, "2025-05-01", "2025-07-01"), (waited, "2025-04-01", "2025-06-01")):
        by = Origin("person:1", at, "portal")
        end_assignment(assignment.pk, on=day(ends), reason="klaar", origin=by)
        record_death(world.piet.pk, deceased_on=day(dies), origin=by)
    known, now = (gather(these(world.piet.pk), known_at=at) for at in (max(came, waited), None))
    assert [str(owned.ended_on) for owned in known.ownerships[world.piet.pk, world.spoor.pk]] == [
        "2025-04-01"
    ]
    assert known.deaths == {world.piet.pk: day("2025-06-01")}
    assert (known.ownerships, known.deaths) == (now.ownerships, now.deaths)
