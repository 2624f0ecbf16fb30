"""Lines in Stappen naar werk that a unit asked for and can set to bezig now (S12, S16)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.dossiers.models import Activity
from inzage.rules.lines import first_start
from inzage.rules.periods import eve
from inzage.view_rights.viewing import open_to


def lines_to_start(unit_id: int, *, on: date) -> QuerySet[Activity]:
    """Requested, with no start or end announced, in a dossier the unit may see that day; from IBIS, not too soon."""
    latest = eve(on)
    assert first_start(latest) == on
    not_too_soon = Q(ibis_registered_on=None) | Q(ibis_registered_on__lte=latest)
    right = open_to(unit_id, on=on).filter(dossier=OuterRef("dossier"))
    asked = Activity.objects.filter(unit_id=unit_id, started_on=None, closed_on=None, cancelled_on=None)
    return asked.filter(not_too_soon, Exists(right), requested_on__lte=on)
