"""What the access log holds of one dossier, newest first: who was shown it, and which yes other systems were given.

The two are read each from its own index and merged by their moments, so the last page costs what the first does.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Q

from inzage.access_log.models import Decided, ShownDossier
from inzage.portal.paging import PAGE, a_number
from inzage.rules.days import midnight
from inzage.rules.periods import day_after
from inzage.rules.viewing import Reason

Seen = ShownDossier | Decided


class Wanted(NamedTuple):
    """Which lines: of one unit (its OE number; empty for VDAB; None for all), from one day to another."""

    unit: str | None = None
    since: date | None = None
    until: date | None = None


class Place(NamedTuple):
    """The last line shown of each of the two; 0 or None where none was yet."""

    shown: int = 0
    record: UUID | None = None
    position: int = 0

    def __str__(self) -> str:
        return f"{self.shown}_{self.record.hex if self.record else ''}_{self.position}"


class Seens(NamedTuple):
    """A page of the log; `after` leads to the next one, and is empty on the last."""

    rows: list[Seen]
    after: str


def page_of_log(dossier_id: int, wanted: Wanted, after: str) -> Seens:
    """One page of what the log holds of this dossier, after that place; BadRequest where it is none."""
    place = _read(after)
    found = list(
        islice(
            merge(
                _looks(dossier_id, wanted, place),
                _decisions(dossier_id, wanted, place),
                key=moment_of,
                reverse=True,
            ),
            PAGE + 1,
        )
    )
    rows = found[:PAGE]
    after = str(_after(rows, place)) if len(found) > PAGE else ""
    # two lines written at the same time can have their numbers the other way round
    return Seens(sorted(rows, key=moment_of, reverse=True), after)


def moment_of(seen: Seen) -> float:
    """When it was, to sort by."""
    at = seen.line.at if isinstance(seen, ShownDossier) else seen.record.timestamp
    return at.timestamp()


def _looks(dossier_id: int, wanted: Wanted, place: Place) -> Iterable[Seen]:
    looks = ShownDossier.objects.filter(_within("line__at", wanted), dossier_id=dossier_id)
    if wanted.unit is not None:
        looks = looks.filter(line__unit=wanted.unit)
    if place.shown:
        looks = looks.filter(pk__lt=place.shown)
    return looks.select_related("line").order_by("-pk")[: PAGE + 1]


def _decisions(dossier_id: int, wanted: Wanted, place: Place) -> Iterable[Seen]:
    """Only a yes: a no showed nothing. Nor what was decided about the client's own looking."""
    given = Decided.objects.filter(_within("record__timestamp", wanted), dossier=dossier_id, allowed=True)
    given = given.exclude(reason=Reason.OWN_DOSSIER)
    if wanted.unit is not None:
        given = given.filter(unit=wanted.unit)
    if place.record:
        before = Q(record_id__lt=place.record) | Q(position__lt=place.position)
        given = given.filter(before, record_id__lte=place.record)
    unread = ("record__request", "record__response")
    return given.select_related("record").defer(*unread).order_by("-record_id", "-position")[: PAGE + 1]


def _within(moment: str, wanted: Wanted) -> Q:
    """From the first moment of one day up to the last of another."""
    within = Q()
    if wanted.since:
        within &= Q(**{f"{moment}__gte": midnight(wanted.since)})
    if wanted.until:
        within &= Q(**{f"{moment}__lt": midnight(day_after(wanted.until))})
    return within


def _after(rows: Sequence[Seen], place: Place) -> Place:
    for seen in rows:
        if isinstance(seen, ShownDossier):
            place = place._replace(shown=seen.pk)
        else:
            place = place._replace(record=seen.record_id, position=seen.position)
    return place


def _read(after: str) -> Place:
    if not after:
        return Place()
    try:
        shown, record, position = after.split("_")
        return Place(a_number(shown), UUID(hex=record) if record else None, a_number(position))
    except ValueError as error:
        raise BadRequest from error
