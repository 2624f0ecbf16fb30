"""Which form a client consents on, and by which route it goes: that follows from the facts (S11, S17)."""

from datetime import date

from django.db.models import QuerySet

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Unit
from inzage.rules.names import Route
from inzage.rules.next_steps import consent_routes
from inzage.view_rights.watching import running_on


def lines_from_ibis(on: date) -> QuerySet[Activity]:
    """The lines that come from IBIS and are asked for or under way on that day."""
    return Activity.objects.filter(running_on(on), ibis_registered_on__isnull=False)


def routes_of_consent(dossier: Dossier, unit: Unit, *, by: Unit, on: date) -> tuple[Route, ...]:
    """The routes by which the client can consent for this unit, asked on that day by that one; the form first.

    Beside IBIS only where the unit asks for itself and has a line from there under way: whether another organisation
    has one is nobody else's to know (S01).
    """
    if not lives_in_brussels(dossier.client, on):
        return consent_routes(in_brussels=False, from_ibis=False)
    from_ibis = by == unit and lines_from_ibis(on).filter(dossier=dossier, unit=unit).exists()
    return consent_routes(in_brussels=True, from_ibis=from_ibis)


def route_of_form(dossier: Dossier, unit: Unit, *, by: Unit, on: date) -> Route:
    """The route of a form for this unit, asked on that day by that one."""
    return routes_of_consent(dossier, unit, by=by, on=on)[0]
