"""In whatever order and however often the events of a history come, who may view what from then on is the same."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inzage.dossiers.addresses import municipality_of
from inzage.dossiers.models import Activity, Address, Assignment, Client
from inzage.inbox.models import Received, ReceivedState
from inzage.view_rights.models import ViewRight
from tests.vdab.saying import Event, activity, assigned, consented, died, ended, moved, tell
from tests.world import World, day

WHO: Any = {"client_number": "K7"}
DAYS: Any = {"requested_on": "2024-11-20", "started_on": "2024-12-01"}
RUN: Any = [{"closed_on": "2025-01-10", "reopened_on": "2025-01-20"}]
HAVEN: Any = {**WHO, "assignment_id": "A2", "oe_number": "OE3"}
HISTORY = [
    assigned("2024-11-10", **WHO),
    activity(1, requested_on="2024-11-20", **WHO),
    activity(2, **DAYS, **WHO),
    ended("2024-11-10", "2025-02-01", **WHO),
    assigned("2025-02-01", **HAVEN),
    activity(3, **DAYS, closed_on="2025-01-10", **WHO),
    moved("21004", "2025-01-15", **WHO),
    activity(4, **DAYS, earlier_runs=RUN, **WHO),
    consented("2025-01-18", oe_number="OE2", **WHO),
    activity(5, **DAYS, earlier_runs=RUN, closed_on="2025-02-20", title="Lassen II", **WHO),
    moved("", "2025-01-15", 2, **WHO),
    moved("21001", "2025-02-15", **WHO),
    ended("2025-02-01", "2025-09-01", **HAVEN),
]
WITHDRAWN = consented("2025-01-18", 2, oe_number="OE2", withdrawn_on="2025-02-25", **WHO)
DIED = died("2025-02-27", **WHO)
VERDICT = ("granted_on", "relation", "rule", "anchor_event", "anchor_on", "last_day", "ends_by")
LINE = ("title", "requested_on", "started_on", "closed_on", "cancelled_on", "reopened_on", "end_recorded_on")


def outcome(*history: Event) -> list[Any]:
    """Tell it in that order, all on one day; what stands then. Undone afterwards."""
    with transaction.atomic():
        for event in history:
            tell(event)
        found = _standing()
        transaction.set_rollback(True)
    return found


def _standing() -> list[Any]:
    client = Client.objects.get(client_number="K7")
    days = [day("2025-01-10") + timedelta(days=each) for each in range(60)]
    waiting = Received.objects.filter(state__in=(ReceivedState.WAITING, ReceivedState.QUARANTINED))
    lines = Activity.objects.order_by("source_id")
    assignments = Assignment.objects.values_list("source_id", "assigned_on", "ended_on", "end_recorded_on")
    alive = (
        client.deceased_on is None
    )  # of somebody who died no assignment is taken any more: it waits for a person
    return [
        sorted(ViewRight.objects.filter(closed_on=None).values_list("unit__oe_number", *VERDICT)),
        sorted(assignments) if alive else [],
        list(lines.values_list("source_id", *LINE)),
        [list(line.earlier_runs.values_list("begun_on", "ended_on", "ended_by")) for line in lines],
        [municipality_of(client, each) for each in days],
        client.deceased_on,
        list(waiting.values_list("kind", "reason", "detail")) if alive else [],
    ]


def test_the_history_in_its_own_order_comes_to_what_is_expected(world: World) -> None:
    rights, assignments, lines, runs, _where, _died, waiting = outcome(*HISTORY)
    assert {unit: str(last_day) for unit, *_, last_day, _ends_by in rights} == {
        "OE1": "2025-08-20",
        "OE2": "2025-09-01",
        "OE3": "2026-03-01",
    }
    assert (len(assignments), len(lines), len(runs[0])) == (2, 1, 1)
    assert waiting == []
    assert Address.objects.count() == 0


LAST: Any = [[], [WITHDRAWN], [DIED], [WITHDRAWN, DIED]]


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a history takes a second: what fails is printed as it was drawn
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_with_repeats_ends_as_the_orderly_one(world: World, data: st.DataObject) -> None:
    history = [*HISTORY, *data.draw(st.sampled_from(LAST))]
    repeats = data.draw(st.lists(st.sampled_from(history), max_size=4))
    doubled = [event | {"id": f"double {place}"} for place, event in enumerate(repeats)]
    told = data.draw(st.permutations([*history, *doubled, *repeats[:2]]))
    assert outcome(*told) == outcome(*history)
