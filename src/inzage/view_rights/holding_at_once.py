"""What a transaction makes end on a day that the evening check has looked at: held in it, as the evening would have.

An import and a decision on rule books can move many days at once, until midnight and past it. What has been looked at
is not looked at in time again, so their transactions look themselves (docs/decisions/0056).
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.names import Held
from inzage.view_rights.held import EveningCheck
from inzage.view_rights.holding import (
    UNVERIFIED,
    Holding,
    check_late,
    ending_on,
    ends_by_term,
    hold_locked,
    of_parts,
    unusual_parts,
)
from inzage.view_rights.scopes import Scope


def hold_at_once(scope: Scope, *, clock: Callable[[], datetime], ended: Collection[int] = ()) -> None:
    """The last step of a transaction that moved days in these dossiers, which are locked or new.

    Where a right of theirs now ends on a day that was looked at or is over, the day's rules hold it. Rights in `ended`
    had ended before: they don't come back.
    """
    moved = ~Q(pk__any=list(ended))
    for day in _looked_at(scope, moved, today=day_of(clock())):
        _hold(day, scope, moved, clock)


def _looked_at(scope: Scope, moved: Q, *, today: date) -> list[date]:
    """The days up to today on which something ends now, and that no evening check is still to look at."""
    ending = ends_by_term().filter(moved, last_day__lte=today, **scope.on("dossier_id"))
    days = set(ending.order_by().values_list("last_day", flat=True).distinct())
    if today in days and not EveningCheck.objects.filter(day=today).exists():
        days.remove(today)
    return sorted(day for day in days if day)


def _hold(day: date, scope: Scope, moved: Q, clock: Callable[[], datetime]) -> None:
    """With the day's record locked from here to the end: of two at once, each counts what the other has stored."""
    at = clock()
    EveningCheck.objects.get_or_create(day=day, defaults={"started_at": at})
    record = EveningCheck.objects.select_for_update().get(day=day)
    origin = Origin(by="run", at=at, source="evening")
    examined = ending_on(day).count() + record.held
    if settings.REQUIRE_VERIFIED_RULES:
        hold_locked(scope, Holding(day, moved & UNVERIFIED, Held.RULE, record, origin, clock))
    above = unusual_parts(day)
    if not above:
        return
    hold_locked(scope, Holding(day, moved & of_parts(above), Held.THRESHOLD, record, origin, clock))
    before = {(each["part"], each["of"]) for each in record.above}
    record.note(above, examined)
    record.save(update_fields=["above", "examined"])
    if any((part.kind, part.name) not in before for part in above):  # what was stored before goes with it
        transaction.on_commit(partial(check_late, clock=clock))
