"""What a rehearsal found, as charts and tables: rights that move, ends week by week, looks that would have failed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.oversight.moving_ends import Move
from inzage.partners.models import Unit
from inzage.portal.charts import Bar, Chart, largest
from inzage.portal.rule_manager.words import label_of
from inzage.portal.templatetags.days import day

MOST_UNITS = 15
MOST_WEEKS = 30
MOVES: Mapping[str, Promise] = {
    Move.EARLIER: gettext_lazy("Eindigt vroeger"),
    Move.LATER: gettext_lazy("Eindigt later"),
    Move.GAINS_END: gettext_lazy("Krijgt een einde"),
    Move.LOSES_END: gettext_lazy("Verliest het einde"),
}


class Row(NamedTuple):
    """A line of a table of moves: what it is about, and how many rights move in each way."""

    label: str
    counts: list[int]


class Busiest(NamedTuple):
    """The day on which most rights end."""

    day: date
    rights: int


def report_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """All that the page shows."""
    names = _names(figures)
    moved = sum(figures[move] for move in MOVES)
    return {
        "moves": [(words, figures[move]) for move, words in MOVES.items()],
        "same": figures["judged"] - figures["unjudged"] - moved,
        "judged": figures["judged"],
        "unjudged": figures["unjudged"],
        "moved": moved,
        "by_rule": _rows({label_of(rule, ""): moves for rule, moves in figures["by_rule"].items()}),
        "by_service": _rows(_services(figures["by_service"])),
        "by_unit": _chart_of_units(figures["by_unit"], names),
        "weeks_now": _weeks(figures["weeks"], "weken-nu", _("Einden per week, zoals het nu is"), 1),
        "weeks_then": _weeks(figures["weeks"], "weken-dan", _("Einden per week, met het ontwerp"), 2),
        "busiest_now": _busiest(figures["busiest"]["now"]),
        "busiest_then": _busiest(figures["busiest"]["then"]),
        "looks": figures["looks_refused"],
        "looks_on": figures["looks_refused_on"],
        "looks_since": date.fromisoformat(figures["looks_since"]),
        "looks_by_unit": _chart_of_looks(figures["refused_by_unit"], names),
    }


def _names(figures: Mapping[str, Any]) -> dict[str, str]:
    """The names of the units that stand in a chart by name: the largest."""
    shown = [*list(figures["by_unit"])[:MOST_UNITS], *list(figures["refused_by_unit"])[:MOST_UNITS]]
    return dict(Unit.objects.filter(oe_number__in=shown).values_list("oe_number", "name"))


def _rows(counted: Mapping[str, Mapping[str, int]]) -> list[Row]:
    return [Row(label, [moves.get(move, 0) for move in MOVES]) for label, moves in counted.items()]


def _services(counted: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
    return {
        service or _("Geen service: de partner was geen eigenaar"): moves
        for service, moves in counted.items()
    }


def _chart_of_units(counted: Mapping[str, Mapping[str, int]], names: Mapping[str, str]) -> Chart:
    totals = {unit: sum(moves.values()) for unit, moves in counted.items()}
    title = _("Rechten waarvan het einde verschuift, per partner")
    return Chart("partners", title, _("Partner"), _("Rechten"), _units(totals, names))


def _chart_of_looks(counted: Mapping[str, int], names: Mapping[str, str]) -> Chart:
    title = _("Raadplegingen die geweigerd zouden zijn, per partner")
    return Chart("raadplegingen", title, _("Partner"), _("Raadplegingen"), _units(counted, names))


def _units(counted: Mapping[str, int], names: Mapping[str, str]) -> list[Bar]:
    bars = largest(counted, MOST_UNITS, others=_("Alle andere"))
    return [
        bar
        if bar.is_rest
        else bar._replace(label=f"{names[bar.label]} ({bar.label})" if bar.label in names else bar.label)
        for bar in bars
    ]


def _weeks(weeks: Sequence[Sequence[Any]], key: str, title: str, place: int) -> Chart:
    """The first weeks, and the sum of those that come after."""
    bars = [Bar(_week(week[0]), week[place]) for week in weeks[:MOST_WEEKS]]
    if rest := sum(week[place] for week in weeks[MOST_WEEKS:]):
        bars.append(Bar(_("Alle latere weken"), rest, is_rest=True))
    return Chart(key, title, _("Week vanaf"), _("Rechten"), bars)


def _week(monday: str) -> str:
    return day(date.fromisoformat(monday))


def _busiest(found: Mapping[str, Any] | None) -> Busiest | None:
    return Busiest(date.fromisoformat(found["day"]), found["rights"]) if found else None
