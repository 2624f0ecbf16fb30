"""A unit's figures for who manages it: rights, ends, grants, forms and looks; no client is in them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from inzage.consents.models import FormState
from inzage.portal.acting import Counsellor
from inzage.portal.charts import Bar, Chart
from inzage.portal.doors import for_managers
from inzage.portal.language import spoken
from inzage.portal.managing import counting
from inzage.portal.managing.counting import Ends
from inzage.rules.names import ClosingReason, Relation
from inzage.view_rights.explaining import in_words, sentences


@for_managers
def figures(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Tiles for what is now, charts for how it goes."""
    unit, on = counsellor.unit, counsellor.today
    ends, forms = counting.by_end(unit, on=on), counting.forms_by_state(unit)
    coming = counting.ends_by_week(unit, on=on)
    shown = {
        "standing": sum(ends.values()),
        "ending": coming[min(coming)],
        "under_way": forms[FormState.ASKED] + forms[FormState.RECEIVED],
        "sent_back": forms[FormState.SENT_BACK],
        "by_ground": _rights("grond", gettext("Rechten per grond"), gettext("Grond"), _grounds(counsellor)),
        "by_end": _rights("reden", gettext("Rechten per reden van einde"), gettext("Reden"), _named(ends)),
        "ends": _rights("einde", gettext("Einde in de komende 12 weken"), gettext("Week"), _weeks(coming)),
        "granted": _by_month(
            "toegekend", gettext("Toegekende rechten"), counting.granted_by_month(unit, on=on)
        ),
        "ended": _by_month("geeindigd", gettext("Geëindigde rechten"), counting.ended_by_month(unit, on=on)),
        "looks": Chart(
            "gekeken",
            gettext("Dossiers geopend"),
            gettext("Week"),
            gettext("Aantal keer"),
            _weeks(counting.looks_by_week(unit, on=on)),
        ),
    }
    return render(request, "portal/managing/figures.html", shown)


def _rights(key: str, title: str, of: str, bars: list[Bar]) -> Chart:
    return Chart(key, title, of, gettext("Rechten"), bars)


def _grounds(counsellor: Counsellor) -> list[Bar]:
    found = counting.by_ground(counsellor.unit, on=counsellor.today)
    words = _sentences()["grounds"]
    return _largest_first({words[ground]: of for ground, of in found.items()})


def _named(ends: Mapping[Ends, int]) -> list[Bar]:
    """The reasons in words, each once: those of several services are one reason here."""
    counts: dict[str, int] = {}
    for end, of in ends.items():
        counts[_words_of(end)] = counts.get(_words_of(end), 0) + of
    return _largest_first(counts)


def _words_of(end: Ends) -> str:
    words = _sentences()
    if end.ends_by != ClosingReason.TERM:
        return str(words["closing_reasons"][end.ends_by])
    if end.anchor_event:
        return gettext("termijn na {event}").format(event=words["events"][end.anchor_event])
    if end.relation == Relation.OWNER:
        return gettext("geen einde: eigenaar van het dossier")
    return gettext("geen einde: voert een actie uit")


def _largest_first(counts: Mapping[str, int]) -> list[Bar]:
    return [Bar(label, of) for label, of in sorted(counts.items(), key=lambda count: (-count[1], count[0]))]


def _weeks(counts: Mapping[date, int]) -> list[Bar]:
    def label(day: date) -> str:
        return gettext("week van {day}").format(day=in_words(day, spoken(), "F"))

    return _in_order(counts, label)


def _by_month(key: str, title: str, counts: Mapping[date, int]) -> Chart:
    bars = _in_order(counts, lambda month: date_format(month, "F Y"))
    return _rights(key, title, gettext("Maand"), bars)


def _in_order(counts: Mapping[date, int], label_of: Callable[[date], str]) -> list[Bar]:
    return [Bar(label_of(day), of) for day, of in sorted(counts.items())]


def _sentences() -> Any:
    return sentences(get_language() or "nl")
