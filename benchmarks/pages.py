"""My dossiers of a unit with 20,000 of them: the first page, from request to answer."""

from datetime import datetime, time

from django.test import Client
from django.test.utils import override_settings

from benchmarks.measuring import Row, timed
from benchmarks.population import TODAY
from inzage.partners.models import Membership, Person, Unit
from inzage.portal import clock
from inzage.rules.days import BRUSSELS
from inzage.view_rights.models import ViewRight

REPETITIONS = 9


def measure() -> list[Row]:
    """The page as a counsellor of the biggest unit gets it."""
    clock.now = lambda: datetime.combine(TODAY, time(12), BRUSSELS)
    unit = Unit.objects.get(pk=1)
    person, _new = Person.objects.get_or_create(issuer="bench", subject="1", defaults={"role": "counsellor"})
    Membership.objects.get_or_create(person=person, unit=unit)
    dossiers = ViewRight.objects.filter(unit=unit, closed_on=None).count()
    with override_settings(SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(person)
        assert client.get("/dossiers/").status_code == 200
        page = timed(lambda: client.get("/dossiers/"), repetitions=REPETITIONS)
    return [
        Row(f"my dossiers, {dossiers:,} of them, first page", str(page), "", "≤ 50 ms", page.median <= 0.05)
    ]
