"""A unit's rights, and those that nobody used, as CSV for who manages it: numbers and days, and no name."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from inzage.portal.acting import Counsellor
from inzage.portal.doors import for_managers
from inzage.portal.managing.unused import unused_by
from inzage.portal.partner.exporting_rights import DAYS, Kind, answer
from inzage.portal.partner.filtering import Filter
from inzage.portal.reasons import reason_of
from inzage.view_rights.models import ViewRight
from inzage.view_rights.unused import use_of, with_use
from inzage.view_rights.viewing import open_to


def _line(right: ViewRight) -> list[Any]:
    use, reason = use_of(right), reason_of(right)
    days = [right.granted_on, right.last_day, reason.sentence, ", ".join(reason.marks)]
    return [right.dossier.client.client_number, *days, use.looked_on, use.last_on]


COLUMNS = (_("Klantnummer"), *DAYS, _("Laatst bekeken"), _("Ongebruikt sinds"))
RIGHTS = Kind("inzagerechten", COLUMNS, _line, "unit-figures", _("Inzagerechten"))
UNUSED = Kind("ongebruikt", COLUMNS, _line, "unit-unused", _("Ongebruikte inzagerechten"))


class Everything(Filter):
    """Nothing is chosen: all of it goes along."""


@for_managers
def export_rights(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The rights that stand today."""
    rights = open_to(counsellor.unit.pk, on=counsellor.today).select_related("dossier__client")
    return answer(request, counsellor, RIGHTS, Everything(request), with_use(rights, counsellor.unit))


@for_managers
def export_unused(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """Those of them that nobody used for sixty days."""
    return answer(request, counsellor, UNUSED, Everything(request), unused_by(counsellor))
