"""Is this dossier on the work list of a desk of VDAB? The list, and the same filtered to given dossiers.

A mediator has the forms under way that come to the mediators. VDAB Brussel has those that come to it, and the
enrolments it watches. Any other dossier VDAB's people open with a stated reason.
"""

from datetime import date
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.consents.desks import under_way_at
from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import brussels_codes, living_in
from inzage.dossiers.models import Activity, Client, Dossier
from inzage.partners.models import Person
from inzage.view_rights.prepared import PreparedRows
from inzage.view_rights.scopes import Scope
from inzage.view_rights.watching import running_on

SAMPLES = {"on": date(1, 1, 1), "codes": ["00000"]}


class Day(NamedTuple):
    """A day, and the NIS codes of the Brussels municipalities on it: what a work list depends on."""

    on: date
    codes: list[str]


def day(on: date) -> Day:
    """The day as the predicate takes it; `day(on)._asdict()` are the values that the prepared queries take."""
    return Day(on, brussels_codes(on))


def on_work_list(role: str, on: Day) -> Q:
    """The predicate: the dossiers on the work list of the desk where people in this role sit.

    Each list is looked up for one dossier: whole, to compare with, it would be as long as the register.
    """
    return reduce(or_, (Q(Exists(each)) for each in _lists(role, on, exact=OuterRef("pk"))))


def watched_clients(on: Day) -> QuerySet[Client]:
    """The Brussels participants, alive, with an activity under way: whose enrolments VDAB Brussel watches (S07)."""
    alive = Q(deceased_on=None) | Q(deceased_on__gt=on.on)
    activities = Activity.objects.filter(running_on(on.on), dossier__client=OuterRef("pk"))
    return living_in(Client.objects.filter(alive, Exists(activities)), on.codes, on.on)


@cache
def among(role: str) -> PreparedRows:
    """Those of the dossiers with these references that are on the work list on a day, as rows of a reference.

    Asked with `references` and what `day` gives.
    """

    def ask(references: list[UUID], **on: Any) -> QuerySet[Any, Any]:
        named = Dossier.objects.filter(reference__any=references)
        lists = _lists(role, Day(**on), **{"in": named.values("pk")})
        return _all_of([named.filter(pk__in=each.order_by()).values_list("reference") for each in lists])

    return PreparedRows(ask, references=[UUID(int=0)], **SAMPLES)


@lru_cache(maxsize=64)
def page_of(role: str, limit: int) -> PreparedRows:
    """The first `limit` dossiers of the work list with an id above `after`, as rows of id and reference, by id.

    Asked with `after` and what `day` gives. Each of the lists of which it is made gives its own first ones, so that
    a page is as cheap on a long list.
    """

    def ask(after: int, **on: Any) -> QuerySet[Any, Any]:
        firsts = [
            Dossier.objects.filter(pk__in=each[:limit]).values_list("pk", "reference")
            for each in _lists(role, Day(**on), gt=after)
        ]
        return _all_of(firsts).order_by("pk")[:limit]

    return PreparedRows(ask, after=-1, **SAMPLES)


def _lists(role: str, on: Day, **lookups: Any) -> list[QuerySet[Any, Any]]:
    """What the work list is made of: ids of dossiers in their order, as far as they fit the lookups."""
    scope = Scope(tuple(lookups.items()))
    forms = ConsentForm.objects.filter(under_way_at(role), **scope.on("dossier"))
    lists: list[QuerySet[Any, Any]] = [forms.values_list("dossier_id").order_by("dossier_id").distinct()]
    if role == Person.Role.BRUSSELS_DESK:
        watched = Dossier.objects.filter(client__in=watched_clients(on).values("pk"), **scope.on("pk"))
        lists.append(watched.values_list("pk").order_by("pk"))
    return lists


def _all_of(lists: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = lists
    return first.union(*others) if others else first
