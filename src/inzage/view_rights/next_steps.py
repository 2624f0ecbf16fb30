"""The lawful next steps of units without a right, for many at once; in words, and as a link to where to ask.

Each of the three queries is asked with what `values_of` gives, and `put_together` makes the answer of their rows. So
whoever has a connection of its own asks the very same.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from inzage.dossiers.addresses import home_of
from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.rules.brussels import in_brussels
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Route, UnitKind, Way
from inzage.rules.next_steps import route_of, ways_to_right
from inzage.view_rights.brussels_forms import lines_from_ibis
from inzage.view_rights.explaining import sentences
from inzage.view_rights.prepared import PreparedRows, Row

Pair = tuple[UUID, str]
"""The reference of a dossier, and the OE number of a unit."""
DOSSIER, UNIT, WAY = "dossier", "voor", "weg"
"""What a link to the page where a right is asked says: of which dossier, for which unit, which way."""


def _homes(dossiers: list[UUID], on: date, **_: Any) -> QuerySet[Any, Any]:
    return Dossier.objects.filter(reference__any=dossiers).values_list(
        "reference", "pk", home_of("client", on)
    )


def _kinds(units: list[str], **_: Any) -> QuerySet[Any, Any]:
    return Unit.objects.filter(oe_number__any=units).values_list("oe_number", "kind")


def _lines(dossiers: list[UUID], units: list[str], on: date) -> QuerySet[Any, Any]:
    lines = lines_from_ibis(on).filter(dossier__reference__any=dossiers, unit__oe_number__any=units)
    return lines.values_list("dossier__reference", "unit__oe_number")


_SAMPLES = {"dossiers": [UUID(int=0)], "units": ["-"], "on": date(1, 1, 1)}
HOMES = PreparedRows(_homes, **_SAMPLES)
"""Where the client of each dossier lives: reference of the dossier, its id, NIS code."""
KINDS = PreparedRows(_kinds, **_SAMPLES)
"""Of which kind each unit is: its OE number, the kind."""
LINES = PreparedRows(_lines, **_SAMPLES)
"""Which unit has a line from IBIS under way in which dossier: reference and OE number."""


class Rows(NamedTuple):
    """What the three queries answered."""

    homes: Iterable[Row]
    kinds: Iterable[Row]
    lines: Iterable[Row]


def values_of(pairs: Collection[Pair], on: date) -> dict[str, Any]:
    """The values that each of the queries takes, for these pairs on a day."""
    dossiers, units = {dossier for dossier, _unit in pairs}, {unit for _dossier, unit in pairs}
    return {"dossiers": list(dossiers), "units": list(units), "on": on}


def put_together(pairs: Collection[Pair], rows: Rows, on: date) -> dict[Pair, tuple[Way, ...]]:
    """The ways open to each pair's unit, the first to begin with; none where dossier or unit is not known."""
    homes: dict[UUID, str] = {reference: nis_code for reference, _pk, nis_code in rows.homes}
    kinds: dict[str, str] = dict(rows.kinds)
    brussels = {dossier for dossier, nis_code in homes.items() if in_brussels(nis_code, on)}
    lines = {(dossier, unit) for dossier, unit in rows.lines}
    return {
        (dossier, unit): ways_to_right(
            UnitKind(kinds[unit]), in_brussels=dossier in brussels, from_ibis=(dossier, unit) in lines
        )
        if dossier in homes and unit in kinds
        else ()
        for dossier, unit in pairs
    }


def ways_of(pairs: Collection[Pair], on: date) -> dict[Pair, tuple[Way, ...]]:
    """The same, asked over Django's own connection."""
    values = values_of(pairs, on)
    return put_together(pairs, Rows(*(query.rows(**values) for query in (HOMES, KINDS, LINES))), on)


def in_words(way: Way, language: str) -> str:
    """What to do on this way, in nl, fr or en."""
    return sentences(language)["ways"][way]


def link_to(way: Way, *, reference: UUID, oe_number: str, base: str = "") -> str | None:
    """Where the right is asked on this way, filled in for that dossier and unit; none where nothing is asked there.

    `base` is the address of the portal, such as `https://inzage.example`. Which form it becomes follows from the
    facts of the day it is asked on: the link says no more than that it is a form, so not where the client lives.
    """
    route = route_of(way)
    if route is None:
        return None
    asked = Route.FORM if route in BRUSSELS else route
    query: Mapping[str, object] = {DOSSIER: reference, UNIT: oe_number, WAY: asked}
    return f"{base.rstrip('/')}{_page()}?{urlencode(query)}"


@cache
def _page() -> str:
    return reverse("ask")
