"""The notices of a unit: the signals that a right was granted or closed, a form sent back or refused (S12)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.notices.models import Notice
from inzage.partners.models import Unit
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.context import SEEN_NOTICES, seen_by
from inzage.portal.paging import newest_first
from inzage.portal.reasons import Reason, reason_of_end
from inzage.portal.words import MISSING, REMARKS
from inzage.view_rights.explaining import in_words
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to


class Told(NamedTuple):
    """A notice, what it says besides, whether the dossier can be opened today, and why a right has ended."""

    notice: Notice
    detail: str
    may_open: bool
    reason: Reason | None


@for_counsellors
@transaction.atomic
def notices(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Newest first. They name a client number and no person; opening them makes them no longer new."""
    of_unit = Notice.objects.filter(unit=counsellor.unit).select_related("dossier__client")
    page = newest_first(of_unit, request.GET.get("na", ""))
    dossiers = sorted({notice.dossier_id for notice in page.rows})
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier_id__in=dossiers)
    open_now = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.LIST, counsellor.look(), [(dossier, open_now.get(dossier)) for dossier in dossiers])
    if page.rows:
        _mark_seen(page.rows[0], counsellor.unit, request)
    ended = _ended(page.rows, counsellor.unit)
    told = [
        _told(notice, ended.get((notice.dossier_id, notice.on)), may_open=notice.dossier_id in open_now)
        for notice in page.rows
    ]
    shown = {"told": told, "after": page.after, "started": request.GET.get("na")}
    return render(request, "portal/partner/notices.html", shown)


def _mark_seen(newest: Notice, unit: Unit, request: HttpRequest) -> None:
    """For this unit alone: another one's notices stay new."""
    seen = request.session.get(SEEN_NOTICES, {})
    request.session[SEEN_NOTICES] = seen | {str(unit.pk): max(seen_by(unit, request), newest.pk)}


def _ended(notices: list[Notice], unit: Unit) -> dict[tuple[int, date], ViewRight]:
    """The rights whose end these notices tell, each under its dossier and the first day without it."""
    ends = [notice for notice in notices if notice.kind == Notice.Kind.CLOSED]
    rights = ViewRight.objects.filter(
        unit=unit,
        dossier__in={notice.dossier_id for notice in ends},
        closed_on__in={notice.on for notice in ends},
    )
    return {(right.dossier_id, right.closed_on): right for right in rights.order_by("pk") if right.closed_on}


def _told(notice: Notice, ended: ViewRight | None, *, may_open: bool) -> Told:
    """The notice as the page shows it; that of an end names the last day and the reason (S19)."""
    if notice.kind != Notice.Kind.CLOSED or ended is None or ended.last_day is None:
        return Told(notice, in_dutch(notice), may_open, None)
    reason = reason_of_end(ended)
    last_day = in_words(ended.last_day, "nl")
    said = f"Laatste dag: {last_day}. {reason.sentence} {notice.detail}".rstrip()
    return Told(notice, said, may_open, reason)


def in_dutch(notice: Notice) -> str:
    """The detail: what a form lacks, and the remark as it was written."""
    words = {**MISSING, **REMARKS}
    return "; ".join(words.get(line, line) for line in notice.detail.splitlines())
