"""Searching in vain too often."""

from django.conf import settings

from inzage.access_log.models import AccessLine
from tests.portal.office import NOON, Office
from tests.portal.pages.visiting import Visit, state


@state("portal/guessing/too_often.html", "to wait")
def _(office: Office) -> Visit:
    in_vain = {
        "at": NOON,
        "kind": AccessLine.Kind.SEARCH,
        "person": office.carla.signature,
        "part": "general",
    }
    for _time in range(settings.MISSES_PER_HOUR):
        AccessLine.objects.create(**in_vain, unit=office.own.oe_number)
    return Visit(office.carla, "/dossiers/zoeken/", {"number": "K9999999"}, status=429)
