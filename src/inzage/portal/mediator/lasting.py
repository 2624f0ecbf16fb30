"""Trajectories that last longer than they may under their service: a mediator looks whether they still run."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Assignment
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.paging import earliest_begun
from inzage.rule_books.in_force import books
from inzage.rules.names import Route, Status
from inzage.rules.rulebook import Longest
from inzage.view_rights.explaining import sentences
from inzage.view_rights.lasting import lasting_too_long
from inzage.view_rights.looking import write
from inzage.view_rights.rules_in_words import period_in_words


class Line(NamedTuple):
    """An ownership, how long a trajectory under its service may last, and the last day of that; `mark` says how sure
    the book is of it, where nobody checked it (S19).
    """

    assignment: Assignment
    longest: str
    last_day: date
    mark: str


@for_desks
@transaction.atomic
def lasting(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """For mediators only, who end assignments; the longest under way first."""
    if Route.MEDIATOR not in desk.routes:
        raise PermissionDenied
    after = request.GET.get("na", "")
    page = earliest_begun(
        lasting_too_long(desk.today).select_related("unit", "service", "dossier__client"), after
    )
    dossiers = sorted({row.dossier_id for row in page.rows})
    write(AccessLine.Kind.LIST, desk.look(), [(dossier, None) for dossier in dossiers])
    longest = books().on(desk.today).longest
    shown = {
        "lines": [_line(row, longest[row.service.code]) for row in page.rows],
        "after": page.after,
        "started": after,
    }
    return render(request, "portal/mediator/lasting.html", shown)


def _line(row: Assignment, longest: Longest) -> Line:
    language, status = get_language() or "nl", longest.origin.status
    mark = "" if status == Status.VERIFIED else sentences(language)["statuses"][status]
    period = period_in_words(longest.period, language)
    return Line(row, period, longest.period.last_day(row.assigned_on), mark)
