"""What is counted for who manages a unit: each figure is one grouped query, whatever the number of rights."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm, FormState
from inzage.partners.models import Unit
from inzage.rules.days import BRUSSELS, midnight
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.viewing import open_to

WEEKS = MONTHS = 12
UNDER_WAY = (FormState.ASKED, FormState.RECEIVED, FormState.SENT_BACK)
Counts = dict[Any, int]


class Ends(NamedTuple):
    """Why a right ends when it does, or why nothing ends it yet: then there is no event."""

    ends_by: str
    anchor_event: str
    relation: str


def by_ground(unit: Unit, *, on: date) -> Counts:
    """Rights that stand, by ground; one with two grounds is counted at each."""
    left = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    grants = Grant.objects.filter(left, unit=unit, granted_on__lte=on, right__in=_open(unit, on))
    return dict(grants.values_list("ground").annotate(Count("right", distinct=True)).order_by())


def by_end(unit: Unit, *, on: date) -> dict[Ends, int]:
    """Rights that stand, by why they end; each is counted once."""
    rows = _open(unit, on).values_list(*Ends._fields).annotate(number=Count("*")).order_by()
    return {Ends(*row[:3]): row[3] for row in rows}


def ends_by_week(unit: Unit, *, on: date) -> Counts:
    """Rights that stand, by the week of their last day: this week, from today on, and the eleven after it."""
    weeks = coming_weeks(on)
    rights = _open(unit, on).filter(last_day__gte=on, last_day__lt=weeks[-1] + timedelta(weeks=1))
    return _summed(weeks, _monday, rights.values_list("last_day").annotate(number=Count("*")).order_by())


def granted_by_month(unit: Unit, *, on: date) -> Counts:
    """Rights by the month of their grant: this month, up to today, and the eleven before it."""
    months = last_months(on)
    rights = ViewRight.objects.filter(unit=unit, granted_on__gte=months[0], granted_on__lte=on)
    return _by_month(rights, "granted_on", months)


def ended_by_month(unit: Unit, *, on: date) -> Counts:
    """Rights that no longer stand, by the month of their last day: the same twelve months."""
    months = last_months(on)
    return _by_month(
        ViewRight.objects.filter(unit=unit, last_day__gte=months[0], last_day__lt=on), "last_day", months
    )


def forms_by_state(unit: Unit) -> Counts:
    """Forms that the unit asked and that are not handled yet, by where they are."""
    forms = ConsentForm.objects.filter(asked_by=unit, state__in=UNDER_WAY)
    found: Counts = dict(forms.values_list("state").annotate(number=Count("*")).order_by())
    return {state: found.get(state, 0) for state in UNDER_WAY}


def looks_by_week(unit: Unit, *, on: date) -> Counts:
    """Looks at dossiers for the unit: the eleven weeks before this one, and this one up to now."""
    weeks = last_weeks(on)
    looks = AccessLine.objects.filter(
        unit=unit.oe_number,
        kind=AccessLine.Kind.LOOK,
        at__gte=midnight(weeks[0]),
        at__lt=midnight(on + timedelta(days=1)),
    )
    days = looks.annotate(day=TruncDate("at", tzinfo=BRUSSELS))
    return _summed(weeks, _monday, days.values_list("day").annotate(number=Count("*")).order_by())


def coming_weeks(on: date) -> list[date]:
    """The Mondays of this week and the eleven after it."""
    return [_monday(on) + timedelta(weeks=place) for place in range(WEEKS)]


def last_weeks(on: date) -> list[date]:
    """The Mondays of the eleven weeks before this one, and of this one."""
    return [_monday(on) - timedelta(weeks=place) for place in reversed(range(WEEKS))]


def last_months(on: date) -> list[date]:
    """The first days of the eleven months before this one, and of this one."""
    months = [on.year * 12 + on.month - 1 - place for place in reversed(range(MONTHS))]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _open(unit: Unit, on: date) -> QuerySet[ViewRight]:
    """Those that stand, none of which is closed: said once more, so that an index without the closed ones serves."""
    return open_to(unit.pk, on=on).filter(closed_on=None)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_month(rights: QuerySet[ViewRight], day: str, months: list[date]) -> Counts:
    rows = rights.annotate(month=TruncMonth(day)).values_list("month").annotate(number=Count("*")).order_by()
    return _summed(months, lambda month: month.replace(day=1), rows)


def _summed(stretches: list[date], begin_of: Any, rows: Iterable[Any]) -> Counts:
    """The counts of days put together for each stretch; one in which there was nothing is there too."""
    counts: Counter[date] = Counter(dict.fromkeys(stretches, 0))
    for day, of in rows:
        counts[begin_of(day)] += of
    return dict(counts)
