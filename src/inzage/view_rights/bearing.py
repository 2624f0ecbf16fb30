"""What bears a right: its own grounds and, of a restored one, those of the right that was restored, and so on down.

That it was restored, or kept, is no ground beside those.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from inzage.consents.models import FormState
from inzage.rules.names import Ground
from inzage.view_rights.models import Grant, ViewRight


class Bearer(NamedTuple):
    """A ground that bears a right: of a consent its id; `until`, the first day without it, where that is known."""

    ground: Ground
    form: int | None
    until: date | None

    def counts(self, on: date) -> bool:
        """Whether it does on that day."""
        return self.until is None or self.until > on


STILL_GIVEN = Q(ground=Ground.IBIS) | (
    Q(form__state=FormState.GRANTED, form__unit=F("unit"))
    | Q(assignment__makes_owner=True, assignment__unit=F("unit"))
)
"""What the fact itself gives to this unit as it now stands: a closed right's grounds are not brought up to date."""
COLUMNS = (
    *("right__restored_by__restoration__right", "right", "ground"),
    *("form", "form__withdrawn_on", "withdrawn_on"),
)


def bearing(dossier_id: int) -> dict[int, list[Bearer]]:
    """By the ids of the rights on a dossier, open or closed, what bears each, on whatever day: one question."""
    grants = Grant.objects.filter(Q(ground=Ground.RESTORED) | STILL_GIVEN, dossier=dossier_id)
    grants = grants.exclude(right=None).order_by("pk")
    bears: dict[int, list[Bearer]] = defaultdict(list)
    under: dict[int, int] = {}
    for restored, right, ground, form, form_until, until in grants.values_list(*COLUMNS):
        if ground != Ground.RESTORED:
            known = form_until if form else until if ground == Ground.IBIS else None
            bears[right].append(Bearer(Ground(ground), form, known))
        elif restored is not None:
            under[right] = restored
    for right in sorted(under):  # what was restored is the older right
        bears[right] = bears[under[right]] + bears[right]
    return bears


def without_any(bears: Collection[Bearer], *, on: date) -> date | None:
    """The first day, from day `on`, without any of these: none where no such day is known."""
    days = [one.until for one in bears if one.counts(on)]
    return None if None in days else max(filter(None, days), default=on)


RESTORED = Q(ground=Ground.RESTORED, right__restored_by__isnull=False)
"""The grounds of rights that were restored."""


def not_over(on: date) -> Q:
    """Grounds of open rights, or to come, as far as they count on that day or later."""
    return (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)) & Q(right__closed_on=None)


def restored_upon_consents(dossier_id: int, *, on: date) -> dict[int, ViewRight]:
    """By the ids of the consents that count, the open rights that were restored and end with the last of them."""
    rights = ViewRight.objects.filter(dossier=dossier_id, closed_on=None, restored_by__isnull=False)
    bears = bearing(dossier_id) if rights else {}
    counting = [(right, [one.form for one in bears[right.pk] if one.counts(on)]) for right in rights]
    return {form: right for right, forms in counting for form in forms if form and None not in forms}


def borne_by(rights: Sequence[ViewRight], *, on: date) -> dict[int, list[Ground]]:
    """Of open rights on one dossier, by their ids: the grounds that bear each on that day.

    One question for all that were restored; read with `restored_by` and `grants`, the others ask none.
    """
    restored = any(hasattr(right, "restored_by") for right in rights)
    bears = bearing(rights[0].dossier_id) if restored else {}
    return {
        right.pk: [one.ground for one in bears[right.pk] if one.counts(on)]
        if hasattr(right, "restored_by")
        else _own(right, on)
        for right in rights
    }


def _own(right: ViewRight, on: date) -> list[Ground]:
    return [
        Ground(grant.ground)
        for grant in right.grants.all()
        if grant.granted_on <= on and (grant.withdrawn_on is None or grant.withdrawn_on > on)
        if grant.ground != Ground.RESTORED
    ]
