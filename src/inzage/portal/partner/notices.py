"""The notices of a unit: what was granted, ends soon or was closed, what came back, what a client asks (S12)."""

from datetime import date
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.notices.models import Notice
from inzage.notices.reading import mark_read
from inzage.partners.models import Unit
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.paging import newest_first
from inzage.portal.partner.told import SHORT, Told, told
from inzage.rules.days import day_of
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to

End = int | tuple[int, date]
"""A right that ended, by its id, or by its dossier and the first day without it."""


@for_counsellors
@transaction.atomic
def notices(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Newest first, day by day. They name a client number and no person; opening them makes them no longer new."""
    kind, started = request.GET.get("soort", ""), request.GET.get("na", "")
    if kind and kind not in SHORT:
        raise BadRequest
    of_unit = Notice.objects.filter(unit=counsellor.unit).select_related("dossier__client")
    page = newest_first(of_unit.filter(kind=kind) if kind else of_unit, started)
    if page.rows and not kind and not started:
        mark_read(counsellor.person, counsellor.unit, page.rows[0].pk)
    shown = {
        "days": _by_day(_told(page.rows, counsellor)),
        "kinds": SHORT.items(),
        "kind": kind,
        "after": page.after,
        "started": started,
        "keep": f"soort={kind}" if kind else "",
    }
    return render(request, "portal/partner/notices.html", shown)


def _told(rows: list[Notice], counsellor: Counsellor) -> list[Told]:
    """The notices as they are shown, and the line in the log that names their dossiers."""
    dossiers = sorted({notice.dossier_id for notice in rows})
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier_id__in=dossiers)
    open_now = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.LIST, counsellor.look(), [(dossier, open_now.get(dossier)) for dossier in dossiers])
    ended = _ended(rows, counsellor.unit)
    return [told(row, open_now.get(row.dossier_id), ended.get(_of_end(row))) for row in rows]


def _ended(rows: list[Notice], unit: Unit) -> dict[End, ViewRight]:
    """The rights whose end these notices tell, each under its id, and under its dossier and first day without it."""
    ends = [notice for notice in rows if notice.kind == Notice.Kind.CLOSED]
    rights = ViewRight.objects.filter(
        unit=unit,
        dossier__in={notice.dossier_id for notice in ends},
        closed_on__in={notice.on for notice in ends},
    )
    found: dict[End, ViewRight] = {}
    for right in rights.order_by("pk"):
        found[right.pk] = right
        if right.closed_on:
            found[right.dossier_id, right.closed_on] = right
    return found


def _of_end(notice: Notice) -> End:
    """Of which end a notice tells; one of before the right was kept with it goes by dossier and day."""
    return notice.right or (notice.dossier_id, notice.on)


def _by_day(lines: list[Told]) -> list[tuple[date, list[Told]]]:
    """Under the day on which they were told."""
    return [
        (day, list(of_day)) for day, of_day in groupby(lines, lambda line: day_of(line.notice.created_at))
    ]
