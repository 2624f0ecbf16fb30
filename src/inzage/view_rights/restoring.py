"""A right that was closed by an error stands again: a new right with its own ground, asked by one, approved by another.

The closed right is never edited. The days between stay without a right, for everyone to see.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from inzage.consents.objections import standing_objection
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.granting import give_ground
from inzage.view_rights.held import Restoration, RestorationAnswer
from inzage.view_rights.losing import bearing, borne_until
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
    _refuse_impossible(right, origin)
    if to_approve().filter(right__dossier=right.dossier_id, right__unit=right.unit_id).exists():
        raise NotRestored("asked", "This was asked already, and waits for another person's approval.")
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
    _refuse_impossible(right, origin)
    today = day_of(origin.at)
    until = borne_until(right.dossier_id, right.unit_id, on=today)
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


def why_not_restored(right: ViewRight, *, today: date) -> str:
    """The code of what keeps this right from being restored; empty where nothing does."""
    if right.closed_on is None:
        return "open"
    if _of_unit(right).filter(Q(closed_on=None) | Q(closed_on__gt=today)).exists():
        return "stands"
    died = right.dossier.client.deceased_on
    if right.closing_reason == ClosingReason.DECEASED or (died is not None and died <= today):
        return "died"
    if standing_objection(right.dossier_id, right.unit_id):
        return "objected"
    if right.closing_reason in ENDED_BY_CLIENT:
        return "ended_by_client"
    if _of_unit(right).latest("granted_on", "pk").closing_reason in ENDED_BY_CLIENT:
        return "ended_since"
    if not bearing(right.dossier_id, on=today).filter(unit=right.unit_id).exists():
        return "nothing_bears"
    return ""


REFUSALS = {
    "open": "This right is open: there is nothing to restore.",
    "stands": "The unit has a right on this dossier: there is nothing to restore.",
    "died": "The client died: nothing opens any more.",
    "objected": "The client shut this unit out: nothing is restored against that.",
    "ended_by_client": "The client ended this right: only a new consent opens the dossier again.",
    "ended_since": "The client ended a later right of the unit: only a new consent opens the dossier again.",
    "nothing_bears": "The client withdrew the consents of this right: only a new one opens the dossier again.",
}


def _refuse_impossible(right: ViewRight, origin: Origin) -> None:
    if code := why_not_restored(right, today=day_of(origin.at)):
        raise NotRestored(code, REFUSALS[code])


def _refuse_answered(restoration: Restoration) -> None:
    if RestorationAnswer.objects.filter(restoration=restoration).exists():
        raise NotRestored("answered", "This was answered already: nothing was changed.")


def _of_unit(right: ViewRight) -> QuerySet[ViewRight]:
    return ViewRight.objects.filter(dossier=right.dossier_id, unit=right.unit_id)
