"""Which parts of a night's endings are unusual, held against the nights on record: a unit's, a rule's, all of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from inzage.partners.models import Unit
from inzage.rules.days import midnight
from inzage.rules.names import ClosingReason, Held
from inzage.rules.periods import day_after
from inzage.rules.thresholds import Limits, is_unusual
from inzage.view_rights.held import Part
from inzage.view_rights.models import Closing, ClosingRun, ViewRight

NIGHTS = 60
"""How many finished nights are looked back on."""


class _Kind(NamedTuple):
    """How rights, and closings, of a kind of part are told apart."""

    name: str
    right: str
    closing: str


UNIT = _Kind("unit", "unit_id", "right__unit_id")
RULE = _Kind("rule", "rule", "rule")

Numbers = Mapping[tuple[int, str], int]
"""How many end, by unit and rule."""


def parts_above(day: date, ending: QuerySet[ViewRight], *, limits: Limits) -> list[Part]:
    """The parts of which unusually many end on that day; those that were held for it already are counted in, and those
    that its night has closed.
    """
    held = ViewRight.objects.filter(closed_on=None, held=Held.THRESHOLD, proposed_last_day=day)
    numbers = numbers_of(ending) + numbers_of(held) + numbers_of(_closed_by_night(day))
    return parts_above_by_day({day: numbers}, before=day, limits=limits)[day]


def _closed_by_night(day: date) -> QuerySet[ViewRight]:
    """What its term ended after that day, closed by the night's run or by a use case that did its work before it.

    Not what an import brought as the past of a client whom the register did not know: that closed on the stroke.
    """
    night = day_after(day)
    return ViewRight.objects.filter(
        closed_on=night, closing_reason=ClosingReason.TERM, closed_at__gt=midnight(night)
    )


def numbers_of(rights: QuerySet[ViewRight]) -> Counter[tuple[int, str]]:
    """These rights counted by unit and rule."""
    counted = rights.order_by().values_list(UNIT.right, "rule").annotate(number=Count("pk"))
    return Counter({(unit_id, rule): number for unit_id, rule, number in counted})


def parts_above_by_day(
    numbers: Mapping[date, Numbers], *, before: date, limits: Limits
) -> dict[date, list[Part]]:
    """Of each day the parts of which unusually many end, by the nights on record up to `before`.

    All of them where that is too many; else units, and rules. What is usual is looked up once for all days.
    """
    nights = _nights(before)
    totals = {day: Counter[Any]({None: sum(of_day.values())}) for day, of_day in numbers.items()}
    whole = _above(None, totals, nights, limits)
    units, rules = (
        _above(kind, {day: _by(place, of_day) for day, of_day in numbers.items()}, nights, limits)
        for place, kind in enumerate((UNIT, RULE))
    )
    names = dict(
        Unit.objects.filter(pk__in={unit for of_day in units.values() for unit in of_day}).values_list(
            "pk", "oe_number"
        )
    )
    return {
        day: [Part("all", None, "", number) for number in whole[day].values()]
        or [
            *(Part("unit", unit, names[unit], number) for unit, number in units[day].items()),
            *(Part("rule", rule, rule, number) for rule, number in rules[day].items()),
        ]
        for day in numbers
    }


def _by(place: int, numbers: Numbers) -> Counter[Any]:
    summed: Counter[Any] = Counter()
    for key, number in numbers.items():
        summed[key[place]] += number
    return summed


def _above(
    kind: _Kind | None, numbers: Mapping[date, Counter[Any]], nights: Sequence[date], limits: Limits
) -> dict[date, dict[Any, int]]:
    """Of each day the parts that end unusually many. What could not be is not looked up."""
    fewest = limits.least if len(nights) >= limits.nights else limits.floor
    many = {
        day: {part: of_day[part] for part in sorted(of_day) if of_day[part] > fewest}
        for day, of_day in numbers.items()
    }
    parts = {part for of_day in many.values() for part in of_day}
    usual = _usual(kind, parts, nights)
    standing = _open_rights(kind, parts) if len(nights) < limits.nights else {}
    return {
        day: {
            part: number
            for part, number in of_day.items()
            if is_unusual(number, usual=usual[part], open_rights=standing.get(part, 0), limits=limits)
        }
        for day, of_day in many.items()
    }


def _nights(day: date) -> list[date]:
    """The last nights on record, each once however often it was run."""
    finished = ClosingRun.objects.exclude(finished_at=None).filter(day__lte=day)
    return list(finished.order_by("-day").values_list("day", flat=True).distinct()[:NIGHTS])


def _usual(kind: _Kind | None, parts: set[Any], nights: Sequence[date]) -> dict[Any, list[int]]:
    """How many each night closed of each part: none is a number, too."""
    if not parts:
        return {}
    closings = Closing.objects.filter(run__day__in=nights).order_by()
    if kind is not None:
        closings = closings.filter(**{f"{kind.closing}__in": parts})
    columns = ["run__day", *([kind.closing] if kind else [])]
    counted: dict[Any, Counter[date]] = defaultdict(Counter)
    for row in closings.values(*columns).annotate(number=Count("pk")):
        counted[row[kind.closing] if kind else None][row["run__day"]] = row["number"]
    return {part: [counted[part][night] for night in nights] for part in parts}


def _open_rights(kind: _Kind | None, parts: set[Any]) -> dict[Any, int]:
    """How many rights stand open in each part."""
    if not parts:
        return {}
    standing = ViewRight.objects.filter(closed_on=None).order_by()
    if kind is None:
        return {None: standing.count()}
    counted = standing.filter(**{f"{kind.right}__in": parts}).values_list(kind.right)
    return dict(counted.annotate(number=Count("pk")))
