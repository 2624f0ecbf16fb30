"""Rights that nobody used for sixty days, listed to be given back (decision 0047)."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Activity
from inzage.portal.acting import Counsellor
from inzage.portal.doors import for_managers
from inzage.portal.entering import Entry
from inzage.portal.paging import ByLastDay, page_of
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.unused import DAYS, Use, unused, use_of, with_use
from inzage.view_rights.watching import running_on


class Line(NamedTuple):
    """A right that nobody used, when it last was, and whether the unit still has an action there."""

    right: ViewRight
    use: Use
    is_running: bool


@for_managers
def unused_rights(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The rights that may be given back."""
    return unused_list(request, counsellor)


@transaction.atomic
def unused_list(request: HttpRequest, counsellor: Counsellor, wrong: Entry | None = None) -> HttpResponse:
    """A page of them by last day; the line in the log names each. `wrong` is what is wrong with what was chosen."""
    page = page_of(unused_by(counsellor), ByLastDay(counsellor.today), request.GET.get("na", ""))
    shown = {
        "lines": shown_lines(page.rows, counsellor),
        "after": page.after,
        "started": request.GET.get("na"),
        "days": DAYS,
        "wrong": wrong,
    }
    return render(request, "portal/managing/unused.html", shown)


def unused_by(counsellor: Counsellor) -> QuerySet[ViewRight]:
    """The unit's rights that nobody used, with how they were used before."""
    rights = unused(counsellor.unit, on=counsellor.today).select_related("dossier__client")
    return with_use(rights, counsellor.unit)


def shown_lines(rights: list[ViewRight], counsellor: Counsellor) -> list[Line]:
    """These rights as lines of a list, with their line in the log."""
    write(AccessLine.Kind.LIST, counsellor.look(), [(right.dossier_id, right) for right in rights])
    dossiers = {right.dossier_id for right in rights}
    running = Activity.objects.filter(
        running_on(counsellor.today), unit=counsellor.unit, dossier_id__any=dossiers
    )
    still = set(running.values_list("dossier_id", flat=True))
    return [Line(right, use_of(right), right.dossier_id in still) for right in rights]
