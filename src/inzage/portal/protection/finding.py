"""Which lines of the access log are asked for, found by an index of their own and listed from new to old."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.portal.paging import EPOCH, LATEST, PAGE, Page, a_number
from inzage.rules.days import midnight


class Wanted(NamedTuple):
    """What the lines must have in common; empty is anything. `person` is a signature, `unit` an OE number."""

    person: str = ""
    unit: str = ""
    dossiers: frozenset[int] | None = None
    since: date | None = None
    until: date | None = None
    kind: str = ""


def lines_of(wanted: Wanted) -> QuerySet[AccessLine]:
    """The lines. Those of a client are looked up first: they are few, and the rest narrows them."""
    lines = AccessLine.objects.all()
    if wanted.dossiers is not None:
        shown = ShownDossier.objects.filter(dossier__in=wanted.dossiers)
        lines = lines.filter(pk__any=list(shown.values_list("line", flat=True)))
    if wanted.person:
        lines = lines.filter(person=wanted.person)
    if wanted.unit:
        lines = lines.filter(unit=wanted.unit)
    if wanted.kind:
        lines = lines.filter(kind=wanted.kind)
    if wanted.since:
        lines = lines.filter(at__gte=midnight(wanted.since))
    if wanted.until:
        lines = lines.filter(at__lt=midnight(wanted.until + timedelta(days=1)))
    return lines


def latest_first(lines: QuerySet[AccessLine], after: str) -> Page[AccessLine]:
    """One page of lines; its place is the moment and the number of the last one."""
    if after:
        moment, _, pk = after.partition("_")
        at = EPOCH + timedelta(microseconds=min(a_number(moment), LATEST))
        lines = lines.filter(Q(at__lt=at) | Q(pk__lt=a_number(pk)), at__lte=at)
    found = list(lines.order_by("-at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, place_of(shown[-1]) if len(found) > PAGE else "")


def place_of(line: AccessLine) -> str:
    """Where the line stands in the list."""
    return f"{(line.at - EPOCH) // timedelta(microseconds=1)}_{line.pk}"
