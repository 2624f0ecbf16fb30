"""Looks by VDAB's own people outside their own work list: those for which they had to say why."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from inzage.access_log.models import AccessLine

OF_THE_WORK_ITSELF = ("formulier ", "bericht ", "taak ", "inschrijving bij Actiris", "toezicht")
"""How reasons begin that a page gives by itself, for a dossier that the work list, or the task itself, leads to."""


def looks_with_reason() -> QuerySet[AccessLine]:
    """The looks for which somebody of VDAB stated a reason."""
    by_itself = reduce(or_, (Q(stated_reason__startswith=words) for words in OF_THE_WORK_ITSELF))
    looks = AccessLine.objects.filter(unit="", kind=AccessLine.Kind.LOOK)
    return looks.exclude(stated_reason="").exclude(by_itself)
