"""What an assignment, or its end, does to the unit's right: told beforehand, before anybody confirms it.

It is done, looked at and taken back in one transaction, so that what is told can't differ from what will be done.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from inzage.dossiers.models import Assignment
from inzage.journal.models import Origin
from inzage.partners.models import Service, Unit
from inzage.rules.days import day_of
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing_right


class Foreseen(NamedTuple):
    """The right on which the unit may see the dossier today, as it is and as it would be; none where it has none."""

    before: ViewRight | None
    after: ViewRight | None


def foresee_assignment(
    dossier_id: int, unit: Unit, service: Service, *, on: date, origin: Origin
) -> Foreseen:
    """What `assign` would do; raises what it raises."""
    return _foreseen(
        dossier_id, unit.pk, lambda: assign(dossier_id, unit, service, on=on, origin=origin), origin
    )


def foresee_end(
    assignment: Assignment, *, on: date, reason: str, origin: Origin, ended_by: str = ""
) -> Foreseen:
    """What `end_assignment` would do; raises what it raises."""

    def end() -> Assignment:
        return end_assignment(assignment.pk, on=on, reason=reason, origin=origin, ended_by=ended_by)

    return _foreseen(assignment.dossier_id, assignment.unit_id, end, origin)


@transaction.atomic
def _foreseen(dossier_id: int, unit_id: int, act: Callable[[], Assignment], origin: Origin) -> Foreseen:
    today = day_of(origin.at)
    before = standing_right(dossier_id, unit_id, on=today)
    with transaction.atomic():
        act()
        after = standing_right(dossier_id, unit_id, on=today)
        transaction.set_rollback(True)
    return Foreseen(before, after)
