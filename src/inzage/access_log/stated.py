"""Looks by VDAB's own people outside their own work list: those for which they had to say why."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from inzage.access_log.models import AccessLine, Why

BEFORE_KINDS = ("formulier ", "bericht ", "taak ", "inschrijving bij Actiris", "toezicht")
"""How reasons began that a page gave by itself, on lines of before their kind was kept: nothing else tells."""


def looks_with_reason() -> QuerySet[AccessLine]:
    """The looks for which somebody of VDAB stated a reason."""
    by_itself = reduce(or_, (Q(stated_reason__startswith=words) for words in BEFORE_KINDS))
    before = Q(reason_kind=None) & ~Q(stated_reason="") & ~by_itself
    return AccessLine.objects.filter(Q(reason_kind=Why.STATED) | before, unit="", kind=AccessLine.Kind.LOOK)
