"""What bears a right: its own grounds, and of a restored one what the unit was given before. That it was restored, or
kept, is no ground beside those.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from inzage.consents.models import ConsentForm, FormState
from inzage.rules.names import Ground
from inzage.view_rights.models import Grant, ViewRight


def bearing(dossier_id: int | OuterRef, *, on: date) -> QuerySet[Grant]:
    """The grounds on which a restored right can rest that day: assignments, IBIS, and consents that still count."""
    still = Q(form__withdrawn_on=None) | Q(form__withdrawn_on__gt=on)
    counting = Q(form=None) | Q(form__state=FormState.GRANTED) & still
    grounds = Grant.objects.filter(counting, dossier=dossier_id, right__isnull=False)
    return grounds.exclude(ground=Ground.RESTORED)


Forms = Collection[int] | QuerySet[ConsentForm]
"""Consents: their ids, or the question for them."""


def bearing_without(
    forms: Forms, dossier_id: int, unit_id: int, *, on: date
) -> tuple[list[Ground], date | None]:
    """On what a restored right of the unit rests from day `on`, were these consents withdrawn then, and the first day
    without any of it: none where no such day is known.
    """
    bears = bearing(dossier_id, on=on).filter(unit=unit_id).exclude(form__in=forms)
    rows = list(bears.order_by("pk").values_list("ground", "form__withdrawn_on"))
    days: list[date | None] = [withdrawn_on for _ground, withdrawn_on in rows]
    until = None if None in days else max(filter(None, days), default=on)
    return [Ground(ground) for ground, _withdrawn_on in rows], until


RESTORED = Q(ground=Ground.RESTORED, right__restored_by__isnull=False)
"""The grounds of rights that were restored."""


def not_over(on: date) -> Q:
    """Grounds of open rights, or to come, as far as they count on that day or later."""
    return (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)) & Q(right__closed_on=None)


def restored_upon_consents(dossier_id: int, *, on: date) -> dict[int, ViewRight]:
    """The open rights, by their unit's id, that were restored and end with the last of the unit's consents."""
    borne = bearing(dossier_id, on=on).filter(form=None).values("unit")
    rights = ViewRight.objects.filter(dossier=dossier_id, closed_on=None, restored_by__isnull=False)
    return {right.unit_id: right for right in rights.exclude(unit__in=borne)}


def borne_by(rights: Sequence[ViewRight], *, on: date) -> dict[int, list[str]]:
    """Of open rights on one dossier, by their ids: the grounds that bear each on that day.

    One question for all that were restored; read with `restored_by` and `grants`, the others ask none.
    """
    restored = {right.unit_id for right in rights if hasattr(right, "restored_by")}
    of_unit = defaultdict(list)
    if restored:
        bears = bearing(rights[0].dossier_id, on=on).filter(unit__in=restored)
        for unit, ground in bears.order_by("pk").values_list("unit", "ground"):
            of_unit[unit].append(ground)
    return {
        right.pk: of_unit[right.unit_id] if right.unit_id in restored else _own(right, on) for right in rights
    }


def _own(right: ViewRight, on: date) -> list[str]:
    return [
        grant.ground
        for grant in right.grants.all()
        if grant.granted_on <= on and (grant.withdrawn_on is None or grant.withdrawn_on > on)
        if grant.ground != Ground.RESTORED
    ]
