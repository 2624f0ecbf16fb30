"""A unit's rights that no longer stand: number, days and reason, and no name (S01)."""

from datetime import date
from typing import NamedTuple

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.partners.models import Unit
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import wrong_of
from inzage.portal.fields import Day
from inzage.portal.paging import EarliestEnd, LatestEnd, Order, page_of
from inzage.portal.partner.choosing import ALL
from inzage.portal.partner.filtering import Filter
from inzage.portal.reasons import Reason, reason_of_end
from inzage.rules.names import ClosingReason
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing

REASONS = [
    (str(ClosingReason.TERM), _("de termijn liep af")),
    (str(ClosingReason.WITHDRAWN), _("de klant trok de toestemming in")),
    (str(ClosingReason.OBJECTED), _("de klant maakte bezwaar")),
    (str(ClosingReason.DECEASED), _("de klant is overleden")),
    (str(ClosingReason.REVOKED), _("VDAB trok het recht in")),
    (str(ClosingReason.GIVEN_BACK), _("teruggegeven")),
    (str(ClosingReason.CORRECTED), _("een registratie is verbeterd")),
]


class OfClosed(Filter):
    """Which closed rights are listed, and in which order."""

    reden = forms.ChoiceField(label=_("Reden"), choices=[ALL, *REASONS])
    van = Day(label=_("Laatste dag vanaf"))
    tot = Day(label=_("Laatste dag tot en met"))
    op = forms.ChoiceField(
        label=_("Volgorde"), choices=[("", _("de laatste eerst")), ("oudste", _("de oudste eerst"))]
    )

    def rights(self, unit: Unit, *, on: date) -> QuerySet[ViewRight]:
        """The rights of the unit that ended before that day and were chosen."""
        rights = ViewRight.objects.filter(unit=unit, last_day__lt=on).exclude(standing(on))
        if reason := self.get("reden"):
            rights = rights.filter(ends_by=reason)
        if since := self.get("van"):
            rights = rights.filter(last_day__gte=since)
        if until := self.get("tot"):
            rights = rights.filter(last_day__lte=until)
        return rights.select_related("dossier__client")

    @property
    def order(self) -> Order:
        """The latest end first, or the earliest."""
        return EarliestEnd() if self.get("op") else LatestEnd()


class Closed(NamedTuple):
    """A closed right: no name, only number, days and reason, marked where its rule is not sure (S19)."""

    right: ViewRight
    reason: Reason


@for_counsellors
@transaction.atomic
def closed_rights(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The unit's rights that no longer stand; of a dossier with several, the line in the log names the latest."""
    chosen = OfClosed(request)
    page = page_of(
        chosen.rights(counsellor.unit, on=counsellor.today), chosen.order, request.GET.get("na", "")
    )
    write(AccessLine.Kind.LIST, counsellor.look(), each_once(page.rows).items())
    shown = {
        "closed": [Closed(right, reason_of_end(right)) for right in page.rows],
        "after": page.after,
        "started": request.GET.get("na"),
        "chosen": chosen,
        "wrong": wrong_of(chosen),
    }
    return render(request, "portal/partner/day/closed.html", shown)


def each_once(rights: list[ViewRight]) -> dict[int, ViewRight]:
    """Each dossier with the right on it that ended last."""
    return {right.dossier_id: right for right in sorted(rights, key=_end)}


def _end(right: ViewRight) -> tuple[date, int]:
    return right.last_day or date.max, right.pk
