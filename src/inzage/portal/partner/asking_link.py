"""A link from elsewhere to the page where a right is asked, filled in.

Whoever opens it may have no right on the dossier: the reference is kept with the form and not looked up before number
and name are sent, so that the page is the same whether the dossier exists or not (S01).
"""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest

from inzage.partners.models import Unit
from inzage.portal.acting import Counsellor, units_of
from inzage.portal.fields import unit_numbered
from inzage.rules.granting import BRUSSELS
from inzage.rules.names import Route
from inzage.view_rights.next_steps import DOSSIER, UNIT, WAY

LONGEST_NUMBER = 40


class Link(NamedTuple):
    """What a link says; what can't be read in it is left out.

    `number` is the OE number as the link has it, where it is another unit's than the one the person works for now.
    `unit` is that unit, where it is known; `is_own` says whether the person works for it as well.
    """

    reference: UUID | None
    route: Route | None
    number: str
    unit: Unit | None
    is_own: bool

    def initial(self) -> dict[str, Any]:
        """The fields it fills in."""
        filled = {DOSSIER: self.reference, WAY: self.route, "other": self.number}
        return {name: str(value) for name, value in filled.items() if value}


def link_in(request: HttpRequest, counsellor: Counsellor) -> Link:
    """What the address of this request says; nothing, where the page was opened without a link."""
    number = request.GET.get(UNIT, "").strip()
    unit = unit_numbered(number) if len(number) <= LONGEST_NUMBER else None
    if len(number) > LONGEST_NUMBER or unit == counsellor.unit:
        number, unit = "", None
    return Link(
        _reference(request.GET.get(DOSSIER, "")),
        _route(request.GET.get(WAY, "")),
        number,
        unit,
        unit in units_of(counsellor.person, request),
    )


def _reference(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _route(text: str) -> Route | None:
    """The choice on the page: which form it becomes, follows from where the client lives."""
    route = next((route for route in Route if route == text), None)
    return Route.FORM if route in BRUSSELS else route
