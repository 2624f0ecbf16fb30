"""How many rights stand, under which rule and why they end when they do, as counted last night."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.oversight.counted import Counted
from inzage.oversight.figures import Latest, latest
from inzage.partners.models import Person, Service
from inzage.portal.charts import Bar, Chart
from inzage.portal.doors import Official, for_role
from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import HELD, REASONS, label_of, words_of
from inzage.rule_books.in_force import books
from inzage.rules.names import Status
from inzage.rules.rulebook import RuleBook

NAMES = (
    *(Counted.RIGHTS, Counted.BY_RULE, Counted.BY_REASON),
    *(Counted.BY_STATUS, Counted.GAPS, Counted.HELD, Counted.LASTING),
)


@for_role(Person.Role.RULE_MANAGER)
def rule_figures(request: HttpRequest, manager: Official) -> HttpResponse:
    """Charts and counts of the rights that stood at the last count; nobody's dossier is in them."""
    figures = latest(NAMES, up_to=manager.today)
    book = books().on(manager.today)
    shown = {"figures": figures} if figures is None else _shown(figures, book)
    tendered = Service.objects.filter(tendered=True).order_by("code").values_list("code", flat=True)
    without_rule = [code for code in tendered if not book.knows(code)]
    return render(request, "portal/rule_manager/figures.html", {**shown, "without_rule": without_rule})


def _shown(figures: Latest, book: RuleBook) -> dict[str, Any]:
    by_status = figures.parts(Counted.BY_STATUS)
    return {
        "figures": figures,
        "total": figures.total(Counted.RIGHTS),
        "unverified": sum(number for status, number in by_status.items() if status != Status.VERIFIED),
        "gaps": figures.total(Counted.GAPS),
        "held": figures.total(Counted.HELD),
        "by_rule": Chart("regel", _("Rechten per regel"), _("Regel"), _("Rechten"), _by_rule(figures, book)),
        "by_reason": Chart("reden", _("Rechten per reden"), _("Reden"), _("Rechten"), _by_reason(figures)),
        "by_held": [
            (words_of(why, HELD), number) for why, number in sorted(figures.parts(Counted.HELD).items())
        ],
        "lasting": figures.total(Counted.LASTING),
        "by_lasting": sorted(figures.parts(Counted.LASTING).items()),
        "by_gap": sorted(figures.parts(Counted.GAPS).items()),
    }


def _by_rule(figures: Latest, book: RuleBook) -> list[Bar]:
    """The rules by the number of their rights; one that is not verified says so in its label."""
    language = get_language() or LANGUAGE
    bars = []
    for rule, number in _largest_first(figures.parts(Counted.BY_RULE)):
        mark = mark_of(book.rule(rule).status, language)
        bars.append(Bar(label_of(rule, mark), number))
    return bars


def _by_reason(figures: Latest) -> list[Bar]:
    counts = _largest_first(figures.parts(Counted.BY_REASON))
    return [Bar(words_of(reason, REASONS), number) for reason, number in counts]


def _largest_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
