"""Activities as VDAB tells them, by the steps that people take; where no steps lead, a person looks (S02)."""

from typing import Any

import pytest

from inzage.dossiers.models import Activity
from inzage.inbox.models import Received
from tests.vdab.saying import activity, became, tell
from tests.world import World, day

APPLIED = ("applied", "")


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
