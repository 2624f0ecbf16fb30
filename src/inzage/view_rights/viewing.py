"""May this unit see this dossier now? The list of viewable dossiers, filtered to one: they can't disagree (S01)."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inzage.rules.names import ClosingReason
from inzage.rules.viewing import Reason
from inzage.view_rights.models import ViewRight
from inzage.view_rights.prepared import Prepared


def standing(on: date) -> Q:
    """The predicate: rights that stand on day `on`. Lists, checks and searches all use this one."""
    granted = Q(granted_on__lte=on)
    not_closed = Q(closed_on=None) | Q(closed_on__gt=on)
    not_past = Q(last_day=None) | Q(last_day__gte=on)
    return granted & not_closed & not_past


def stood_at(moment: datetime, on: date) -> Q:
    """Rights that stood at a moment of day `on`, past or to come, as far as is known now.

    A look is judged by its moment: a right that was closed at once stood on its closing day until then.
    """
    opened = Q(opened_at__lte=moment) & (Q(closed_at=None) | Q(closed_at__gt=moment))
    not_past = Q(last_day=None) | Q(last_day__gte=on)
    closed_later = Q(closed_at__isnull=False, closed_at__gt=moment)  # not NULL, which is neither yes nor no
    closed_at_once_later = closed_later & ~Q(closing_reason=str(ClosingReason.TERM))
    return opened & (not_past | closed_at_once_later)


def open_to(unit_id: int, *, on: date) -> QuerySet[ViewRight]:
    """The rights of a unit that stand on day `on`."""
    return ViewRight.objects.filter(standing(on), unit_id=unit_id)


def _standing_on(dossier_id: int, unit_id: int, on: date) -> QuerySet[ViewRight]:
    """The list of a unit's viewable dossiers, filtered to one."""
    return open_to(unit_id, on=on).filter(dossier_id=dossier_id).order_by("pk")[:1]


def _past_on(dossier_id: int, unit_id: int, on: date) -> QuerySet[ViewRight]:
    """What the unit ever had on that dossier by then, the last first."""
    rights = ViewRight.objects.filter(dossier_id=dossier_id, unit_id=unit_id, granted_on__lte=on)
    return rights.order_by("-granted_on", "-pk")[:1]


STANDING: Prepared[ViewRight] = Prepared(_standing_on, dossier_id=-1, unit_id=-2, on=date(1, 1, 1))
PAST: Prepared[ViewRight] = Prepared(_past_on, dossier_id=-1, unit_id=-2, on=date(1, 1, 1))


def standing_right(dossier_id: int, unit_id: int, *, on: date) -> ViewRight | None:
    """The right on which `unit` may see this dossier on day `on`, if any."""
    return STANDING.first(dossier_id=dossier_id, unit_id=unit_id, on=on)


def seers_of(dossier_id: int, *, on: date) -> list[ViewRight]:
    """Every right that stands on this dossier on day `on`, with its unit, by the unit's name."""
    rights = ViewRight.objects.filter(standing(on), dossier_id=dossier_id)
    return list(rights.select_related("unit").order_by("unit__name", "pk"))


class Decision(NamedTuple):
    """Yes or no, why, on which right."""

    allowed: bool
    reason: Reason
    right: ViewRight | None


def decide(dossier_id: int, unit_id: int, *, on: date) -> Decision:
    """The decision for one unit and one dossier; a no says whether there ever was a right."""
    if right := standing_right(dossier_id, unit_id, on=on):
        return Decision(True, Reason.RIGHT_STANDS, right)
    if past := PAST.first(dossier_id=dossier_id, unit_id=unit_id, on=on):
        return Decision(False, Reason.RIGHT_CLOSED, past)
    return Decision(False, Reason.NO_RIGHT, None)
