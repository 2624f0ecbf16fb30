"""The figures that were counted, as they are asked for: the latest of something, or what a stretch of days came to."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from inzage.oversight.counted import Counted
from inzage.oversight.models import Figure
from inzage.oversight.so_far import so_far


class Latest(NamedTuple):
    """What was counted last: on which day, at which moment, and of each thing how many; `""` is the total."""

    day: date
    counted_at: datetime
    of: dict[str, dict[str, int]]

    def parts(self, name: Counted) -> dict[str, int]:
        """What a total is made of."""
        return {about: number for about, number in self.of.get(name, {}).items() if about}

    def total(self, name: Counted) -> int:
        """All of it."""
        return self.of.get(name, {}).get("", 0)


def latest(names: Iterable[Counted], *, up_to: date) -> Latest | None:
    """The last figures of the rights; None before the first count."""
    marked = Figure.objects.filter(name=Counted.RIGHTS, about="", day__lte=up_to)
    last = marked.order_by("-day").first()
    if last is None:
        return None
    of: dict[str, dict[str, int]] = {}
    for figure in Figure.objects.filter(name__in=list(names), day=last.day):
        of.setdefault(figure.name, {})[figure.about] = figure.number
    return Latest(last.day, last.counted_at, of)


def by_day(names: Iterable[Counted], *, since: date, until: date) -> dict[str, dict[date, int]]:
    """The totals of each of these on each day that was counted, both days included."""
    counted: dict[str, dict[date, int]] = {}
    rows = Figure.objects.filter(name__in=list(names), about="", day__gte=since, day__lte=until)
    for name, day, number in rows.values_list("name", "day", "number"):
        counted.setdefault(name, {})[day] = number
    return counted


def summed(names: Iterable[Counted], *, since: date, until: date) -> dict[str, dict[str, int]]:
    """What these days of the log came to, by what they are made of."""
    names = list(names)
    after, before = so_far(names, until=until), so_far(names, until=since - timedelta(days=1))
    came = {name: dict(after[name] - before[name]) for name in after}
    return {name: parts for name, parts in came.items() if parts}
