"""Actiris hears how the activities of Brussels participants go: each change, in the transaction that makes it (S13)."""

from datetime import date
from enum import StrEnum
from typing import Any

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity
from inzage.journal.models import Origin
from inzage.outbox.models import Delivery
from inzage.outbox.queueing import queue
from inzage.rules.days import day_of
from inzage.rules.names import State
from inzage.view_rights.recording import record

DESTINATION = "actiris"
KIND = "be.inzage.activities.v1.activities.notify.{}"


class Change(StrEnum):
    """What became of an activity, as the last word of the event's type (contract.yaml of the adapter)."""

    REQUESTED = "requested"
    STARTED = "started"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    REPLACED = "replaced"
    END_TAKEN_BACK = "endTakenBack"
    CORRECTED = "corrected"


NEW = {
    State.REQUESTED: Change.REQUESTED,
    State.RUNNING: Change.STARTED,
    State.CLOSED: Change.CLOSED,
    State.CANCELLED: Change.CANCELLED,
}
"""What a line that is new to us became, by the state it is in."""


def record_activity(activity: Activity, change: Change, *, holds_from: date, origin: Origin) -> None:
    """Save the activity with its version, and tell Actiris. Its dossier is locked.

    A correction of what Actiris doesn't get, such as the title, is no news there.
    """
    news = change is not Change.CORRECTED or _differs_for_actiris(activity, day_of(origin.at))
    record(activity, holds_from=holds_from, origin=origin)
    if news:
        tell_actiris(activity, change, origin=origin)


def _differs_for_actiris(activity: Activity, today: date) -> bool:
    """Whether what Actiris gets of this activity, changed and not saved yet, is other than it was."""
    before = Activity.objects.select_related("unit", "dossier__client").get(pk=activity.pk)
    return what_actiris_needs(activity, today) != what_actiris_needs(before, today)


def tell_actiris(activity: Activity, change: Change, *, origin: Origin) -> Delivery | None:
    """Queue what became of the activity, where the client lives in Brussels today; otherwise nothing.

    A move changes what is sent from then on: where the client lived before doesn't matter.
    """
    dossier, today = activity.dossier, day_of(origin.at)
    if not lives_in_brussels(dossier.client, today):
        return None
    stream, kind = str(dossier.reference), KIND.format(change)
    return queue(
        DESTINATION, stream=stream, kind=kind, data=what_actiris_needs(activity, today), at=origin.at
    )


def what_actiris_needs(activity: Activity, today: date) -> dict[str, Any]:
    """The person, the activity, its references, state, days and executor, and nothing else of the dossier.

    No title: it is free text, in which anything may stand. Days are ISO dates; what isn't known is left out.
    """
    days = {
        "requestedOn": activity.requested_on,
        "startedOn": activity.started_on,
        "closedOn": activity.closed_on,
        "cancelledOn": activity.cancelled_on,
        "reopenedOn": activity.reopened_on,
        "workEndedOn": activity.work_ended_on,
    }
    told = {
        "ssin": activity.dossier.client.insz,
        "activity": str(activity.pk),
        "kind": activity.kind,
        "state": str(activity.state_on(today)),
        "courseNumber": activity.course_number,
        "outsourcingNumber": activity.outsourcing_number,
        **{name: day.isoformat() for name, day in days.items() if day},
        "executor": activity.unit.oe_number,
        "continues": str(activity.continues_id) if activity.continues_id else "",
    }
    return {name: value for name, value in told.items() if value}
