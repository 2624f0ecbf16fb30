"""A right that was closed by an error stands again: a new right with its own ground, asked by one, approved by another.

The closed right is never edited. The days between stay without a right, for everyone to see.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import In

from inzage.consents.objections import Objection
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.refusing import Refused
from inzage.view_rights.bearing import bearing, bearing_without
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.granting import give_ground
from inzage.view_rights.held import Restoration, RestorationAnswer
from inzage.view_rights.models import ViewRight

ENDED_BY_CLIENT = (ClosingReason.WITHDRAWN, ClosingReason.OBJECTED)


class NotRestored(Refused):
    """Nothing was changed. The codes: `open`, `stands`, `died`, `objected`, `ended_by_client`, `ended_since`,
    `nothing_bears`, `asked`, `own_request`, `answered`.
    """


@transaction.atomic
def ask_restoration(right_id: int, reason: str, *, origin: Origin) -> Restoration:
    """Ask that a closed right is restored. Raises NotRestored where it can't be, or was asked already."""
    right = under_lock(ViewRight, right_id, origin=origin)
    _refuse(right, why_not_asked(day_of(origin.at)))
    return Restoration.objects.create(
        right=right, reason=reason.strip()[:300], asked_by=origin.by, asked_at=origin.at
    )


@transaction.atomic
def approve_restoration(restoration: Restoration, *, origin: Origin) -> ViewRight:
    """Open the new right, with a ground of today. Raises NotRestored, to who asked it too."""
    right = under_lock(ViewRight, restoration.right_id, origin=origin)
    _refuse_answered(restoration)
    if origin.by == restoration.asked_by:
        raise NotRestored("own_request", "Another person must look at it: nobody approves an own request.")
    today = day_of(origin.at)
    _refuse(right, why_not_restored(today))
    _bears, until = bearing_without([], right.dossier_id, right.unit_id, on=today)
    opened = give_ground(
        right.dossier, right.unit, Ground.RESTORED, on=today, origin=origin, withdrawn_on=until
    )
    RestorationAnswer.objects.create(
        restoration=restoration,
        opened=opened,
        asked_by=restoration.asked_by,
        answered_by=origin.by,
        at=origin.at,
    )
    return opened


@transaction.atomic
def refuse_restoration(restoration: Restoration, remark: str, *, origin: Origin) -> RestorationAnswer:
    """Say no, with the reason; who asked may take the request back so. Raises NotRestored where it was answered."""
    under_lock(ViewRight, restoration.right_id, origin=origin)
    _refuse_answered(restoration)
    return RestorationAnswer.objects.create(
        restoration=restoration,
        asked_by=restoration.asked_by,
        answered_by=origin.by,
        at=origin.at,
        remark=remark.strip()[:300],
    )


def to_approve() -> QuerySet[Restoration]:
    """What waits for another person's decision."""
    return Restoration.objects.filter(answer=None)


def why_not_restored(today: date) -> Case:
    """What keeps a right from being restored, as a column of the query for it: a code, empty where nothing does."""
    return Case(*_hindrances(today), default=Value(""))


def why_not_asked(today: date) -> Case:
    """The same of asking it: that it was asked, for this right or another of the unit, and waits, keeps it too."""
    asked = to_approve().filter(right__dossier=OuterRef("dossier"), right__unit=OuterRef("unit"))
    return Case(*_hindrances(today), When(Exists(asked), then=Value("asked")), default=Value(""))


def _hindrances(today: date) -> Iterator[When]:
    of_unit = ViewRight.objects.filter(dossier=OuterRef("dossier"), unit=OuterRef("unit"))
    how_last_ended = of_unit.order_by("-granted_on", "-pk").values("closing_reason")[:1]
    objections = Objection.objects.filter(dossier=OuterRef("dossier"), unit=OuterRef("unit"), lifted_at=None)
    bears = bearing(OuterRef("dossier"), on=today).filter(unit=OuterRef("unit"))
    died = Q(closing_reason=ClosingReason.DECEASED) | Q(dossier__client__deceased_on__lte=today)
    yield When(closed_on=None, then=Value("open"))
    yield When(Exists(of_unit.filter(Q(closed_on=None) | Q(closed_on__gt=today))), then=Value("stands"))
    yield When(died, then=Value("died"))
    yield When(Exists(objections), then=Value("objected"))
    yield When(closing_reason__in=ENDED_BY_CLIENT, then=Value("ended_by_client"))
    yield When(In(Subquery(how_last_ended), ENDED_BY_CLIENT), then=Value("ended_since"))
    yield When(~Exists(bears), then=Value("nothing_bears"))


REFUSALS = {
    "open": "This right is open: there is nothing to restore.",
    "stands": "The unit has a right on this dossier: there is nothing to restore.",
    "died": "The client died: nothing opens any more.",
    "objected": "The client shut this unit out: nothing is restored against that.",
    "ended_by_client": "The client ended this right: only a new consent opens the dossier again.",
    "ended_since": "The client ended a later right of the unit: only a new consent opens the dossier again.",
    "nothing_bears": "The client withdrew the consents of this right: only a new one opens the dossier again.",
    "asked": "This was asked already, and waits for another person's approval.",
}


def hindrance(right: ViewRight, why_not: Case) -> str:
    """The code for one right."""
    found = ViewRight.objects.filter(pk=right.pk).annotate(why_not=why_not)
    return str(found.values_list("why_not", flat=True).get())


def _refuse(right: ViewRight, why_not: Case) -> None:
    if code := hindrance(right, why_not):
        raise NotRestored(code, REFUSALS[code])


def _refuse_answered(restoration: Restoration) -> None:
    if RestorationAnswer.objects.filter(restoration=restoration).exists():
        raise NotRestored("answered", "This was answered already: nothing was changed.")
