"""Lines in Stappen naar werk that a unit asked for and can set to bezig now (S12, S16)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.dossiers.lines import NOT_BEGUN
from inzage.dossiers.models import Activity
from inzage.view_rights.viewing import open_to


def lines_to_start(unit_id: int, *, on: date) -> QuerySet[Activity]:
    """Requested, with no start or end announced, in a dossier the unit may see that day; from IBIS, not too soon."""
    not_too_soon = Q(ibis_registered_on=None) | Q(
        ibis_registered_on__lt=on
    )  # as rules.lines.first_start says
    right = open_to(unit_id, on=on).filter(dossier=OuterRef("dossier"))
    asked = Activity.objects.filter(NOT_BEGUN, unit_id=unit_id, requested_on__lte=on)
    return asked.filter(not_too_soon, Exists(right))
