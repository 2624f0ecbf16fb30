"""What happened with a dossier, from three sources in one order: looks, decisions given, and its rights' history."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Model, Q

from inzage.access_log.models import Decided, ShownDossier
from inzage.portal.paging import EPOCH, PAGE
from inzage.view_rights.models import ViewRightVersion

Key = tuple[int, int, int, int]
"""Where something stands in the order: its moment in microseconds, its source, and its own number in two parts."""
LOOKS, DECISIONS, RIGHTS = range(3)


class Happening(NamedTuple):
    """A line's look at the dossier, a decision about it, or what one of its rights became."""

    key: Key
    what: ShownDossier | Decided | ViewRightVersion

    @property
    def at(self) -> datetime:
        """When."""
        return EPOCH + timedelta(microseconds=self.key[0])


def happenings(dossier: int, after: str) -> tuple[list[Happening], str]:
    """One page, the latest first, and the place of the next one."""
    before = _read(after) if after else None
    sources: Sequence[Callable[[int, Key | None], Iterator[Happening]]] = (_looks, _decisions, _rights)
    each = [source(dossier, before) for source in sources]
    latest = list(islice(merge(*each, key=lambda one: one.key, reverse=True), PAGE + 1))
    shown = latest[:PAGE]
    return shown, "_".join(map(str, shown[-1].key)) if len(latest) > PAGE else ""


def _read(after: str) -> Key:
    parts = after.split("_")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 40 for part in parts):
        raise BadRequest
    moment, source, first, second = map(int, parts)
    latest, numbers = 253_402_214_400 * 10**6, 2**63
    if moment > latest or first >= 2**128 or second >= numbers or (source != DECISIONS and first >= numbers):
        raise BadRequest
    return moment, source, first, second


def _earlier(column: str, source: int, before: Key | None, own: Callable[[Key], Q]) -> Q:
    """What of a source comes after that place: at an earlier moment, or at the same one further down."""
    if before is None:
        return Q()
    at = EPOCH + timedelta(microseconds=before[0])
    if source < before[1]:
        return Q(**{f"{column}__lte": at})
    if source > before[1]:
        return Q(**{f"{column}__lt": at})
    return Q(**{f"{column}__lt": at}) | Q(**{column: at}) & own(before)


def _looks(dossier: int, before: Key | None) -> Iterator[Happening]:
    rows = ShownDossier.objects.filter(
        _earlier("line__at", LOOKS, before, lambda key: Q(line__lt=key[2])), dossier=dossier
    )
    for row in rows.select_related("line").order_by("-line__at", "-line")[: PAGE + 1]:
        yield _placed(row, row.line.at, LOOKS, row.line_id)


def _decisions(dossier: int, before: Key | None) -> Iterator[Happening]:
    def own(key: Key) -> Q:
        record = UUID(int=key[2])
        return Q(record__lt=record) | Q(record=record, position__lt=key[3])

    rows = Decided.objects.filter(_earlier("record__timestamp", DECISIONS, before, own), dossier=dossier)
    ordered = rows.select_related("record").order_by("-record__timestamp", "-record", "-position")
    for row in ordered[: PAGE + 1]:
        yield _placed(row, row.record.timestamp, DECISIONS, row.record.pk.int, row.position)


def _rights(dossier: int, before: Key | None) -> Iterator[Happening]:
    rows = ViewRightVersion.objects.filter(
        _earlier("recorded_at", RIGHTS, before, lambda key: Q(pk__lt=key[2])), dossier=dossier
    )
    for row in rows.select_related("unit").order_by("-recorded_at", "-pk")[: PAGE + 1]:
        yield _placed(row, row.recorded_at, RIGHTS, row.pk)


def _placed(row: Any, at: datetime, source: int, first: int, second: int = 0) -> Happening:
    assert isinstance(row, Model)
    return Happening(((at - EPOCH) // timedelta(microseconds=1), source, first, second), row)  # type: ignore[arg-type]
