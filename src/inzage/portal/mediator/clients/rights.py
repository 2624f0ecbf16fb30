"""Who may see a client's dossier now, why, until when and what would move that; and who no longer may (S18 to S22)."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from inzage.notices.models import Notice
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.mediator.clients.opening import Opened, ask_why, opened
from inzage.portal.paging import LatestEnd, page_of
from inzage.portal.reasons import Reason, reason_of, reason_of_end
from inzage.rules.names import ClosingReason
from inzage.view_rights.explaining import what_moves, why
from inzage.view_rights.gathering import gather
from inzage.view_rights.looking import look
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import why_not_asked
from inzage.view_rights.scopes import these
from inzage.view_rights.viewing import standing

ENDED_BY_SOMEBODY = (ClosingReason.REVOKED, ClosingReason.GIVEN_BACK)
"""The endings for which somebody could say why."""


TOLD = Notice.objects.filter(
    Q(right=OuterRef("pk")) | Q(right=None),
    kind=Notice.Kind.CLOSED,
    dossier=OuterRef("dossier"),
    unit=OuterRef("unit"),
    on=OuterRef("closed_on"),
)
SAID = Subquery(TOLD.order_by(F("right").asc(nulls_last=True), "-pk").values("detail")[:1])
"""What stands with the notice that told the unit of the end; those of before it named its right go by the day."""


class Now(NamedTuple):
    """A right that stands, in full."""

    right: ViewRight
    reason: Reason
    explanation: list[str]
    movers: list[str]


class Past(NamedTuple):
    """A right that ended; `said` is what whoever ended it gave as the reason. Given and ended on one day, it was of
    use on that day.
    """

    right: ViewRight
    last_day: date | None
    reason: Reason
    said: str


@for_desks
def client(request: HttpRequest, desk: DeskWorker, reference: uuid.UUID) -> HttpResponse:
    """The rights of one client; on no list of this desk, a reason is asked first."""
    found = opened(reference, request, desk)
    if found is None:
        return ask_why(request, desk, reference)
    if request.method == "POST":
        return redirect("desk-client", reference)

    def show(_right: object) -> HttpResponse:
        shown = _shown(found, request.GET.get("na", ""))
        return render(request, "portal/mediator/clients/rights.html", shown)

    return look(found.dossier, found.look, show)


def _shown(found: Opened, after: str) -> dict[str, Any]:
    today = found.desk.today
    rights = ViewRight.objects.filter(dossier=found.dossier).select_related("unit")
    now = list(rights.filter(standing(today)).order_by("unit__name", "pk"))
    over = rights.exclude(pk__in=[right.pk for right in now]).annotate(
        why_not=why_not_asked(found.dossier.pk, today), said=SAID
    )
    ended = page_of(over, LatestEnd(), after)
    return {
        "dossier": found.dossier,
        "may_assign": found.may_assign,
        "now": _explained(now, found),
        "past": _past(ended.rows),
        "after": ended.after,
        "started": after,
    }


def _explained(rights: list[ViewRight], found: Opened) -> list[Now]:
    """The facts of them all are gathered at once."""
    if not rights:
        return []
    gathered = gather(these(found.dossier.pk), dossiers=[found.dossier])
    how: dict[str, Any] = {"today": found.desk.today, "language": get_language() or "nl"}
    explained = []
    for right in rights:
        case = gathered.case_of(right)
        said, moves = why(right, case, **how), what_moves(right, case, **how)
        explained.append(Now(right, reason_of(right), said, moves))
    return explained


def _past(rights: list[Any]) -> list[Past]:
    return [
        Past(
            right,
            max(right.last_day, right.granted_on) if right.last_day else None,
            reason_of_end(right),
            (right.said or "") if right.closing_reason in ENDED_BY_SOMEBODY else "",
        )
        for right in rights
    ]
