"""A person answers for rights that are held: they end as the rules said, or they go on. Each answer is kept.

What a right has become meanwhile is seen under its dossier's lock: an answer is given once.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction

from inzage.consents.objections import standing_objection
from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.notices.sending import queue
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.periods import eve
from inzage.view_rights.catching_up import lock
from inzage.view_rights.closing import has_ended, judged, put, save, shut
from inzage.view_rights.gathering import gather
from inzage.view_rights.held import Answer, HeldAnswer
from inzage.view_rights.holding import waiting
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import versions_of
from inzage.view_rights.scopes import these

BATCH = 500


class Answered(NamedTuple):
    """For how many rights the answer was taken, and for how many not: they wait no longer, or were shut out."""

    taken: int
    left: int


def answer_held(right_ids: Collection[int], answer: Answer, reason: str, *, origin: Origin) -> Answered:
    """Confirm that these rights end, or keep them, each in its turn; what no longer waits is left as it is.

    Confirmed, a right ends that evening; where the proposed day is past, at once. Kept, it has a ground of today.
    """
    rights = ViewRight.objects.filter(pk__any=list(right_ids)).order_by("pk")
    asked = list(rights.values_list("pk", "dossier_id"))
    taken = 0
    for first in range(0, len(asked), BATCH):
        batch = asked[first : first + BATCH]
        taken += _answer(dict(batch), answer, reason.strip()[:300], origin)
    return Answered(taken, len(right_ids) - taken)


@transaction.atomic
def _answer(asked: dict[int, int], answer: Answer, reason: str, origin: Origin) -> int:
    """One batch, in one transaction: rights by their ids, with their dossiers'."""
    today = day_of(origin.at)
    scope = these(*lock(set(asked.values())))
    gathered = gather(scope)
    found = waiting().filter(pk__any=list(asked)).select_related("unit", "dossier").order_by("pk")
    standing = [right for right in found if not has_ended(right, today)]
    moved = [right for right in standing if put(right, *judged(right, gathered.case_of(right), on=today))]
    held = [right for right in standing if right.held]
    if answer is Answer.KEPT:
        held = [right for right in held if not standing_objection(right.dossier_id, right.unit_id)]
    _record(held, answer, reason, origin)
    if answer is Answer.CONFIRMED:
        _end(held, origin)
    else:
        _keep(held, origin)
    save(list({right.pk: right for right in [*moved, *held]}.values()), origin=origin)
    return len(held)


def _record(rights: list[ViewRight], answer: Answer, reason: str, origin: Origin) -> None:
    said: dict[str, Any] = {
        "answer": answer,
        "by": origin.by,
        "day": day_of(origin.at),
        "at": origin.at,
        "reason": reason,
    }
    HeldAnswer.objects.bulk_create(
        HeldAnswer(right=right, held=right.held, proposed_last_day=right.proposed_last_day, **said)
        for right in rights
        if right.proposed_last_day is not None
    )


def _end(rights: list[ViewRight], origin: Origin) -> None:
    """Each ends on its proposed day, or, where that is past, now: today is then the first day without it."""
    today, closed = day_of(origin.at), []
    for right in rights:
        proposed = right.proposed_last_day
        assert proposed is not None
        if proposed < today:
            right.last_day = eve(today)
            shut(right, closed_on=today, reason=ClosingReason.TERM, origin=origin)
            closed.append(right)
        else:
            right.held, right.proposed_last_day, right.last_day = "", None, proposed
    _tell(Notice.Kind.CLOSED, closed, origin)


def _keep(rights: list[ViewRight], origin: Origin) -> None:
    """Each goes on with a ground of today, by which it is judged anew."""
    today = day_of(origin.at)
    grants = [
        Grant(dossier=right.dossier, unit=right.unit, right=right, ground=Ground.RESTORED, granted_on=today)
        for right in rights
    ]
    for grant in grants:
        grant.save()
    versions_of(grants, holds_from=today, origin=origin)
    gathered = gather(these(*{right.dossier_id for right in rights}))
    for right in rights:
        put(right, *judged(right, gathered.case_of(right), on=today))
    _tell(Notice.Kind.GRANTED, rights, origin)


def _tell(kind: str, rights: list[ViewRight], origin: Origin) -> None:
    """A notice for each unit; the mailbox is not told of each, who wants to know how many is."""
    if not rights:
        return
    columns = ("kind", "unit_id", "dossier_id", "on", "detail", "created_at", "mail_to", "right")
    today = day_of(origin.at)
    closed = kind == Notice.Kind.CLOSED
    rows = [
        (
            str(kind),
            r.unit_id,
            r.dossier_id,
            r.closed_on or today,
            "",
            origin.at,
            "",
            r.pk if closed else None,
        )
        for r in rights
    ]
    bulk.insert(Notice, columns, rows)
    queue(str(kind), Counter(right.unit_id for right in rights), at=origin.at)
