"""Looks by VDAB's own people outside their work list, each with the reason that was stated."""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inzage.access_log.models import AccessLine
from inzage.access_log.stated import looks_with_reason
from inzage.oversight.counted import Counted
from inzage.oversight.figures import by_day
from inzage.partners.models import Person
from inzage.portal.charts import Days, day_by_day
from inzage.portal.doors import Official, for_role
from inzage.portal.protection.finding import latest_first
from inzage.portal.protection.following import DAYS
from inzage.portal.protection.rows import rows_of
from inzage.portal.protection.watching import on_record, shown_in


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
@transaction.atomic
def stated_reasons(request: HttpRequest, officer: Official) -> HttpResponse:
    """The looks, the latest first, and how many there were on each of the last days."""
    page = latest_first(looks_with_reason(), request.GET.get("na", ""))
    rows = rows_of(page.rows)
    on_record(AccessLine.Kind.SEARCH, officer, shown_in(rows), "opgegeven redenen")
    shown = {
        "rows": rows,
        "after": page.after,
        "started": request.GET.get("na"),
        "chart": None if request.GET.get("na") else _chart(officer),
    }
    return render(request, "portal/protection/reasons.html", shown)


def _chart(officer: Official) -> Days:
    last = officer.today - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    counts = by_day([Counted.WITH_REASON], since=first, until=last).get(Counted.WITH_REASON, {})
    days = day_by_day(counts, first=first, last=last)
    return Days("redenen", _("Keren ingekeken met een opgegeven reden, per dag"), _("Keren ingekeken"), days)
