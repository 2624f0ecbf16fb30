"""Which parts of tonight's endings are unusual, held against the nights on record: a unit's, a rule's, all of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from inzage.partners.models import Unit
from inzage.rules.names import Held
from inzage.rules.thresholds import Limits, is_unusual
from inzage.view_rights.models import Closing, ClosingRun, ViewRight

NIGHTS = 60
"""How many finished nights are looked back on."""


class Part(NamedTuple):
    """A part that would end unusually many: `kind` is unit, rule or all; its id, its name for people, how many."""

    kind: str
    id: Any
    name: str
    number: int


class _Kind(NamedTuple):
    """How rights, and closings, of a kind of part are told apart."""

    name: str
    right: str
    closing: str


UNIT = _Kind("unit", "unit_id", "right__unit_id")
RULE = _Kind("rule", "rule", "rule")


def parts_above(day: date, ending: QuerySet[ViewRight], *, limits: Limits) -> list[Part]:
    """The parts of which unusually many end on that day; those that were held for it already are counted in."""
    held = ViewRight.objects.filter(closed_on=None, held=Held.THRESHOLD, proposed_last_day=day)
    rows = [*ending.values_list("unit_id", "rule"), *held.values_list("unit_id", "rule")]
    nights = _nights(day)
    if is_unusual(
        len(rows),
        usual=_usual(None, {None}, nights)[None],
        open_rights=_open_rights(len(rows), limits),
        limits=limits,
    ):
        return [Part("all", None, "", len(rows))]
    units = _above(UNIT, Counter(unit for unit, _rule in rows), nights, limits)
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "oe_number"))
    rules = _above(RULE, Counter(rule for _unit, rule in rows), nights, limits)
    return [
        *(Part("unit", unit, names[unit], number) for unit, number in units.items()),
        *(Part("rule", rule, rule, number) for rule, number in rules.items()),
    ]


def _above(kind: _Kind, numbers: Counter[Any], nights: Sequence[date], limits: Limits) -> dict[Any, int]:
    """Of these parts those that end unusually many. What could not be is not looked up."""
    fewest = limits.least if len(nights) >= limits.nights else limits.floor
    many = {part: number for part, number in numbers.items() if number > fewest}
    if not many:
        return {}
    usual = _usual(kind, set(many), nights)
    return {
        part: number
        for part, number in sorted(many.items())
        if is_unusual(
            number,
            usual=usual[part],
            open_rights=_open_rights(number, limits, **{kind.right: part}),
            limits=limits,
        )
    }


def _nights(day: date) -> list[date]:
    """The last nights on record, each once however often it was run."""
    finished = ClosingRun.objects.exclude(finished_at=None).filter(day__lte=day)
    return list(finished.order_by("-day").values_list("day", flat=True).distinct()[:NIGHTS])


def _usual(kind: _Kind | None, parts: set[Any], nights: Sequence[date]) -> dict[Any, list[int]]:
    """How many each night closed of each part: none is a number, too."""
    closings = Closing.objects.filter(run__day__in=nights).order_by()
    if kind is not None:
        closings = closings.filter(**{f"{kind.closing}__in": parts})
    columns = ["run__day", *([kind.closing] if kind else [])]
    counted: dict[Any, Counter[date]] = defaultdict(Counter)
    for row in closings.values(*columns).annotate(number=Count("pk")):
        counted[row[kind.closing] if kind else None][row["run__day"]] = row["number"]
    return {part: [counted[part][night] for night in nights] for part in parts}


def _open_rights(number: int, limits: Limits, **of: Any) -> int:
    """How many rights stand open in a part; where the number alone is no reason to ask, none are counted."""
    return ViewRight.objects.filter(closed_on=None, **of).count() if number > limits.floor else 0
