"""The log in figures: lines by day, looks by unit, searches that found nothing, decisions that were refused."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inzage.oversight.counted import Counted
from inzage.oversight.counting import OWN_PEOPLE
from inzage.oversight.figures import by_day, summed
from inzage.partners.models import Person
from inzage.portal.charts import Chart, Days, day_by_day, largest
from inzage.portal.doors import Official, for_role
from inzage.portal.protection.rows import units_numbered
from inzage.portal.protection.words import DENIALS, KINDS, words_of

PERIODS = (30, 90, 365)
MOST = 10
"""How many units stand in a chart by name."""
TOTALS = (Counted.LINES, Counted.LOOKS, Counted.WITH_REASON, Counted.NOT_FOUND, Counted.DENIED)


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
def log_figures(request: HttpRequest, officer: Official) -> HttpResponse:
    """The figures of the last days that are over; no person and no client is in them."""
    asked = request.GET.get("dagen", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[0]
    last = officer.today - timedelta(days=1)
    first = last - timedelta(days=days - 1)
    totals = by_day(TOTALS, since=first, until=last)
    parts = summed(TOTALS, since=first, until=last)
    shown = {
        "days": days,
        "periods": PERIODS,
        "first": first,
        "last": last,
        "is_counted": bool(totals),
        "totals": [(_title(name), sum(totals.get(name, {}).values())) for name in TOTALS],
        "by_day": [
            _days(name, totals.get(name, {}), first, last) for name in (Counted.LINES, Counted.DENIED)
        ],
        "charts": _charts(parts),
    }
    return render(request, "portal/protection/figures.html", shown)


def _title(name: Counted) -> str:
    return {
        Counted.LINES: _("Lijnen in het logboek"),
        Counted.LOOKS: _("Keren ingekeken"),
        Counted.WITH_REASON: _("Ingekeken door VDAB buiten de eigen werklijst"),
        Counted.NOT_FOUND: _("Zoekopdrachten zonder resultaat"),
        Counted.DENIED: _("Geweigerde beslissingen"),
    }[name]


def _days(name: Counted, counts: dict[date, int], first: date, last: date) -> Days:
    title = _("%(what)s, per dag") % {"what": _title(name)}
    return Days(name, title, _("Aantal"), day_by_day(counts, first=first, last=last))


def _charts(parts: dict[str, dict[str, int]]) -> list[Chart]:
    def of(name: Counted, title: str, column: str, words: dict[str, str]) -> Chart:
        counts: dict[str, int] = {}
        for about, number in parts.get(name, {}).items():
            label = words.get(about, about)
            counts[label] = counts.get(label, 0) + number
        return Chart(name, title, column, _("Aantal"), largest(counts, MOST, others=_("alle andere")))

    def of_units(name: Counted, title: str) -> Chart:
        bars = largest(parts.get(name, {}), MOST, others=_("alle andere"))
        names = _names_of({bar.label for bar in bars if not bar.is_rest})
        named = [bar if bar.is_rest else bar._replace(label=names.get(bar.label, bar.label)) for bar in bars]
        return Chart(name, title, _("Organisatie"), _("Aantal"), named)

    kinds = {kind: words_of(kind, KINDS) for kind in parts.get(Counted.LINES, {})}
    denials = {reason: words_of(reason, DENIALS) for reason in parts.get(Counted.DENIED, {})}
    return [
        of(Counted.LINES, _("Lijnen per soort"), _("Soort"), kinds),
        of_units(Counted.LOOKS, _("Keren ingekeken per organisatie")),
        of_units(Counted.NOT_FOUND, _("Zoekopdrachten zonder resultaat, per organisatie")),
        of(Counted.DENIED, _("Geweigerde beslissingen, per reden"), _("Reden"), denials),
    ]


def _names_of(numbers: set[str]) -> dict[str, str]:
    """Units by their number: only of those that are shown, of thousands."""
    units = units_numbered(numbers - {OWN_PEOPLE})
    return {number: str(unit) for number, unit in units.items()} | {OWN_PEOPLE: _("VDAB zelf")}
