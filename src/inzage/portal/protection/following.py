"""Following a person, or a partner's unit: all their lines, the latest first; a unit's rights with their reasons."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inzage.access_log.models import AccessLine
from inzage.partners.models import Person, Unit
from inzage.portal.charts import Days, day_by_day
from inzage.portal.doors import Official, for_role
from inzage.portal.paging import LatestEnd, page_of
from inzage.portal.protection.finding import Wanted, latest_first, lines_of
from inzage.portal.protection.rows import rows_of
from inzage.portal.protection.watching import on_record, shown_in
from inzage.portal.protection.words import ROLES, words_of
from inzage.rules.days import BRUSSELS
from inzage.view_rights.explaining import state_in_words
from inzage.view_rights.models import ViewRight

DAYS = 30
"""How many days the chart shows, today's included."""


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def person(request: HttpRequest, officer: Official, number: int) -> HttpResponse:
    """All lines of one person."""
    followed = get_object_or_404(Person.objects.prefetch_related("units"), pk=number)
    own = {"followed": followed, "role": words_of(followed.role, ROLES)}
    shown = _lines(request, officer, Wanted(person=followed.signature), of=followed)
    return render(request, "portal/protection/person.html", shown | own)


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def unit(request: HttpRequest, officer: Official, number: int) -> HttpResponse:
    """All lines for one unit."""
    followed = get_object_or_404(Unit, pk=number)
    shown = _lines(request, officer, Wanted(unit=followed.oe_number))
    return render(request, "portal/protection/unit.html", shown | {"followed": followed})


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def rights(request: HttpRequest, officer: Official, number: int) -> HttpResponse:
    """The rights of one unit that ended or will, the latest end first, each with its reason; the others are counted."""
    followed = get_object_or_404(Unit, pk=number)
    own = ViewRight.objects.filter(unit=followed)
    ending = own.exclude(last_day=None).select_related("dossier__client")
    page = page_of(ending, LatestEnd(), request.GET.get("na", ""))
    on_record(
        AccessLine.Kind.SEARCH,
        officer,
        (right.dossier_id for right in page.rows),
        "rechten van een organisatie",
    )
    language = get_language() or "nl"
    shown = {
        "followed": followed,
        "rows": [(right, state_in_words(right, language)) for right in page.rows],
        "without_end": own.filter(last_day=None).count(),
        "after": page.after,
        "started": request.GET.get("na"),
    }
    return render(request, "portal/protection/rights.html", shown)


def _lines(
    request: HttpRequest, officer: Official, wanted: Wanted, *, of: Person | None = None
) -> dict[str, Any]:
    """A page of their lines, which goes on record, and how many there were on each of the last days."""
    page = latest_first(lines_of(wanted), request.GET.get("na", ""))
    rows = rows_of(page.rows, of=of)
    followed = "een persoon" if wanted.person else "een organisatie"
    on_record(AccessLine.Kind.SEARCH, officer, shown_in(rows), f"volgt {followed}")
    return {
        "rows": rows,
        "after": page.after,
        "started": request.GET.get("na"),
        "chart": None if request.GET.get("na") else _chart(officer, wanted),
    }


def _chart(officer: Official, wanted: Wanted) -> Days:
    first = officer.today - timedelta(days=DAYS - 1)
    lines = lines_of(wanted._replace(since=first, until=officer.today)).order_by()
    counted = lines.annotate(day=TruncDate("at", tzinfo=BRUSSELS)).values("day").annotate(number=Count("pk"))
    counts = {row["day"]: row["number"] for row in counted}
    days = day_by_day(counts, first=first, last=officer.today)
    return Days("lijnen", _("Lijnen in het logboek, per dag"), _("Lijnen"), days)
