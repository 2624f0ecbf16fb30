"""Performances on an activity: hours present, or absent with the reason, day by day (S03, S12)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction

from inzage.dossiers.models import Activity, Performance
from inzage.rules.days import day_of
from inzage.rules.lines import Hindrance, Step
from inzage.view_rights.registering import Actor, NotRegistered, line_for

OUTSIDE = "Hours are registered for a day on which the activity ran, up to today."
HOURS = "Hours are between 0 and 24 for a day in all, and an absence needs its reason."


class Hours(NamedTuple):
    """Hours present and absent on one day; an absence has its reason."""

    day: date
    present: Decimal
    absent: Decimal = Decimal(0)
    absence_reason: str = ""

    def in_hundredths(self) -> "Hours":
        """As they are stored: rounded before they are judged, not after. What is no number stays so."""
        return self._replace(present=_rounded(self.present), absent=_rounded(self.absent))


def _rounded(hours: Decimal) -> Decimal:
    return round(hours, 2) if hours.is_finite() else hours


@transaction.atomic
def perform(activity_id: int, hours: Hours, *, actor: Actor) -> Performance:
    """Register performances of one day; entered again, the new entry replaces the earlier one, which is kept."""
    activity = line_for(activity_id, Step.PERFORM, actor)
    hours = hours.in_hundredths()
    if not all(part.is_finite() and 0 <= part <= 24 for part in (hours.present, hours.absent)):
        raise NotRegistered(Hindrance.HOURS, HOURS)
    if not _ran_on(activity, hours.day, today=day_of(actor.origin.at)):
        raise NotRegistered(Hindrance.HOURS_OUTSIDE, OUTSIDE)
    earlier = activity.performances.filter(day=hours.day, replaced_by=None).first()
    try:
        with transaction.atomic():
            return Performance.objects.create(
                activity=activity,
                day=hours.day,
                hours_present=hours.present,
                hours_absent=hours.absent,
                absence_reason=hours.absence_reason,
                recorded_at=actor.origin.at,
                recorded_by=actor.origin.by,
                replaces=earlier,
            )
    except IntegrityError as error:
        raise NotRegistered(Hindrance.HOURS, HOURS) from error


def _ran_on(activity: Activity, day: date, *, today: date) -> bool:
    """Whether the activity had started and ran on that day, its last day included; not in between two runs."""
    begun_on = activity.reopened_on or activity.started_on or activity.requested_on
    ends = (today, activity.closed_on, activity.cancelled_on)
    runs = [(begun_on, min(end for end in ends if end))]
    runs += activity.earlier_runs.values_list("begun_on", "ended_on")
    return any(begun and begun <= day <= ended for begun, ended in runs)
