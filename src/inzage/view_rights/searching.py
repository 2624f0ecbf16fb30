"""Which dossiers, and which people: the decision's own predicate, listed a page at a time (S01).

Each statement is compiled once for each number of rows that is asked for, and goes on after a key.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from inzage.dossiers.models import Dossier
from inzage.partners.models import Membership, Person, Unit
from inzage.view_rights.deciding import BEFORE_ALL, COUNSELLORS, LONG_AGO, RIGHT, SOME_DOSSIER
from inzage.view_rights.models import ViewRight
from inzage.view_rights.prepared import PreparedRows
from inzage.view_rights.questions import When
from inzage.view_rights.viewing import standing, stood_at

SIZES = 256
"""How many page sizes keep their statements."""


def _predicate(on: Mapping[str, Any]) -> Q:
    return stood_at(on["moment"], on["on"]) if "moment" in on else standing(on["on"])


def asked_on(when: When) -> dict[str, date | datetime]:
    """The day or the moment, as the statements take it."""
    return {"on": when.on, **({"moment": when.moment} if when.moment else {})}


def _sample(at_moment: bool) -> dict[str, date | datetime]:
    return {"on": BEFORE_ALL, **({"moment": LONG_AGO} if at_moment else {})}


def _open_to(unit: str, on: Mapping[str, Any]) -> QuerySet[ViewRight]:
    """The unit's rights that stand. Its id is looked up first, so that an index gives them in their order."""
    one = Unit.objects.filter(oe_number=unit).values("pk")[:1]
    return ViewRight.objects.filter(_predicate(on), unit_id=Subquery(one))


def _named(rights: QuerySet[ViewRight]) -> QuerySet[Any, Any]:
    return rights.values_list("dossier__reference", "dossier_id", *RIGHT)


@lru_cache(maxsize=SIZES)
def ending(most: int, *, at_moment: bool = False) -> PreparedRows:
    """The dossiers a unit may see by rights that end, the first to end first, after the place `day` and `after`."""

    def ask(unit: str, day: date, after: int, **on: Any) -> QuerySet[Any, Any]:
        rights = _open_to(unit, on).filter(Q(last_day__gt=day) | Q(pk__gt=after), last_day__gte=day)
        return _named(rights.order_by("last_day", "pk")[:most])

    return PreparedRows(ask, unit="-", day=date(1, 1, 3), after=-1, **_sample(at_moment))


@lru_cache(maxsize=SIZES)
def without_end(most: int, *, at_moment: bool = False) -> PreparedRows:
    """The dossiers a unit may see by rights without an end in sight, after the right `after`."""

    def ask(unit: str, after: int, **on: Any) -> QuerySet[Any, Any]:
        return _named(_open_to(unit, on).filter(last_day=None, pk__gt=after).order_by("pk")[:most])

    return PreparedRows(ask, unit="-", after=-1, **_sample(at_moment))


@lru_cache(maxsize=SIZES)
def all_dossiers(most: int) -> PreparedRows:
    """Every dossier after the one with id `after`: what VDAB's own people may open with a stated reason."""

    def ask(after: int) -> QuerySet[Any, Any]:
        return Dossier.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "reference")[:most]

    return PreparedRows(ask, after=-1)


OWN = PreparedRows(
    lambda number: Dossier.objects.filter(client__client_number=number).values_list("pk", "reference"),
    number="-",
)
"""The dossier of the client with that number."""


@cache
def units_open_to(*, at_moment: bool = False) -> PreparedRows:
    """The OE numbers of the units whose right on a dossier stands."""

    def ask(dossier: UUID, **on: Any) -> QuerySet[Any, Any]:
        rights = ViewRight.objects.filter(_predicate(on), dossier__reference=dossier)
        return rights.order_by("unit").values_list("unit__oe_number")

    return PreparedRows(ask, dossier=SOME_DOSSIER, **_sample(at_moment))


@lru_cache(maxsize=SIZES)
def members(most: int) -> PreparedRows:
    """The active people of the units `units`, once for each unit, after the membership `after`."""

    def ask(units: list[str], after: int) -> QuerySet[Any, Any]:
        active = Membership.objects.filter(person__is_active=True, person__role__in=sorted(COUNSELLORS))
        rows = active.filter(unit__oe_number__any=units, pk__gt=after).order_by("pk")
        return rows.values_list("pk", "person__subject", "person__issuer", "unit__oe_number")[:most]

    return PreparedRows(ask, units=["-"], after=-1)


@lru_cache(maxsize=SIZES)
def people_at_desks(most: int) -> PreparedRows:
    """VDAB's own active people in the roles `roles`, after the one with id `after`."""

    def ask(roles: list[str], after: int) -> QuerySet[Any, Any]:
        people = Person.objects.filter(is_active=True, role__any=roles, pk__gt=after).order_by("pk")
        return people.values_list("pk", "subject", "issuer")[:most]

    return PreparedRows(ask, roles=["-"], after=-1)
