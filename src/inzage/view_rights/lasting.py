"""Ownerships that last longer than a trajectory under their service may: a signal to people, which closes nothing."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from inzage.dossiers.models import Assignment
from inzage.partners.models import Service
from inzage.rule_books.in_force import books


def lasting_too_long(today: date) -> QuerySet[Assignment]:
    """The ownerships that run today, longer than the book of today has as the longest for their service.

    A service for which it has none is never among them.
    """
    longest = books().on(today).longest
    services = Service.objects.filter(code__in=longest).values_list("pk", "code")
    over = (
        Q(service=pk, assigned_on__lte=longest[code].period.latest_start(over_on=today))
        for pk, code in services  # by their own numbers, which an index has beside the day
    )
    running = Q(ended_on=None) | Q(ended_on__gt=today)
    return Assignment.objects.filter(running, reduce(or_, over, Q(pk__in=[])), makes_owner=True)


def lasting_by_service(today: date) -> dict[str, int]:
    """How many there are, by the code of their service."""
    counted = lasting_too_long(today).order_by().values("service__code").annotate(number=Count("pk"))
    return {row["service__code"]: row["number"] for row in counted}
