"""What a decision on the rule books comes to for rights that stand: each that it concerns is judged anew.

It has effect on a later day, and `last_day` counts what is to come (docs/decisions/0016), so this is done ahead. It
goes by batches, each one transaction; killed and started again it ends the same. What would end tonight by it is looked
at once more where the evening check has been (`holding.py`); later days have their own evening.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from inzage.dossiers.models import Activity, Assignment
from inzage.journal.models import Origin
from inzage.rule_books.models import Act, Edition, Verdict
from inzage.rules.days import day_of
from inzage.view_rights.catching_up import lock
from inzage.view_rights.closing import has_ended, judged, put, save
from inzage.view_rights.gathering import gather
from inzage.view_rights.holding import check_late
from inzage.view_rights.holding_at_once import hold_at_once
from inzage.view_rights.models import CarriedOut, ViewRight
from inzage.view_rights.scopes import these
from inzage.view_rights.unusual_days import look_ahead

BATCH = 2500


def carry_out_decisions(
    *, clock: Callable[[], datetime], progress: Callable[[int], None] = lambda _n: None
) -> int:
    """Carry out every decision that was not yet; returns how many rights it gave another verdict."""
    return sum(_carry_out(edition, clock, progress) for edition in waiting())


def _carry_out(edition: Edition, clock: Callable[[], datetime], progress: Callable[[int], None]) -> int:
    """Killed before the last line and begun again, it ends the same: it was carried out once all of this was done."""
    origin = Origin(by="run", at=clock(), source="rule-books")
    moved, looked_at = 0, 0
    for dossier_ids in _concerned(edition):
        moved += judge_anew(dossier_ids, origin=origin, clock=clock)
        looked_at += len(dossier_ids)
        progress(looked_at)
    check_late(clock=clock)
    look_ahead(clock=clock)
    CarriedOut.objects.get_or_create(edition=edition, defaults={"moved": moved, "at": clock()})
    return moved


def waiting() -> list[Edition]:
    """The decisions that change something for rights, and were not carried out, in their order."""
    deciding = Edition.objects.exclude(verdict=Verdict.REFUSED).filter(carried_out=None)
    return list(deciding.select_related("proposal__draft").order_by("pk"))


def _concerned(edition: Edition) -> Iterator[tuple[int, ...]]:
    """The dossiers, in batches, of open rights whose term could be counted otherwise by it.

    A publication counts the terms that begin on or after its first day, known ahead; a migration those before it. Of
    several terms a right names the one that ends last; by the new book it may be another, so facts are looked at too.
    """
    proposal = edition.proposal
    starts_on = proposal.draft.starts_on
    concerned = Q(anchor_on__isnull=False)
    if proposal.act == Act.PUBLISH:
        concerned &= Q(anchor_on__gte=starts_on) | _ends_known_from(starts_on)
    rights = ViewRight.objects.filter(concerned, closed_on=None).order_by("dossier_id")
    last = 0
    while batch := list(rights.filter(dossier_id__gt=last).values_list("dossier_id", flat=True)[:BATCH]):
        yield tuple(dict.fromkeys(batch))
        last = batch[-1]


def _ends_known_from(day: date) -> Q:
    """Of dossiers in which an ownership or an activity is known to end on that day or later."""
    owned = Assignment.objects.filter(ended_on__gte=day)
    closed, cancelled = (
        Activity.objects.filter(**{f"{end}__gte": day}) for end in ("closed_on", "cancelled_on")
    )
    ends = Q(dossier__in=owned.values("dossier")) | Q(dossier__in=closed.values("dossier"))
    return ends | Q(dossier__in=cancelled.values("dossier"))


@transaction.atomic
def judge_anew(dossier_ids: tuple[int, ...], *, origin: Origin, clock: Callable[[], datetime]) -> int:
    """Store what the rules now make of the open rights of these dossiers; returns how many changed.

    What the night should have closed already is left to it: `judge_again` closes it by its own day.
    """
    scope, origin = these(*lock(dossier_ids)), origin._replace(at=clock())
    today = day_of(origin.at)
    gathered = gather(scope)
    changed, ended = [], []
    for right in ViewRight.objects.filter(**scope.on("dossier_id"), closed_on=None):
        if has_ended(right, today):
            ended.append(right.pk)
        elif put(right, *judged(right, gathered.case_of(right), on=today)):
            changed.append(right)
    save(changed, origin=origin)
    hold_at_once(scope, clock=clock, ended=ended)
    return len(changed)
