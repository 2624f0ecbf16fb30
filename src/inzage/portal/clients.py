"""A dossier by what people hold in their hands: a client number or an INSZ number."""

from django.db.models import Q, QuerySet

from inzage.dossiers.models import Dossier
from inzage.portal.entering import without_separators


def dossiers_numbered(number: str) -> QuerySet[Dossier]:
    """The dossiers of the client with exactly this number; one INSZ number can stand under two client numbers."""
    given = number.strip()
    insz = without_separators(given)
    return Dossier.objects.filter(Q(client__client_number=given) | Q(client__insz=insz))
