"""Unused rights that a unit gives back together: all of them, or none (decision 0047)."""

from collections.abc import Collection

from django.db import transaction

from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.view_rights import ending
from inzage.view_rights.catching_up import lock
from inzage.view_rights.models import ViewRight
from inzage.view_rights.unused import unused


@transaction.atomic
def give_back_unused(right_ids: Collection[int], *, unit: Unit, origin: Origin) -> int:
    """Give back those that `unit` has and that nobody used meanwhile; how many.

    Their dossiers are locked together, in one order, and only then is it read which still stand unused.
    """
    chosen = ViewRight.objects.filter(pk__any=set(right_ids), unit=unit)
    lock(chosen.values_list("dossier_id", flat=True))
    still = unused(unit, on=day_of(origin.at)).filter(pk__in=chosen).order_by("pk")
    numbers = list(still.values_list("pk", flat=True))
    for number in numbers:
        ending.give_back(number, origin=origin)
    return len(numbers)
