"""A unit's own dossiers: those it may see today, and the rights that were closed."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.paging import ByLastDay, ByName, LatestEnd, Order, page_of
from inzage.portal.reasons import NEAR, Reason, days_left, reason_of, reason_of_end
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to, standing
from inzage.view_rights.watching import dossiers_with_task


class Line(NamedTuple):
    """A right as the list shows it."""

    right: ViewRight
    reason: Reason
    days_left: str


@for_counsellors
@transaction.atomic
def my_dossiers(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The rights of the unit that stand today, with last day and reason; the line in the log names each (S01)."""
    ending_soon, by_name = request.GET.get("einde") == "30", request.GET.get("op") == "naam"
    with_task = request.GET.get("taak") == "actiris"
    rights = open_to(counsellor.unit.pk, on=counsellor.today).select_related("dossier__client")
    if ending_soon:
        rights = rights.filter(last_day__lte=counsellor.today + timedelta(days=NEAR))
    if with_task:
        rights = rights.filter(dossier__in=dossiers_with_task(counsellor.unit))
    own = ViewRight.objects.filter(unit=counsellor.unit)
    order: Order = ByName(own) if by_name else ByLastDay(counsellor.today)
    page = page_of(rights, order, request.GET.get("na", ""))
    write(AccessLine.Kind.LIST, counsellor.look(), [(right.dossier_id, right) for right in page.rows])
    lines = [
        Line(right, reason_of(right), days_left(right.last_day, counsellor.today)) for right in page.rows
    ]
    shown = {"lines": lines, "after": page.after, "ending_soon": ending_soon, "by_name": by_name}
    shown["with_task"] = with_task
    return render(request, "portal/partner/my_dossiers.html", {**shown, "started": request.GET.get("na")})


class Closed(NamedTuple):
    """A closed right: no name, only number, days and reason, marked where its rule is not sure (S19)."""

    right: ViewRight
    reason: Reason


@for_counsellors
@transaction.atomic
def closed_rights(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The unit's rights that no longer stand, latest first: number, days and reason, but no name (S01)."""
    rights = ViewRight.objects.filter(unit=counsellor.unit, last_day__lt=counsellor.today)
    rights = rights.exclude(standing(counsellor.today)).select_related("dossier__client")
    page = page_of(rights, LatestEnd(), request.GET.get("na", ""))
    write(AccessLine.Kind.LIST, counsellor.look(), [(right.dossier_id, right) for right in page.rows])
    closed = [Closed(right, reason_of_end(right)) for right in page.rows]
    shown = {"closed": closed, "after": page.after, "started": request.GET.get("na")}
    return render(request, "portal/partner/closed_rights.html", shown)
