"""Which forms go to which desk of VDAB, and which of them still wait for something (S06, S11, S17)."""

from collections.abc import Mapping

from django.db.models import Q

from inzage.consents.models import FormState
from inzage.partners.models import Person
from inzage.rules.names import Route

ROUTES: Mapping[str, tuple[Route, ...]] = {
    Person.Role.MEDIATOR: (Route.MEDIATOR, Route.FORM),
    Person.Role.BRUSSELS_DESK: (Route.BRUSSELS_FORM, Route.BRUSSELS_IBIS),
}
"""The routes by which forms come to a desk, by the role of who works there."""
UNDER_WAY = (FormState.RECEIVED, FormState.ASKED, FormState.SENT_BACK)
"""The states of a form that nobody has granted or refused yet, in the order in which a desk takes them up."""


def under_way_at(role: str) -> Q:
    """The forms under way that come to this desk."""
    return Q(route__in=[str(route) for route in ROUTES[role]], state__in=[str(state) for state in UNDER_WAY])
