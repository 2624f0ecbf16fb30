"""The figures of each day: counted once, at night, so that a page never counts millions of rows.

A day's part of the log is counted when that day is over. Rights are counted as they stand on the day itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet

from inzage.access_log.misses import in_vain
from inzage.access_log.models import AccessLine, Decided
from inzage.access_log.stated import looks_with_reason
from inzage.journal.turns import take_turn
from inzage.oversight.counted import SO_FAR, Counted, Figures
from inzage.oversight.models import Figure
from inzage.oversight.so_far import so_far
from inzage.rules.days import day_of, midnight
from inzage.rules.names import ClosingReason
from inzage.view_rights.lasting import lasting_by_service
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing


def count_due(at: datetime) -> bool:
    """Count the rights of today, and one day of the log; whether more of the log waits."""
    today = day_of(at)
    if not Figure.objects.filter(name=Counted.RIGHTS, day=today).exists():
        lasting = {Counted.LASTING: lasting_by_service(today)}
        _keep(today, {**rights_on(today), **lasting}, mark=Counted.RIGHTS, at=at)
    due = _first_uncounted(today)
    if due is None:
        return False
    of_day = log_of(due)
    _keep(due, {**of_day, **_so_far_with(of_day, due)}, mark=Counted.LINES, at=at)
    return due + timedelta(days=1) < today


def _first_uncounted(today: date) -> date | None:
    """The first day of the log that is over and was not counted; None where there is none."""
    last = Figure.objects.filter(name=Counted.LINES).aggregate(last=Max("day"))["last"]
    if last is None:
        first = AccessLine.objects.aggregate(first=Min("at"))["first"]
        day = day_of(first) if first else today - timedelta(days=1)
    else:
        day = last + timedelta(days=1)
    return day if day < today else None


def _so_far_with(of_day: Figures, day: date) -> Figures:
    """How much there was up to and including that day: on all days before it, which stay as counted, and on it."""
    before = so_far(SO_FAR, until=day - timedelta(days=1))
    return {kept: before[name] + Counter(of_day[name]) for name, kept in SO_FAR.items()}


@transaction.atomic
def _keep(day: date, figures: Figures, *, mark: Counted, at: datetime) -> None:
    """Keep the figures of a day, unless another worker did: the total under `mark` says so."""
    take_turn("figures")
    if Figure.objects.filter(name=mark, day=day, about="").exists():
        return
    Figure.objects.bulk_create(
        Figure(day=day, name=name, about=about, number=number, counted_at=at)
        for name, counts in figures.items()
        for about, number in {**counts, "": sum(counts.values())}.items()
    )


VERDICT = ("relation", "rule", "rule_status", "rule_gap", "anchor_event", "ends_by", "held")


def rights_on(day: date) -> Figures:
    """The rights that stand on that day: by rule, by reason, how sure the rule is, without a rule, held."""
    figures: dict[Counted, Counter[str]] = {
        name: Counter()
        for name in (
            *(Counted.RIGHTS, Counted.BY_RULE, Counted.BY_REASON),
            *(Counted.BY_STATUS, Counted.GAPS, Counted.HELD),
        )
    }
    rows = ViewRight.objects.filter(standing(day)).order_by().values(*VERDICT).annotate(number=Count("pk"))
    for row in rows:
        number = row["number"]
        figures[Counted.RIGHTS][""] += number
        figures[Counted.BY_RULE][row["rule"]] += number
        figures[Counted.BY_REASON][reason_of(row)] += number
        figures[Counted.BY_STATUS][row["rule_status"]] += number
        if row["rule_gap"]:
            figures[Counted.GAPS][row["rule"]] += number
        if row["held"]:
            figures[Counted.HELD][row["held"]] += number
    return figures


def reason_of(verdict: Mapping[str, str]) -> str:
    """Why a right has the end that it has, in one word: what ends it at once, what it counts from, what keeps it."""
    if verdict["ends_by"] != ClosingReason.TERM:
        return verdict["ends_by"]
    return verdict["anchor_event"] or verdict["relation"]


def log_of(day: date) -> Figures:
    """What the log has of that day: lines by kind, looks by unit, searches that found nobody, decisions denied."""
    begins, ends = midnight(day), midnight(day + timedelta(days=1))
    lines = AccessLine.objects.filter(at__gte=begins, at__lt=ends)
    looks = lines.filter(kind=AccessLine.Kind.LOOK)
    nobody = in_vain().filter(at__gte=begins, at__lt=ends)
    recorded = {"record__timestamp__gte": begins, "record__timestamp__lt": ends}
    denied = Decided.objects.filter(**recorded, allowed=False)
    return {
        Counted.LINES: dict(_by(lines, "kind")),
        Counted.LOOKS: dict(_named(_by(looks, "unit"))),
        Counted.WITH_REASON: {"": looks_with_reason().filter(at__gte=begins, at__lt=ends).count()},
        Counted.NOT_FOUND: dict(_named(_by(nobody, "unit"))),
        Counted.DENIED: dict(_by(denied, "reason")),
    }


OWN_PEOPLE = "vdab"
"""Stands for the unit of VDAB's own people, who look for none."""


def _named(counts: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    return ((unit or OWN_PEOPLE, number) for unit, number in counts)


def _by(rows: QuerySet[AccessLine] | QuerySet[Decided], column: str) -> Iterator[tuple[str, int]]:
    counted = rows.order_by().values(column).annotate(number=Count("*"))
    return ((row[column], row["number"]) for row in counted)
