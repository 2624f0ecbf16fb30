"""Which form a client consents on, and by which route it goes: that follows from the facts (S11, S17)."""

from datetime import date

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Unit
from inzage.rules.names import Route
from inzage.view_rights.watching import running_on


def route_of_form(dossier: Dossier, unit: Unit, *, by: Unit, on: date) -> Route:
    """The route of a form for this unit, asked on that day by that one.

    Who lives in Brussels fills in the Brussels form; beside IBIS where the unit asks for itself and has a line from
    there under way. Whether another organisation has one is nobody else's to know (S01).
    """
    if not lives_in_brussels(dossier.client, on):
        return Route.FORM
    if by != unit:
        return Route.BRUSSELS_FORM
    lines = Activity.objects.filter(running_on(on), dossier=dossier, unit=unit)
    from_ibis = lines.filter(ibis_registered_on__isnull=False).exists()
    return Route.BRUSSELS_IBIS if from_ibis else Route.BRUSSELS_FORM
