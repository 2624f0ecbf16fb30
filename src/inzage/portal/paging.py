"""Lists a page at a time. A page starts after the last line of the one before it: no counting, no skipping.

So a line is neither shown twice nor passed over, and the hundredth page costs what the first does.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment
from inzage.view_rights.models import ViewRight

PAGE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = (datetime(9999, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)

Row = TypeVar("Row", bound=Model)


class Page(NamedTuple, Generic[Row]):
    """The lines of a page; `after` leads to the next one, and is empty on the last."""

    rows: list[Row]
    after: str


class Order(Protocol):
    """An order in which a unit's rights are listed; `after` is the place of the line before, or empty."""

    def rows(self, rights: QuerySet[ViewRight], after: str, most: int) -> list[ViewRight]:
        """At most `most` rights that come after that place."""
        ...

    def place(self, right: ViewRight) -> str:
        """The place of a line. Goes into an address: it holds no name and no number of a person."""
        ...


def page_of(rights: QuerySet[ViewRight], order: Order, after: str) -> Page[ViewRight]:
    """One page of `rights`."""
    rows = order.rows(rights, after, PAGE + 1)
    shown = rows[:PAGE]
    return Page(shown, order.place(shown[-1]) if len(rows) > PAGE else "")


class ByLastDay:
    """The right that ends first comes first; those without an end come last."""

    def __init__(self, today: date) -> None:
        self._today = today

    def rows(self, rights: QuerySet[ViewRight], after: str, most: int) -> list[ViewRight]:
        """First those with a last day, then those without: two stretches of one index."""
        day, pk = _read(after) if after else (self._today, 0)
        rows: list[ViewRight] = []
        if day is not None:
            later = Q(last_day__gt=day) | Q(pk__gt=pk)
            dated = rights.filter(later, last_day__gte=day).order_by("last_day", "pk")
            rows, pk = list(dated[:most]), 0
        if len(rows) < most:
            # by last day as well, though none has one: else all rights there are may be walked by number
            undated = rights.filter(last_day=None, pk__gt=pk).order_by("last_day", "pk")
            rows += undated[: most - len(rows)]
        return rows

    def place(self, right: ViewRight) -> str:
        """The last day and the right's own number."""
        return f"{right.last_day or ''}_{right.pk}"


class LatestEnd:
    """Rights that ended, the latest end first."""

    def rows(self, rights: QuerySet[ViewRight], after: str, most: int) -> list[ViewRight]:
        """Those that ended before that place."""
        if after:
            day, pk = _read(after)
            if day is None:
                raise BadRequest
            rights = rights.filter(Q(last_day__lt=day) | Q(pk__lt=pk), last_day__lte=day)
        return list(rights.order_by("-last_day", "-pk")[:most])

    def place(self, right: ViewRight) -> str:
        """The last day and the right's own number."""
        return f"{right.last_day}_{right.pk}"


class EarliestEnd(LatestEnd):
    """The same, the earliest end first."""

    def rows(self, rights: QuerySet[ViewRight], after: str, most: int) -> list[ViewRight]:
        """Those that ended after that place."""
        if after:
            day, pk = _read(after)
            if day is None:
                raise BadRequest
            rights = rights.filter(Q(last_day__gt=day) | Q(pk__gt=pk), last_day__gte=day)
        return list(rights.order_by("last_day", "pk")[:most])


def _read(after: str) -> tuple[date | None, int]:
    """The day, or none, and the number in a place."""
    day, _, pk = after.partition("_")
    try:
        return (date.fromisoformat(day) if day else None), a_number(pk)
    except ValueError as error:
        raise BadRequest from error


class ByName:
    """By the client's family name, then given name, as people look a name up: accents and capitals don't count."""

    def __init__(self, own: QuerySet[ViewRight]) -> None:
        """`own` are all rights the unit ever had: a place stays a place when its right has ended meanwhile."""
        self._own = own

    def rows(self, rights: QuerySet[ViewRight], after: str, most: int) -> list[ViewRight]:
        """The names after the one at that place; the place itself names nobody."""
        key, pk = self._place(a_number(after)) if after else ("", 0)
        later = Q(name_key__gt=key) | Q(pk__gt=pk)
        open_ones = rights.filter(closed_on=None)  # as all that stand are: the index by name holds no other
        return list(open_ones.filter(later, name_key__gte=key).order_by("name_key", "pk")[:most])

    def _place(self, number: int) -> tuple[str, int]:
        """Only an own right is a place: another's would tell where its client's name stands."""
        place = self._own.filter(pk=number).values_list("dossier__client__name_key", "pk").first()
        if place is None:
            raise BadRequest
        return place

    def place(self, right: ViewRight) -> str:
        """The right's own number."""
        return str(right.pk)


def newest_first(rows: QuerySet[Row], after: str) -> Page[Row]:
    """One page of rows that are listed from new to old."""
    if after:
        rows = rows.filter(pk__lt=a_number(after))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, str(shown[-1].pk) if len(found) > PAGE else "")


def oldest_first(rows: QuerySet[Row], after: str) -> Page[Row]:
    """One page of rows that are listed from old to new."""
    if after:
        rows = rows.filter(pk__gt=a_number(after))
    found = list(rows.order_by("pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, str(shown[-1].pk) if len(found) > PAGE else "")


def earliest_begun(assignments: QuerySet[Assignment], after: str) -> Page[Assignment]:
    """One page of assignments, the one that began first first; its place is that day and its own number."""
    if after:
        day, pk = _read(after)
        if day is None:
            raise BadRequest
        later = Q(assigned_on__gt=day) | Q(pk__gt=pk)
        assignments = assignments.filter(later, assigned_on__gte=day)
    found = list(assignments.order_by("assigned_on", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, f"{shown[-1].assigned_on}_{shown[-1].pk}" if len(found) > PAGE else "")


def a_number(text: str) -> int:
    """A row's number from an address, or BadRequest; no longer than a database takes."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest
    return int(text)


def longest_waiting(forms: QuerySet[ConsentForm], after: str) -> Page[ConsentForm]:
    """One page of forms, the one that waits longest first; its place is a moment, since handled forms move away."""
    if after:
        moment, _, pk = after.partition("_")
        at = EPOCH + timedelta(microseconds=min(a_number(moment), LATEST))
        forms = forms.filter(Q(changed_at__gt=at) | Q(pk__gt=a_number(pk)), changed_at__gte=at)
    found = list(forms.order_by("changed_at", "pk")[: PAGE + 1])
    shown = found[:PAGE]
    if len(found) <= PAGE:
        return Page(shown, "")
    waited = (shown[-1].changed_at - EPOCH) // timedelta(microseconds=1)
    return Page(shown, f"{waited}_{shown[-1].pk}")
