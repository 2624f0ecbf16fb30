"""The notices of a unit: the signals that a right was granted or closed, a form sent back or refused (S12)."""

from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.notices.models import Notice
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.context import SEEN_NOTICE
from inzage.portal.paging import newest_first
from inzage.portal.words import MISSING
from inzage.view_rights.looking import write
from inzage.view_rights.viewing import open_to


class Told(NamedTuple):
    """A notice, what it says besides, and whether the dossier can be opened today."""

    notice: Notice
    detail: str
    may_open: bool


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
        seen = request.session.get(SEEN_NOTICE, 0)
        request.session[SEEN_NOTICE] = max(seen, page.rows[0].pk)
    told = [Told(notice, in_dutch(notice), notice.dossier_id in open_now) for notice in page.rows]
    shown = {"told": told, "after": page.after, "started": request.GET.get("na")}
    return render(request, "portal/partner/notices.html", shown)


def in_dutch(notice: Notice) -> str:
    """The detail: what a form lacks, and the remark as it was written."""
    return "; ".join(MISSING.get(line, line) for line in notice.detail.splitlines())
