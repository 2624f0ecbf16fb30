"""What bears a right: its own grounds, and of a restored one what the unit was given before. That it was restored, or
kept, is no ground beside those.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from inzage.consents.models import FormState
from inzage.rules.names import Ground
from inzage.view_rights.models import Grant, ViewRight


def bearing(dossier_id: int | OuterRef, *, on: date) -> QuerySet[Grant]:
    """The grounds on which a restored right can rest that day: assignments, IBIS, and consents that still count."""
    still = Q(form__withdrawn_on=None) | Q(form__withdrawn_on__gt=on)
    counting = Q(form=None) | Q(form__state=FormState.GRANTED) & still
    grounds = Grant.objects.filter(counting, dossier=dossier_id, right__isnull=False)
    return grounds.exclude(ground=Ground.RESTORED)


def bearing_without(
    forms: Collection[int], dossier_id: int, unit_id: int, *, on: date
) -> tuple[list[Ground], date | None]:
    """On what a restored right of the unit rests from day `on`, were these consents withdrawn then, and the first day
    without any of it: none where no such day is known.
    """
    bears = bearing(dossier_id, on=on).filter(unit=unit_id).exclude(form__in=forms)
    rows = list(bears.order_by("pk").values_list("ground", "form__withdrawn_on"))
    days: list[date | None] = [withdrawn_on for _ground, withdrawn_on in rows]
    until = None if None in days else max(filter(None, days), default=on)
    return [Ground(ground) for ground, _withdrawn_on in rows], until


def restored_grounds(dossier_id: int, *, on: date) -> QuerySet[Grant]:
    """The grounds of open rights that were restored, as far as they count on that day or later."""
    counting = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    restored = Grant.objects.filter(counting, dossier=dossier_id, ground=Ground.RESTORED)
    return restored.filter(right__closed_on=None, right__restored_by__isnull=False).order_by("pk")


def restored_upon_consents(dossier_id: int, *, on: date) -> dict[int, ViewRight]:
    """The open rights, by their unit's id, that were restored and end with the last of the unit's consents."""
    borne = bearing(dossier_id, on=on).filter(form=None).values("unit")
    rights = ViewRight.objects.filter(dossier=dossier_id, closed_on=None, restored_by__isnull=False)
    return {right.unit_id: right for right in rights.exclude(unit__in=borne)}


def borne_by(dossier_id: int, rights: Iterable[ViewRight], *, on: date) -> dict[int, list[str]]:
    """Of open rights on a dossier, by their ids: the grounds that bear each. Two questions for them all."""
    restored = set(restored_grounds(dossier_id, on=on).values_list("right", flat=True))
    of_right, of_unit = defaultdict(list), defaultdict(list)
    for ground, right, unit in (
        bearing(dossier_id, on=on).order_by("pk").values_list("ground", "right", "unit")
    ):
        of_right[right].append(ground)
        of_unit[unit].append(ground)
    return {
        right.pk: of_unit[right.unit_id] if right.pk in restored else of_right[right.pk] for right in rights
    }
