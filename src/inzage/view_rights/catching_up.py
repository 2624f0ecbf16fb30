"""Where every use case begins: the dossier locked, and everything done that the nights up to today would have done."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import F, QuerySet

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Dossier
from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.partners.models import Unit
from inzage.rule_books.in_force import as_decided
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Relation
from inzage.view_rights.closing import has_ended, judge_again, reckon, save
from inzage.view_rights.gathering import gather, open_rights
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.scopes import these
from inzage.view_rights.watching import watch_enrolment

Fact = TypeVar("Fact", Activity, Assignment, ConsentForm, ViewRight)


class CaughtUp(NamedTuple):
    """What missed nights would have done: how many grounds began, which rights closed."""

    begun: int
    closed: list[ViewRight]


def lock(dossier_ids: Collection[int]) -> list[int]:
    """Lock these dossiers' rows until the transaction ends, in one order; returns those that are there.

    Only the ids are read: what a waiting query joins to the rows it locks is as old as its own beginning. What is
    judged under the lock goes by the rule books as they are decided, and stay until the transaction ends.
    """
    as_decided()
    rows = Dossier.objects.select_for_update().filter(pk__any=set(dossier_ids)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def locked(dossier_id: int, *, origin: Origin) -> Dossier:
    """The dossier, its row locked until the transaction ends, and caught up with.

    So two at once go one after the other, each seeing the other's result, and no use case meets a right that the
    night should have closed, or misses one that it should have opened.
    """
    lock([dossier_id])
    dossier = Dossier.objects.select_related("client").get(pk=dossier_id)
    for right in catch_up(dossier, day_of(origin.at), origin=origin).closed:
        assert right.closed_on is not None
        tell(
            "closed",
            unit=right.unit,
            dossier=dossier,
            on=right.closed_on,
            at=origin.at,
            right=right.pk,
            mail=False,
        )
    return dossier


def under_lock(model: type[Fact], pk: int, *, origin: Origin) -> Fact:
    """The fact as it is now that its dossier is locked and caught up with: nothing of it was read before."""
    facts = model._default_manager
    dossier = locked(facts.values_list("dossier_id", flat=True).get(pk=pk), origin=origin)
    fact = facts.select_related("unit").get(pk=pk)
    fact.dossier = dossier
    return fact


def catch_up(dossier: Dossier, today: date, *, origin: Origin) -> CaughtUp:
    """In the order of the days: close what ended before a ground begins, begin it; at last what ended before today."""
    begun = list(beginning(today).filter(dossier=dossier).select_related("unit"))
    closed = []
    for grant in begun:
        closed += _close_ended(dossier, grant.granted_on, origin=origin)
        _begin(grant, dossier, origin=origin)
    return CaughtUp(len(begun), closed + _close_ended(dossier, today, origin=origin))


def beginning(today: date) -> QuerySet[Grant]:
    """Grounds entered ahead of their day, whose day has come, in its order; but for those that grant nothing."""
    waiting = Grant.objects.filter(right=None, granted_on__lte=today)
    waiting = waiting.exclude(withdrawn_on__lte=F("granted_on"))
    waiting = waiting.exclude(dossier__client__deceased_on__lte=F("granted_on"))
    return waiting.order_by("granted_on", "pk")


def _close_ended(dossier: Dossier, before: date, *, origin: Origin) -> list[ViewRight]:
    over = [right for right in open_rights(dossier.pk) if has_ended(right, before)]
    if not over:
        return []
    gathered = gather(these(dossier.pk))
    closed = [
        right for right in over if judge_again(right, gathered.case_of(right), today=before, origin=origin)
    ]
    save(over, origin=origin)
    return closed


def _begin(grant: Grant, dossier: Dossier, *, origin: Origin) -> None:
    grant.right = open_right(dossier, grant.unit, on=grant.granted_on, origin=origin)
    record(grant, holds_from=grant.granted_on, origin=origin)
    reckon(dossier.pk, origin=origin, on=grant.granted_on)
    watch_enrolment(dossier, origin=origin)
    tell("granted", unit=grant.unit, dossier=dossier, on=grant.granted_on, at=origin.at)


def open_right(dossier: Dossier, unit: Unit, *, on: date, origin: Origin) -> ViewRight:
    """The unit's open right, or a new one from day `on`; never before its last right closed. Reckoned by the caller."""
    if right := ViewRight.objects.filter(dossier=dossier, unit=unit, closed_on=None).first():
        return right
    last = ViewRight.objects.filter(dossier=dossier, unit=unit).order_by("-closed_on").first()
    granted_on = max(on, last.closed_on) if last and last.closed_on else on
    return ViewRight.objects.create(
        dossier=dossier,
        unit=unit,
        granted_on=granted_on,
        opened_at=origin.at,
        relation=Relation.NONE,
        ends_by=ClosingReason.TERM,
    )
