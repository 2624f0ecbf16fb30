"""The reports of the nightly closing runs (S22): the nights, and of each night what was closed by which rule."""

from typing import NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.partners.models import Person
from inzage.portal.charts import Bar, Chart
from inzage.portal.doors import Official, for_role
from inzage.portal.paging import newest_first
from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import label_of
from inzage.rule_books.in_force import books
from inzage.view_rights.models import ClosingRun
from inzage.view_rights.rules_in_words import rule_in_words


class ByRule(NamedTuple):
    """What a run closed by one rule: the rule in words, how sure it is, whether it stood in for one that is missing."""

    rule: str
    sentence: str
    mark: str
    is_gap: bool
    closed: int

    @property
    def marks(self) -> str:
        """What tells it apart from other closings by the same rule."""
        gap = _("geen gepubliceerde regel") if self.is_gap else ""
        return ", ".join(filter(None, (self.mark, gap)))


@for_role(Person.Role.RULE_MANAGER)
def runs(request: HttpRequest, _manager: Official) -> HttpResponse:
    """The runs, the latest first."""
    page = newest_first(ClosingRun.objects.all(), request.GET.get("na", ""))
    shown = {
        "runs": page.rows,
        "after": page.after,
        "started": request.GET.get("na"),
    }
    return render(request, "portal/rule_manager/runs.html", shown)


@for_role(Person.Role.RULE_MANAGER)
def run(request: HttpRequest, _manager: Official, number: int) -> HttpResponse:
    """One run. It names no dossier: what was closed is counted, not shown."""
    record = get_object_or_404(ClosingRun, pk=number)
    by_rule = _by_rule(record)
    bars = [Bar(label_of(each.rule, each.marks), each.closed) for each in by_rule]
    shown = {
        "run": record,
        "by_rule": by_rule,
        "chart": Chart("regel", _("Afgesloten per regel"), _("Regel"), _("Rechten"), bars),
    }
    return render(request, "portal/rule_manager/run.html", shown)


def _by_rule(record: ClosingRun) -> list[ByRule]:
    """The rules by which it closed, the most used first, each in the words of the book of that day."""
    language, book = get_language() or LANGUAGE, books().on(record.day)
    counted = (
        record.closings.order_by().values("rule", "rule_status", "rule_gap").annotate(closed=Count("pk"))
    )
    rows = [
        ByRule(
            row["rule"],
            rule_in_words(book.rule(row["rule"]), language),
            mark_of(row["rule_status"], language),
            row["rule_gap"],
            row["closed"],
        )
        for row in counted
    ]
    return sorted(rows, key=lambda row: (-row.closed, row.rule, row.is_gap))
