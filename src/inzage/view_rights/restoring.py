"""A right that was closed by an error stands again: a new right with its own ground, asked by one, approved by another.

The closed right is never edited. The days between stay without a right, for everyone to see.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from inzage.consents.objections import Objection
from inzage.journal.models import Origin
from inzage.notices.officials import tell_who_asked
from inzage.rule_books.in_force import books
from inzage.rules import facts
from inzage.rules.closing import outcome_of
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Ground
from inzage.rules.refusing import Refused
from inzage.view_rights.bearing import bearing, without_any
from inzage.view_rights.catching_up import under_lock
from inzage.view_rights.gathering import gather
from inzage.view_rights.granting import give_ground
from inzage.view_rights.held import Restoration, RestorationAnswer
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these


class NotRestored(Refused):
    """Nothing was changed. The codes: `open`, `stands`, `died`, `objected`, `ended_by_client`, `ended_since`,
    `nothing_bears`, `asked`, `own_request`, `answered`.
    """


@transaction.atomic
def ask_restoration(right_id: int, reason: str, *, origin: Origin) -> Restoration:
    """Ask that a closed right is restored. Raises NotRestored where it can't be, or was asked already."""
    right = under_lock(ViewRight, right_id, origin=origin)
    _refuse(right, why_not_asked(right.dossier_id, day_of(origin.at)))
    return Restoration.objects.create(
        right=right, reason=reason.strip()[:300], asked_by=origin.by, asked_at=origin.at
    )


@transaction.atomic
def approve_restoration(restoration: Restoration, remark: str = "", *, origin: Origin) -> ViewRight:
    """Open the new right, with a ground of today. Raises NotRestored, to who asked it too."""
    right = under_lock(ViewRight, restoration.right_id, origin=origin)
    _refuse_answered(restoration)
    if origin.by == restoration.asked_by:
        raise NotRestored("own_request", "Another person must look at it: nobody approves an own request.")
    today = day_of(origin.at)
    _refuse(right, why_not_restored(right.dossier_id, today))
    until = without_any(bearing(right.dossier_id)[right.pk], on=today)
    opened = give_ground(
        right.dossier, right.unit, Ground.RESTORED, on=today, origin=origin, withdrawn_on=until
    )
    _answer(restoration, remark, opened=opened, origin=origin)
    return opened


@transaction.atomic
def refuse_restoration(restoration: Restoration, remark: str, *, origin: Origin) -> RestorationAnswer:
    """Say no, with the reason; who asked may take the request back so. Raises NotRestored where it was answered."""
    under_lock(ViewRight, restoration.right_id, origin=origin)
    _refuse_answered(restoration)
    return _answer(restoration, remark, opened=None, origin=origin)


def _answer(
    restoration: Restoration, remark: str, *, opened: ViewRight | None, origin: Origin
) -> RestorationAnswer:
    """Kept with what it opened; who asked gets a mail, unless it is an own request taken back."""
    asked_by = restoration.asked_by
    if origin.by != asked_by:
        tell_who_asked(asked_by, restored=opened is not None, about=day_of(origin.at), at=origin.at)
    return RestorationAnswer.objects.create(
        restoration=restoration,
        opened=opened,
        asked_by=asked_by,
        answered_by=origin.by,
        at=origin.at,
        remark=remark.strip()[:300],
    )


def would_run_until(right: ViewRight, *, today: date) -> date | None:
    """The last day of the right that an approval today would open, judged; None while something keeps it open.

    Only of a right that nothing keeps from being restored.
    """
    case = gather(these(right.dossier_id)).case(0, right.dossier_id, right.unit_id, today)
    until = without_any(bearing(right.dossier_id)[right.pk], on=today)
    grants = (facts.Grant(Ground.RESTORED, today, until), *case.grants)
    return outcome_of(case._replace(grants=grants), books(), since=today).last_day


def to_approve() -> QuerySet[Restoration]:
    """What waits for another person's decision."""
    return Restoration.objects.filter(answer=None)


def why_not_restored(dossier_id: int, today: date) -> Case:
    """What keeps each right on a dossier from being restored, as a column of the query for them: a code, empty where
    nothing does.
    """
    return Case(*_hindrances(dossier_id, today), default=Value(""))


def why_not_asked(dossier_id: int, today: date) -> Case:
    """The same of asking it: that it was asked, for this right or another of the unit, and waits, keeps it too."""
    asked = to_approve().filter(right__dossier=OuterRef("dossier"), right__unit=OuterRef("unit"))
    by = (*_hindrances(dossier_id, today), When(Exists(asked), then=Value("asked")))
    return Case(*by, default=Value(""))


def _hindrances(dossier_id: int, today: date) -> Iterator[When]:
    bears = bearing(dossier_id)
    borne = [right for right, ones in bears.items() if any(one.counts(today) for one in ones)]
    withdrawn = {
        right for right, ones in bears.items() if any(one.form and not one.counts(today) for one in ones)
    }
    # a correction closes for want of a ground too: the client ended what lost a consent, and is borne by nothing else
    without_ground = (ClosingReason.WITHDRAWN, ClosingReason.CORRECTED)
    by_withdrawing = Q(closing_reason__in=without_ground, pk__in=withdrawn.difference(borne))
    by_client = Q(closing_reason=ClosingReason.OBJECTED) | by_withdrawing
    of_unit = ViewRight.objects.filter(dossier=OuterRef("dossier"), unit=OuterRef("unit"))
    later = Q(granted_on__gt=OuterRef("granted_on")) | Q(
        granted_on=OuterRef("granted_on"), pk__gt=OuterRef("pk")
    )
    objections = Objection.objects.filter(dossier=OuterRef("dossier"), unit=OuterRef("unit"), lifted_at=None)
    yield When(closed_on=None, then=Value("open"))
    yield When(Exists(of_unit.filter(Q(closed_on=None) | Q(closed_on__gt=today))), then=Value("stands"))
    yield When(dossier__client__deceased_on__lte=today, then=Value("died"))
    yield When(Exists(objections), then=Value("objected"))
    yield When(by_client, then=Value("ended_by_client"))
    yield When(Exists(of_unit.filter(by_client, later)), then=Value("ended_since"))
    yield When(~Q(pk__in=borne), then=Value("nothing_bears"))


REFUSALS = {
    "open": "This right is open: there is nothing to restore.",
    "stands": "The unit has a right on this dossier: there is nothing to restore.",
    "died": "The client died: nothing opens any more.",
    "objected": "The client shut this unit out: nothing is restored against that.",
    "ended_by_client": "The client ended this right: only a new consent opens the dossier again.",
    "ended_since": "The client ended a later right of the unit: only a new consent opens the dossier again.",
    "nothing_bears": "Nothing is left on which this right rested: only a new consent or assignment opens the dossier.",
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
