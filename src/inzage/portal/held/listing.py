"""The rights that wait for the rule manager: by rule, by organisation and one by one, with the last evening check."""

from typing import Any, NamedTuple

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.held.rows import latest_held_first, rows_of
from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import WHO, label_of
from inzage.rules.rulebook import OWNER
from inzage.view_rights.held import UnusualDay, last_check
from inzage.view_rights.holding import waiting


class Counted(NamedTuple):
    """How many wait of a part; `name` is how an address names it."""

    name: str
    label: str
    number: int


@for_role(Person.Role.RULE_MANAGER)
def held_rights(request: HttpRequest, manager: Official) -> HttpResponse:
    """Nobody's name is in it: a dossier is named by its reference."""
    after = request.GET.get("na", "")
    page = latest_held_first(waiting(), after)
    by_rule, by_unit = _by_rule(), _by_unit()
    shown: dict[str, Any] = {
        "rows": rows_of(page.rows, manager.today),
        "after": page.after,
        "total": sum(each.number for each in by_rule),
        "by_rule": by_rule,
        "by_unit": by_unit,
        "check": last_check(manager.today),
    }
    if shown["check"]:
        shown["above"] = [_said(part) for part in shown["check"].above]
    coming = UnusualDay.objects.filter(day__gte=manager.today).order_by("day")
    shown["counted_at"] = max((each.at for each in coming), default=None)
    shown["coming"] = [(each.day, [_said(part) for part in each.above]) for each in coming]
    return render(request, "portal/held/listing.html", shown)


def _by_rule() -> list[Counted]:
    language = get_language() or LANGUAGE
    counted = waiting().order_by().values("rule", "rule_status").annotate(number=Count("pk"))
    numbers: dict[str, Counted] = {}
    for row in counted.order_by("rule", "rule_status"):
        label = label_of(row["rule"], mark_of(row["rule_status"], language))
        before = numbers.get(row["rule"])
        numbers[row["rule"]] = Counted(row["rule"], label, row["number"] + (before.number if before else 0))
    return _most_first(list(numbers.values()))


def _by_unit() -> list[Counted]:
    counted = waiting().order_by().values("unit__oe_number", "unit__name").annotate(number=Count("pk"))
    return _most_first(
        [
            Counted(row["unit__oe_number"], f"{row['unit__name']} ({row['unit__oe_number']})", row["number"])
            for row in counted
        ]
    )


def _most_first(counted: list[Counted]) -> list[Counted]:
    return sorted(counted, key=lambda each: (-each.number, each.name))


def _said(part: dict[str, Any]) -> dict[str, Any]:
    """A part that was above its threshold, in words where it is a rule."""
    if part["part"] != "rule":
        return part
    rule = part["of"]
    return {**part, "of": label_of(rule, "") if rule in WHO or rule.startswith(OWNER) else rule}
