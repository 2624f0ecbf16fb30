"""What an import, or a decision on rule books, makes end in unusual numbers on coming days: said at once, by day.

The evening of each day decides (`holding.py`); this only tells, before anything is held, who could still mend it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from inzage.journal.turns import take_turn
from inzage.notices.models import OfficialMail
from inzage.notices.officials import tell_officials
from inzage.rules.days import day_of
from inzage.rules.thresholds import Limits
from inzage.view_rights.held import Part, UnusualDay, as_kept
from inzage.view_rights.holding import TOLD_OF_HELD, UNVERIFIED, ends_by_term
from inzage.view_rights.usual_nights import parts_above_by_day

AHEAD = 30
"""How many days are looked ahead, today being the first."""


def look_ahead(*, clock: Callable[[], datetime]) -> list[UnusualDay]:
    """The coming days on which a part would end unusually many, kept for who looks; rule managers and operators get a
    mail where one is new.
    """
    at = clock()
    with transaction.atomic():
        take_turn("unusual days")
        found = {day: parts for day, parts in unusual_days(day_of(at)).items() if parts}
        days = [UnusualDay(day=day, above=as_kept(parts), at=at) for day, parts in sorted(found.items())]
        known = _named({each.day: each.above for each in UnusualDay.objects.all()})
        UnusualDay.objects.all().delete()
        UnusualDay.objects.bulk_create(days)
        if new := {day for day, *_part in _named({each.day: each.above for each in days}) - known}:
            tell_officials(OfficialMail.Kind.UNUSUAL, TOLD_OF_HELD, len(new), about=min(new), at=at)
    return days


def unusual_days(today: date) -> dict[date, list[Part]]:
    """Of the days from today on the parts of which unusually many would end, as it stands now."""
    coming = ends_by_term().filter(last_day__gte=today, last_day__lt=today + timedelta(days=AHEAD))
    if settings.REQUIRE_VERIFIED_RULES:
        coming = coming.exclude(UNVERIFIED)  # held for that, and not counted again
    columns = ("last_day", "unit_id", "rule")
    numbers: dict[date, Counter[tuple[int, str]]] = defaultdict(Counter)
    for day, unit, rule, number in coming.order_by().values_list(*columns).annotate(number=Count("pk")):
        numbers[day][unit, rule] = number
    return parts_above_by_day(numbers, before=today, limits=Limits(**settings.EVENING_LIMITS))


def _named(above: Mapping[date, list[dict[str, object]]]) -> set[tuple[date, object, object]]:
    return {(day, part["part"], part["of"]) for day, parts in above.items() for part in parts}
